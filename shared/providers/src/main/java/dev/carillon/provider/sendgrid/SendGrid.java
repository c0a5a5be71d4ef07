package dev.carillon.provider.sendgrid;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Content.Attachment;
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
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.email.EmailAddress;
import dev.carillon.provider.email.EmailParts;
import dev.carillon.provider.email.EmailPost;
import dev.carillon.provider.email.EmailProvider;
import dev.carillon.provider.email.EmailSettings;
import dev.carillon.provider.format.JsonBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Email through SendGrid.
 *
 * <p>https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send
 */
public final class SendGrid implements EmailProvider {
  static final ProviderSetting CHECK_STATUS =
      ProviderSetting.flag("check_delivery_status", "Check delivery status");
  static final ProviderSetting REGION = ProviderSetting.choice("region", "Region", "global", "eu");

  private static final Map<String, String> BASES =
      Map.of("global", "https://api.sendgrid.com", "eu", "https://api.eu.sendgrid.com");

  private static final Set<String> BODIES = Set.of("value", "content");

  /** The field that a complaint about the recipient's address names. */
  private static final String RECIPIENT_FIELD = "personalizations.0.to.0.email";

  @Override
  public String key() {
    return "email_sendgrid";
  }

  @Override
  public List<ProviderSetting> settings() {
    return List.of(
        EmailSettings.API_KEY,
        CHECK_STATUS,
        EmailSettings.OPEN_TRACKING,
        EmailSettings.LINK_TRACKING,
        REGION,
        SendGridEvents.VERIFICATION_KEY);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Email> request) {
    return EmailPost.of(
        request,
        parts ->
            new EmailPost(
                base(request.settings()) + "/v3/mail/send",
                authorization(request.settings()),
                body(request, parts),
                whole -> correlated(request, whole),
                BODIES));
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Email> request, ProviderResponse response) {
    if (response.successful()) {
      return HttpAnswers.sent(response.header("x-message-id"));
    }
    Json.Obj error = firstError(response);
    String field = error.text("field").orElse("");
    String reason =
        ProviderWords.of(
            request.settings(),
            "status " + response.status(),
            field,
            error.text("message").orElse(""));
    boolean address = response.status() == 400 && field.equals(RECIPIENT_FIELD);
    return Meaning.of(address ? Optional.of(Meaning.DEAD) : Optional.empty(), response, reason);
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(new SendGridEvents());
  }

  @Override
  public Optional<StatusPolling> polling() {
    return Optional.of(new SendGridStatus());
  }

  static String base(ProviderSettings settings) {
    return BASES.getOrDefault(settings.required(REGION.name()), BASES.get("global"));
  }

  static Map<String, String> authorization(ProviderSettings settings) {
    return Map.of("Authorization", "Bearer " + EmailSettings.key(settings));
  }

  private static Json.Obj body(DeliveryRequest<Content.Email> request, EmailParts parts) {
    EmailParts.Addressed addressed = parts.addressed();
    Json.Obj personalization = Json.object().with("to", addresses(addressed.to()));
    personalization = withAddresses(personalization, "cc", addressed.cc());
    personalization = withAddresses(personalization, "bcc", addressed.bcc());
    Json.Obj body =
        Json.object()
            .with("personalizations", Json.array(List.of(personalization)))
            .with("from", addressed.from().json("email", "name"));
    body = withAddresses(body, "reply_to_list", addressed.replyTo());
    body = body.with("subject", parts.subject()).with("content", contents(parts));
    if (!parts.attachments().isEmpty()) {
      body =
          body.with(
              "attachments",
              Json.array(parts.attachments().stream().map(SendGrid::attachment).toList()));
    }
    if (!parts.headers().isEmpty()) {
      body = body.with("headers", parts.headersJson());
    }
    return body.with("categories", Json.texts(List.of(request.message().workflow().value())))
        .with("custom_args", Correlation.of(request.message()))
        .with(
            "tracking_settings",
            Json.object()
                .with("click_tracking", enabled(EmailSettings.links(request.settings())))
                .with("open_tracking", enabled(EmailSettings.opens(request.settings()))));
  }

  /** Text before HTML; SendGrid refuses an empty value. */
  private static Json contents(EmailParts parts) {
    var contents = new ArrayList<Json>();
    if (!parts.text().isEmpty()) {
      contents.add(Json.object().with("type", "text/plain").with("value", parts.text()));
    }
    if (!parts.html().isBlank()) {
      contents.add(Json.object().with("type", "text/html").with("value", parts.html()));
    }
    return Json.array(contents);
  }

  private static Json.Obj attachment(Attachment file) {
    Json.Obj json =
        Json.object()
            .with("content", file.content())
            .with("type", file.contentType())
            .with("filename", file.name())
            .with("disposition", EmailParts.shown(file) ? "inline" : "attachment");
    return file.contentId().map(id -> json.with("content_id", id)).orElse(json);
  }

  /** Ours are put back; what is no text fails the whole call without a word of why. */
  private static Json.Obj correlated(DeliveryRequest<Content.Email> request, Json.Obj body) {
    Json.Obj whole =
        body.with(
            "custom_args",
            JsonBody.texts(body.object("custom_args")).merged(Correlation.of(request.message())));
    return body.get("headers").isPresent()
        ? whole.with("headers", JsonBody.texts(body.object("headers")))
        : whole;
  }

  private static Json.Obj withAddresses(Json.Obj body, String key, List<EmailAddress> addresses) {
    return addresses.isEmpty() ? body : body.with(key, addresses(addresses));
  }

  private static Json addresses(List<EmailAddress> addresses) {
    return Json.array(addresses.stream().map(it -> it.json("email", "name")).toList());
  }

  private static Json.Obj enabled(boolean on) {
    return Json.object().with("enable", Json.of(on));
  }

  private static Json.Obj firstError(ProviderResponse response) {
    return JsonBody.objects(JsonBody.object(response).list("errors")).stream()
        .findFirst()
        .orElse(Json.Obj.EMPTY);
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.header(request, 202, "x-message-id");
  }
}
