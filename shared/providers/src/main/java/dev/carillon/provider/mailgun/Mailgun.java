package dev.carillon.provider.mailgun;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Content.Attachment;
import dev.carillon.message.Content.Field;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Meaning;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.StandIn;
import dev.carillon.provider.StatusPolling;
import dev.carillon.provider.access.BasicAuth;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.email.EmailAddress;
import dev.carillon.provider.email.EmailParts;
import dev.carillon.provider.email.EmailProvider;
import dev.carillon.provider.email.EmailSettings;
import dev.carillon.provider.email.SingleLines;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import dev.carillon.provider.format.MultipartBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Email through Mailgun: a form, with files when there are any.
 *
 * <p>https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages
 */
public final class Mailgun implements EmailProvider {
  static final ProviderSetting DOMAIN = ProviderSetting.required("domain", "Domain");
  static final ProviderSetting REGION = ProviderSetting.choice("region", "Region", "us", "eu");

  private static final Map<String, String> BASES =
      Map.of("us", "https://api.mailgun.net", "eu", "https://api.eu.mailgun.net");

  private static final Pattern DOMAIN_NAME = Pattern.compile("[A-Za-z0-9._-]{1,253}");

  /** Fields that are not one line. */
  private static final Set<String> BODIES = Set.of("text", "html", "amp-html");

  /** Variables are in a header that every recipient can read: ids, and nothing of a person. */
  private static final String VARIABLE = "v:";

  @Override
  public String key() {
    return "email_mailgun";
  }

  @Override
  public List<ProviderSetting> settings() {
    return List.of(
        EmailSettings.API_KEY,
        DOMAIN,
        REGION,
        EmailSettings.OPEN_TRACKING,
        EmailSettings.LINK_TRACKING,
        EmailSettings.WEBHOOK_SECRET);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Email> request) {
    return EmailParts.prepared(
        request,
        parts ->
            base(request.settings())
                .map(base -> Preparation.of(call(request, parts, base + "/messages")))
                .orElseGet(
                    () ->
                        new Preparation.Refused(
                            new DeliveryResult.Misconfigured("not valid: " + DOMAIN.name()))));
  }

  /** A path that Mailgun does not know is answered 200, in words. */
  @Override
  public DeliveryResult read(DeliveryRequest<Content.Email> request, ProviderResponse response) {
    Json.Obj body = JsonBody.object(response);
    String message = body.text("message").orElse("");
    String reason = ProviderWords.of(request.settings(), "status " + response.status(), message);
    if (response.successful()) {
      Optional<String> id = body.text("id").map(Mailgun::bare);
      if (id.isPresent() || !response.whole()) {
        return HttpAnswers.sent(id);
      }
      return body.fields().isEmpty()
          ? new DeliveryResult.Misconfigured("the answer is not that of the interface for sending")
          : new DeliveryResult.Ambiguous(reason);
    }
    return switch (response.status()) {
      case 400 ->
          (message.startsWith("'to' parameter is not a valid address")
                  || message.startsWith("to parameter is not a valid address")
              ? Meaning.DEAD.of(response, reason)
              : Meaning.REJECTED.of(response, reason));
      // A domain of another account or region.
      case 404 -> Meaning.MISCONFIGURED.of(response, reason);
      default -> HttpAnswers.of(response, reason);
    };
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(new MailgunEvents());
  }

  @Override
  public Optional<StatusPolling> polling() {
    return Optional.of(new MailgunStatus());
  }

  /** The URL of the channel's domain; empty when that is no domain. */
  static Optional<String> base(ProviderSettings settings) {
    return settings
        .text(DOMAIN.name())
        .filter(domain -> DOMAIN_NAME.matcher(domain).matches() && !domain.startsWith("."))
        .map(
            domain ->
                BASES.getOrDefault(settings.required(REGION.name()), BASES.get("us"))
                    + "/v3/"
                    + FormBody.segment(domain));
  }

  static Map<String, String> authorization(ProviderSettings settings) {
    return Map.of("Authorization", BasicAuth.header("api", EmailSettings.key(settings)));
  }

  /** Ids stand in angle brackets here and without them there. */
  static String bare(String id) {
    return id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
  }

  private static ProviderCall.Http call(
      DeliveryRequest<Content.Email> request, EmailParts parts, String url) {
    FormBody form =
        form(request, parts)
            .overridden(SingleLines.of(request.content().overrides(), BODIES))
            .replacing(VARIABLE + Correlation.MESSAGE, request.message().id().value());
    form = new FormBody(form.fields().stream().map(Mailgun::singleLine).toList());
    var headers = new LinkedHashMap<>(authorization(request.settings()));
    if (parts.attachments().isEmpty()) {
      headers.put("Content-Type", FormBody.CONTENT_TYPE);
      return new ProviderCall.Http("POST", url, headers, form.bytes());
    }
    var body = new MultipartBody(form.fields(), files(parts));
    headers.put("Content-Type", body.contentType());
    return new ProviderCall.Http("POST", url, headers, body.bytes());
  }

  private static FormBody form(DeliveryRequest<Content.Email> request, EmailParts parts) {
    EmailParts.Addressed addressed = parts.addressed();
    ProviderSettings settings = request.settings();
    FormBody form =
        FormBody.EMPTY
            .with("from", addressed.from().quoted())
            .with("to", addresses(addressed.to()))
            .with("cc", addresses(addressed.cc()))
            .with("bcc", addresses(addressed.bcc()))
            .with("subject", parts.subject())
            .with("text", Optional.of(parts.text()).filter(it -> !it.isEmpty()))
            .with("html", Optional.of(parts.html()).filter(it -> !it.isBlank()))
            .with("h:Reply-To", addresses(addressed.replyTo()));
    for (Map.Entry<String, String> header : parts.headers().entrySet()) {
      form = form.with("h:" + header.getKey(), header.getValue());
    }
    for (Map.Entry<String, Json> variable : Correlation.of(request.message()).fields().entrySet()) {
      form = form.with(VARIABLE + variable.getKey(), FormBody.text(variable.getValue()));
    }
    return form.with("o:tag", request.message().workflow().value())
        .with("o:tracking-opens", yes(EmailSettings.opens(settings)))
        .with("o:tracking-clicks", yes(EmailSettings.links(settings)));
  }

  /** An inline file is known by its file name, which must be what {@code cid:} says. */
  private static List<MultipartBody.Part> files(EmailParts parts) {
    var files = new ArrayList<MultipartBody.Part>();
    for (Attachment file : parts.attachments()) {
      boolean shown = EmailParts.shown(file);
      files.add(
          new MultipartBody.Part(
              shown ? "inline" : "attachment",
              shown ? file.contentId().orElseThrow() : file.name(),
              file.contentType(),
              Signatures.unbase64(file.content()).orElseThrow()));
    }
    return files;
  }

  private static Field singleLine(Field field) {
    return BODIES.contains(field.name())
        ? field
        : new Field(SingleLines.of(field.name()), SingleLines.of(field.value()));
  }

  private static Optional<String> addresses(List<EmailAddress> addresses) {
    return addresses.isEmpty()
        ? Optional.empty()
        : Optional.of(
            addresses.stream().map(EmailAddress::quoted).collect(Collectors.joining(", ")));
  }

  private static String yes(boolean on) {
    return on ? "yes" : "no";
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.json(request, 200, "{'id':'<#@mail>','message':'Queued. Thank you.'}");
  }
}
