package dev.carillon.provider.mailersend;

import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Content.Attachment;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.StandIn;
import dev.carillon.provider.StatusPolling;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.email.EmailAddress;
import dev.carillon.provider.email.EmailParts;
import dev.carillon.provider.email.EmailPost;
import dev.carillon.provider.email.EmailProvider;
import dev.carillon.provider.email.EmailSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Email through MailerSend. It knows no metadata, so that our message id is one of its tags.
 *
 * <p>https://developers.mailersend.com/api/v1/email.html
 */
public final class MailerSend implements EmailProvider {
  static final String BASE = "https://api.mailersend.com/v1";

  /** Headers of one's own are for plans that have them; for others they would fail the mail. */
  private static final ProviderSetting CUSTOM_HEADERS =
      ProviderSetting.flag("custom_headers", "Send custom headers (Enterprise plans)");

  private static final Set<String> BODIES = Set.of("text", "html", "content");
  private static final int TAGS = 5;

  /** What MailerSend would fill in: {@code {$name}}, {@code {{ name }}}, {@code {% if %}}. */
  private static final Pattern VARIABLE = Pattern.compile("\\{(?=[{$%])");

  @Override
  public String key() {
    return "email_mailersend";
  }

  @Override
  public List<ProviderSetting> settings() {
    return List.of(
        EmailSettings.API_KEY,
        EmailSettings.OPEN_TRACKING,
        EmailSettings.LINK_TRACKING,
        CUSTOM_HEADERS,
        EmailSettings.WEBHOOK_SECRET);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Email> request) {
    return EmailPost.of(
        request,
        parts ->
            new EmailPost(
                BASE + "/email",
                authorization(request.settings()),
                body(request, parts),
                whole -> whole.with("tags", tags(request.message(), whole.list("tags"))),
                BODIES));
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Email> request, ProviderResponse response) {
    return MailerSendAnswers.read(request, response);
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(new MailerSendEvents());
  }

  @Override
  public Optional<StatusPolling> polling() {
    return Optional.of(new MailerSendStatus());
  }

  static Map<String, String> authorization(ProviderSettings settings) {
    return Map.of("Authorization", "Bearer " + EmailSettings.key(settings));
  }

  private static Json.Obj body(DeliveryRequest<Content.Email> request, EmailParts parts) {
    EmailParts.Addressed addressed = parts.addressed();
    ProviderSettings settings = request.settings();
    Json.Obj body =
        Json.object()
            .with("from", addressed.from().json("email", "name"))
            .with("to", addresses(addressed.to()));
    body = addressed.cc().isEmpty() ? body : body.with("cc", addresses(addressed.cc()));
    body = addressed.bcc().isEmpty() ? body : body.with("bcc", addresses(addressed.bcc()));
    // MailerSend takes one address for replies.
    body =
        addressed.replyTo().isEmpty()
            ? body
            : body.with("reply_to", addressed.replyTo().getFirst().json("email", "name"));
    body = body.with("subject", VARIABLE.matcher(parts.subject()).replaceAll("{\u2060"));
    // Where no entity is decoded, a character that is not seen keeps the two braces apart.
    body =
        parts.text().isEmpty()
            ? body
            : body.with("text", VARIABLE.matcher(parts.text()).replaceAll("{\u2060"));
    body =
        parts.html().isBlank()
            ? body
            : body.with("html", VARIABLE.matcher(parts.html()).replaceAll("&#123;"));
    body =
        body.with(
                "tags",
                tags(request.message(), List.of(Json.of(request.message().workflow().value()))))
            .with(
                "settings",
                Json.object()
                    .with("track_clicks", Json.of(EmailSettings.links(settings)))
                    .with("track_opens", Json.of(EmailSettings.opens(settings))));
    if (settings.flag(CUSTOM_HEADERS.name()) && !parts.headers().isEmpty()) {
      body =
          body.with(
              "headers",
              Json.array(
                  parts.headers().entrySet().stream()
                      .map(
                          it ->
                              Json.object().with("name", it.getKey()).with("value", it.getValue()))
                      .toList()));
    }
    return parts.attachments().isEmpty()
        ? body
        : body.with(
            "attachments",
            Json.array(parts.attachments().stream().map(MailerSend::attachment).toList()));
  }

  private static Json.Obj attachment(Attachment file) {
    boolean shown = EmailParts.shown(file);
    Json.Obj json =
        Json.object()
            .with("filename", file.name())
            .with("content", file.content())
            .with("disposition", shown ? "inline" : "attachment");
    return shown ? json.with("id", file.contentId().orElseThrow()) : json;
  }

  /** Our message id last, and as many others as there is room for. */
  private static Json tags(DeliveryRequest.Subject message, List<Json> others) {
    var tags = new ArrayList<Json>();
    for (Json other : others) {
      if (other instanceof Json.Str(var tag) && !Ksuid.isValid(tag) && tags.size() < TAGS - 1) {
        tags.add(other);
      }
    }
    tags.add(Json.of(message.id().value()));
    return Json.array(tags);
  }

  private static Json addresses(List<EmailAddress> addresses) {
    return Json.array(addresses.stream().map(it -> it.json("email", "name")).toList());
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.header(request, 202, "x-message-id");
  }
}
