package dev.carillon.provider.mandrill;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Content.Attachment;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.StandIn;
import dev.carillon.provider.StatusPolling;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.email.EmailAddress;
import dev.carillon.provider.email.EmailParts;
import dev.carillon.provider.email.EmailProvider;
import dev.carillon.provider.email.EmailSettings;
import dev.carillon.provider.email.SingleLines;
import dev.carillon.provider.format.JsonBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Email through Mandrill. The key is part of the body.
 *
 * <p>https://mailchimp.com/developer/transactional/api/messages/send-new-message/
 */
public final class Mandrill implements EmailProvider {
  static final String BASE = "https://mandrillapp.com/api/1.0";
  private static final Set<String> BODIES = Set.of("text", "html", "content");

  @Override
  public String key() {
    return "email_mandrill";
  }

  @Override
  public List<ProviderSetting> settings() {
    return List.of(
        EmailSettings.API_KEY,
        EmailSettings.OPEN_TRACKING,
        EmailSettings.LINK_TRACKING,
        EmailSettings.WEBHOOK_SECRET);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Email> request) {
    return EmailParts.prepared(
        request,
        parts -> {
          String key = EmailSettings.key(request.settings());
          Json.Obj body =
              JsonBody.overridden(
                  Json.object()
                      .with("key", key)
                      .with("async", Json.FALSE)
                      .with("message", message(request, parts)),
                  request.content().overrides(),
                  whole -> correlated(request, whole.with("key", key)));
          return Preparation.of(
              JsonBody.post(BASE + "/messages/send.json", Map.of(), SingleLines.of(body, BODIES))
                  .hiding(key));
        });
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Email> request, ProviderResponse response) {
    return MandrillAnswers.read(request, response);
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(new MandrillEvents());
  }

  @Override
  public Optional<StatusPolling> polling() {
    return Optional.of(new MandrillStatus());
  }

  private static Json.Obj message(DeliveryRequest<Content.Email> request, EmailParts parts) {
    EmailParts.Addressed addressed = parts.addressed();
    EmailAddress from = addressed.from();
    Json.Obj message = Json.object().with("from_email", from.address());
    message = from.name().isPresent() ? message.with("from_name", from.name().get()) : message;
    message = message.with("to", recipients(addressed)).with("subject", parts.subject());
    message = parts.text().isEmpty() ? message : message.with("text", parts.text());
    message = parts.html().isBlank() ? message : message.with("html", parts.html());
    Json.Obj headers = parts.headersJson();
    if (!addressed.replyTo().isEmpty()) {
      headers =
          headers.with(
              "Reply-To",
              addressed.replyTo().stream()
                  .map(EmailAddress::encoded)
                  .collect(Collectors.joining(", ")));
    }
    message =
        message
            .with("headers", headers)
            // Else each recipient of several would see itself alone.
            .with("preserve_recipients", Json.TRUE)
            // Nothing in the content is Mandrill's to fill in.
            .with("merge", Json.FALSE)
            .with("tags", Json.texts(List.of(request.message().workflow().value())))
            .with("metadata", Correlation.of(request.message()))
            .with("track_opens", Json.of(EmailSettings.opens(request.settings())))
            .with("track_clicks", Json.of(EmailSettings.links(request.settings())));
    message = withFiles(message, "attachments", parts.attached());
    return withFiles(message, "images", parts.inline());
  }

  private static Json recipients(EmailParts.Addressed addressed) {
    var recipients = new ArrayList<Json>();
    addressed.to().forEach(it -> recipients.add(it.json("email", "name").with("type", "to")));
    addressed.cc().forEach(it -> recipients.add(it.json("email", "name").with("type", "cc")));
    addressed.bcc().forEach(it -> recipients.add(it.json("email", "name").with("type", "bcc")));
    return Json.array(recipients);
  }

  private static Json.Obj withFiles(Json.Obj message, String key, List<Attachment> files) {
    return files.isEmpty()
        ? message
        : message.with(key, Json.array(files.stream().map(Mandrill::file).toList()));
  }

  /** The name of an image is what {@code cid:} says. */
  private static Json.Obj file(Attachment file) {
    return Json.object()
        .with("type", file.contentType())
        .with("name", EmailParts.shown(file) ? file.contentId().orElseThrow() : file.name())
        .with("content", file.content());
  }

  private static Json.Obj correlated(DeliveryRequest<Content.Email> request, Json.Obj body) {
    Json.Obj message = body.object("message");
    return body.with(
        "message",
        message.with(
            "metadata", message.object("metadata").merged(Correlation.of(request.message()))));
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.json(request, 200, "[{'status':'sent','_id':'#'}]");
  }
}
