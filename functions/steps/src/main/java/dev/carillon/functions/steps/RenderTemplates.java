package dev.carillon.functions.steps;

import dev.carillon.channel.Channel;
import dev.carillon.fetch.TemplateCache;
import dev.carillon.functions.steps.Render.Wording.Failed;
import dev.carillon.functions.steps.Render.Wording.Lacking;
import dev.carillon.functions.steps.Render.Wording.Words;
import dev.carillon.json.Json;
import dev.carillon.run.SkipReason;
import dev.carillon.template.TextTemplate;
import dev.carillon.template.email.EmailTemplate.Email;
import dev.carillon.template.engine.Compiled;
import dev.carillon.template.engine.Rendered;
import dev.carillon.template.engine.TemplateProblem;
import dev.carillon.template.engine.TemplateScope;
import dev.carillon.template.http.RequestTemplate;
import dev.carillon.workflow.Assets;
import dev.carillon.workflow.Step.ChannelStep;
import dev.carillon.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Renders with the project's Handlebars templates; compiled ones are kept from run to run. */
final class RenderTemplates implements Render {
  private static final String OVERRIDES = "channel_overrides.";
  private static final Pattern MAILBOX = Pattern.compile("[^\\s,;:<>\"()]+@[^\\s,;:<>\"()@]+");

  private final TemplateCache templates;

  RenderTemplates(TemplateCache templates) {
    this.templates = templates;
  }

  @Override
  public Render.Wording render(
      Workflow workflow,
      ChannelStep step,
      Channel channel,
      Assets.Library library,
      Json.Obj variables) {
    TemplateCache.CompiledTemplates compiledTemplates = templates.of(library);
    TemplateScope scope = TemplateScope.of(variables);
    return switch (step.channelType()) {
      case EMAIL -> email(compiledTemplates, workflow, step, channel, variables, scope);
      case IN_APP_FEED ->
          words(
              compiledTemplates.feed(workflow, step),
              template -> template.render(scope),
              blocks -> new Words(Json.object().with("blocks", blocks)));
      case HTTP ->
          words(
              compiledTemplates.request(workflow, step, channel),
              template -> template.render(scope),
              RenderTemplates::request);
      case SMS, PUSH, CHAT -> new Lacking(SkipReason.CHANNEL_HAS_NO_PROVIDER);
    };
  }

  private static Render.Wording email(
      TemplateCache.CompiledTemplates compiledTemplates,
      Workflow workflow,
      ChannelStep step,
      Channel channel,
      Json.Obj variables,
      TemplateScope scope) {
    var addresses = new LinkedHashMap<String, String>();
    for (Address address : Address.values()) {
      Optional<String> source =
          step.overrides()
              .text(address.setting)
              .or(() -> channel.settings().text(address.setting))
              .filter(text -> !text.isBlank());
      if (source.isPresent()) {
        Compiled<TextTemplate> compiled =
            compiledTemplates.line(workflow, step, OVERRIDES + address.setting, source.get());
        switch (compiled) {
          case Compiled.Refused<TextTemplate>(var problems) -> {
            return failed(problems.getFirst());
          }
          case Compiled.Ready<TextTemplate>(var template) -> {
            switch (template.render(scope)) {
              case Rendered.Failed<String>(var problem) -> {
                return failed(problem);
              }
              case Rendered.Content<String>(var text) -> addresses.put(address.setting, text);
            }
          }
        }
      }
    }
    boolean own = addresses.containsKey(Address.TO.setting);
    String to =
        own
            ? addresses.get(Address.TO.setting)
            : variables.object("recipient").text("email").orElse("").strip();
    if (to.isBlank()) {
      return new Lacking(SkipReason.RECIPIENT_HAS_NO_EMAIL);
    }
    if (to.chars().anyMatch(Character::isISOControl)) {
      return new Failed("to_address: it holds a control character");
    }
    // What a user typed as an address must not become two.
    if (!own && !MAILBOX.matcher(to).matches()) {
      return new Lacking(SkipReason.RECIPIENT_EMAIL_INVALID);
    }
    String from = addresses.getOrDefault(Address.FROM.setting, "");
    if (from.isBlank()) {
      return new Lacking(SkipReason.CHANNEL_HAS_NO_FROM_ADDRESS);
    }
    return words(
        compiledTemplates.email(workflow, step),
        template -> template.render(scope),
        email -> new Words(mail(to, from, addresses, email)));
  }

  private enum Address {
    TO("to_address"),
    FROM("from_address"),
    FROM_NAME("from_name"),
    CC("cc_address"),
    BCC("bcc_address"),
    REPLY_TO("reply_to_address");

    private final String setting;

    Address(String setting) {
      this.setting = setting;
    }
  }

  private static Json.Obj mail(String to, String from, Map<String, String> addresses, Email email) {
    String name = addresses.getOrDefault(Address.FROM_NAME.setting, "");
    return Json.object()
        .with("to", to)
        .with("from", name.isBlank() ? from : quoted(name) + " <" + from + ">")
        .with("from_name", name)
        .with("from_address", from)
        .with("cc", text(addresses, Address.CC))
        .with("bcc", text(addresses, Address.BCC))
        .with("reply_to", text(addresses, Address.REPLY_TO))
        .with("subject_line", email.subject())
        .with("html_body", email.html())
        .with("text_body", email.text());
  }

  private static Json text(Map<String, String> addresses, Address address) {
    return Json.ofNullable(
        Optional.ofNullable(addresses.get(address.setting)).filter(text -> !text.isBlank()));
  }

  /** A display name as RFC 5322 quotes it. */
  private static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static Render.Wording request(RequestTemplate.Request request) {
    if (request.url().filter(url -> !url.isBlank()).isEmpty()) {
      return new Lacking(SkipReason.WEBHOOK_HAS_NO_URL);
    }
    return new Words(
        Json.object()
            .with("method", request.method().orElse("POST"))
            .with("url", request.url().get())
            .with("headers", fields(request.headers()))
            .with("query_params", fields(request.queryParams()))
            .with("body", Json.ofNullable(request.body())));
  }

  private static Json.Obj fields(List<RequestTemplate.Field> fields) {
    var map = new LinkedHashMap<String, Json>();
    fields.forEach(field -> map.put(field.name(), Json.of(field.value())));
    return new Json.Obj(map);
  }

  private static <T, C> Render.Wording words(
      Compiled<T> compiled, Function<T, Rendered<C>> render, Function<C, Render.Wording> words) {
    return switch (compiled) {
      case Compiled.Refused<T>(var problems) -> failed(problems.getFirst());
      case Compiled.Ready<T>(var template) ->
          switch (render.apply(template)) {
            case Rendered.Failed<C>(var problem) -> failed(problem);
            case Rendered.Content<C>(var content) -> words.apply(content);
          };
    };
  }

  private static Failed failed(TemplateProblem problem) {
    return new Failed(problem.field() + ": " + problem.sentence());
  }
}
