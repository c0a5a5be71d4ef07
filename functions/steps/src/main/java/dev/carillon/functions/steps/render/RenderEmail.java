package dev.carillon.functions.steps.render;

import dev.carillon.functions.steps.render.Render.Wording.Failed;
import dev.carillon.functions.steps.render.Render.Wording.Lacking;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Content.Attachment;
import dev.carillon.message.Content.Mailbox;
import dev.carillon.message.Mailboxes;
import dev.carillon.run.SkipReason;
import dev.carillon.template.email.EmailTemplate.Email;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whom an email goes to and whom it is from, and what it says. */
final class RenderEmail {
  private static final String OVERRIDES = "channel_overrides.";
  private static final Pattern MAILBOX = Pattern.compile("[^\\s,;:<>\"()]+@[^\\s,;:<>\"()@]+");

  /** What a value is put for in a template, so that what is left was written by its author. */
  private static final Pattern TAG = Pattern.compile("(?s)\\{\\{.*?}}|\\{%.*?%}");

  private final StepTexts texts;

  private RenderEmail(StepTexts texts) {
    this.texts = texts;
  }

  /**
   * @param variables the scope
   * @param mail subject and bodies, rendered once the addresses are known
   */
  static Render.Wording render(StepTexts texts, Json.Obj variables, Supplier<Email> mail) {
    return new RenderEmail(texts).render(variables, mail);
  }

  private Render.Wording render(Json.Obj variables, Supplier<Email> mail) {
    Optional<Given> override = given("to_address");
    List<Mailbox> to;
    if (override.isPresent()) {
      to = Mailboxes.of(override.get().text());
      // A value must not become two addresses where the author wrote one.
      if (to.size() > 1 && !override.get().isList()) {
        return new Lacking(SkipReason.RECIPIENT_EMAIL_INVALID);
      }
    } else if (sources("to_address").findAny().isPresent()) {
      // Not to the recipient instead, who may not be meant to read it.
      return new Lacking(SkipReason.TO_ADDRESS_IS_EMPTY);
    } else {
      String own = variables.object("recipient").text("email").orElse("").strip();
      if (own.isEmpty()) {
        return new Lacking(SkipReason.RECIPIENT_HAS_NO_EMAIL);
      }
      if (own.chars().anyMatch(Character::isISOControl)) {
        return new Failed("to_address: it holds a control character");
      }
      if (!MAILBOX.matcher(own).matches()) {
        return new Lacking(SkipReason.RECIPIENT_EMAIL_INVALID);
      }
      to = List.of(new Mailbox(Optional.empty(), own));
    }
    Optional<Mailbox> from =
        mailboxes("from_address").stream()
            .findFirst()
            .map(sender -> name().map(it -> Mailboxes.of(it, sender.address())).orElse(sender));
    if (from.isEmpty()) {
      return new Lacking(SkipReason.CHANNEL_HAS_NO_FROM_ADDRESS);
    }
    var envelope =
        new Content.Envelope(
            from,
            to,
            mailboxes("cc_address"),
            mailboxes("bcc_address"),
            mailboxes("reply_to_address"));
    Email email = mail.get();
    Json.Obj overrides =
        texts.overrides(
            OVERRIDES + "json_overrides",
            texts.template().step().overrides().get("json_overrides"),
            "json_overrides");
    return texts.words(
        List.of(
            new Content.Email(
                envelope,
                email.subject(),
                email.html(),
                email.text(),
                Map.of(),
                attachments(variables),
                overrides)),
        email.footer());
  }

  /**
   * What a setting came to.
   *
   * @param isList whether its author wrote several, apart from what values came to
   */
  private record Given(String text, boolean isList) {}

  /** The step's own, or the channel's where that comes to nothing. */
  private Optional<Given> given(String setting) {
    return sources(setting)
        .map(
            source ->
                new Given(
                    texts.line(OVERRIDES + setting, source),
                    TAG.matcher(source).replaceAll("").contains(",")))
        .filter(given -> !given.text().isBlank())
        .findFirst();
  }

  private List<Mailbox> mailboxes(String setting) {
    return given(setting).map(given -> Mailboxes.of(given.text())).orElse(List.of());
  }

  /** A name may be anybody's own choice, so that a line break in it is flattened. */
  private Optional<String> name() {
    return sources("from_name")
        .map(source -> texts.text(OVERRIDES + "from_name", source))
        .filter(name -> !name.isBlank())
        .findFirst();
  }

  private Stream<String> sources(String setting) {
    return Stream.of(
            texts.template().step().overrides().text(setting),
            texts.template().channel().settings().text(setting))
        .flatMap(Optional::stream)
        .filter(source -> !source.isBlank());
  }

  /** The files in the run's data, under the name that the step gives; one, or a list. */
  private List<Attachment> attachments(Json.Obj variables) {
    String key =
        texts
            .template()
            .step()
            .template()
            .object("settings")
            .text("attachment_key")
            .filter(it -> !it.isBlank())
            .orElse("attachments");
    Json files = variables.object("data").get(key).orElse(Json.NULL);
    List<Json> listed = files instanceof Json.Arr(var items) ? items : List.of(files);
    return listed.stream()
        .flatMap(
            file -> file instanceof Json.Obj object ? attachment(object).stream() : Stream.empty())
        .toList();
  }

  private static Optional<Attachment> attachment(Json.Obj file) {
    return file.text("content")
        .map(
            content ->
                new Attachment(
                    file.text("name").orElse(""),
                    file.text("content_type").orElse(""),
                    content,
                    file.text("content_id").filter(id -> !id.isBlank()),
                    file.text("disposition").filter("inline"::equalsIgnoreCase).isPresent()));
  }
}
