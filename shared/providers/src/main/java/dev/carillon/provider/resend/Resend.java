package dev.carillon.provider.resend;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Email through Resend, the one provider of email that takes an idempotency key (for 24 hours).
 *
 * <p>https://resend.com/docs/api-reference/emails/send-email
 */
public final class Resend implements EmailProvider {
  static final String BASE = "https://api.resend.com";
  private static final Set<String> BODIES = Set.of("html", "text", "content");

  /** Of letters, digits, - and _ in a tag. */
  private static final int TAG_LENGTH = 256;

  /** https://resend.com/docs/api-reference/errors */
  private static final Map<String, Meaning> BY_NAME =
      Map.ofEntries(
          Map.entry("application_error", Meaning.DEFERRED),
          Map.entry("concurrent_idempotent_requests", Meaning.DEFERRED),
          Map.entry("daily_quota_exceeded", Meaning.MISCONFIGURED),
          Map.entry("internal_server_error", Meaning.DEFERRED),
          Map.entry("invalid_api_key", Meaning.MISCONFIGURED),
          Map.entry("invalid_attachment", Meaning.REJECTED),
          Map.entry("invalid_from_address", Meaning.REJECTED),
          Map.entry("invalid_idempotent_request", Meaning.REJECTED),
          Map.entry("invalid_parameter", Meaning.REJECTED),
          Map.entry("missing_api_key", Meaning.MISCONFIGURED),
          Map.entry("missing_required_field", Meaning.REJECTED),
          Map.entry("monthly_quota_exceeded", Meaning.MISCONFIGURED),
          Map.entry("rate_limit_exceeded", Meaning.DEFERRED),
          Map.entry("restricted_api_key", Meaning.MISCONFIGURED),
          Map.entry("security_error", Meaning.REJECTED));

  @Override
  public String key() {
    return "email_resend";
  }

  @Override
  public List<ProviderSetting> settings() {
    return List.of(EmailSettings.API_KEY, EmailSettings.WEBHOOK_SECRET);
  }

  @Override
  public boolean idempotent() {
    return true;
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Email> request) {
    return EmailPost.of(
        request,
        parts -> {
          var headers = new LinkedHashMap<>(authorization(request.settings()));
          headers.put("Idempotency-Key", request.message().idempotencyKey());
          return new EmailPost(
              BASE + "/emails",
              headers,
              body(request, parts),
              whole -> whole.with("tags", tags(request.message(), whole.list("tags"))),
              BODIES);
        });
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Email> request, ProviderResponse response) {
    Json.Obj body = JsonBody.object(response);
    if (response.successful()) {
      return HttpAnswers.sent(body.text("id"));
    }
    String name = body.text("name").orElse("");
    String message = body.text("message").orElse("");
    String reason =
        ProviderWords.of(request.settings(), "status " + response.status(), name, message);
    if (message.contains("API key is invalid")) {
      return new DeliveryResult.Misconfigured(reason);
    }
    boolean invalid = response.status() == 400 || response.status() == 422;
    return invalid && message.startsWith("Invalid `to`")
        ? Meaning.DEAD.of(response, reason)
        : Meaning.of(Optional.ofNullable(BY_NAME.get(name)), response, reason);
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(new ResendEvents());
  }

  @Override
  public Optional<StatusPolling> polling() {
    return Optional.of(new ResendStatus());
  }

  /** Resend turns requests away that say nothing of their sender. From memory. */
  static Map<String, String> authorization(ProviderSettings settings) {
    return Map.of(
        "Authorization", "Bearer " + EmailSettings.key(settings), "User-Agent", "carillon");
  }

  private static Json.Obj body(DeliveryRequest<Content.Email> request, EmailParts parts) {
    EmailParts.Addressed addressed = parts.addressed();
    Json.Obj body =
        Json.object().with("from", addressed.from().quoted()).with("to", addresses(addressed.to()));
    body = withAddresses(body, "cc", addressed.cc());
    body = withAddresses(body, "bcc", addressed.bcc());
    body = withAddresses(body, "reply_to", addressed.replyTo());
    body = body.with("subject", parts.subject());
    body = parts.html().isBlank() ? body : body.with("html", parts.html());
    body = parts.text().isEmpty() ? body : body.with("text", parts.text());
    body = parts.headers().isEmpty() ? body : body.with("headers", parts.headersJson());
    if (!parts.attachments().isEmpty()) {
      body =
          body.with(
              "attachments",
              Json.array(parts.attachments().stream().map(Resend::attachment).toList()));
    }
    return body.with("tags", tags(request.message(), List.of()));
  }

  private static Json.Obj attachment(Attachment file) {
    Json.Obj json =
        Json.object()
            .with("filename", file.name())
            .with("content", file.content())
            .with("content_type", file.contentType());
    return EmailParts.shown(file) ? json.with("content_id", file.contentId().orElseThrow()) : json;
  }

  /** Those of an override that do not take the place of ours, and ours. */
  private static Json tags(DeliveryRequest.Subject message, List<Json> others) {
    var ours = new LinkedHashMap<String, String>();
    ours.put(Correlation.MESSAGE, message.id().value());
    ours.put(Correlation.RECIPIENT, Correlation.recipient(message.recipient()));
    ours.put("workflow", message.workflow().value());
    var tags = new ArrayList<Json>();
    ours.forEach(
        (name, value) -> {
          String allowed = value.replaceAll("[^A-Za-z0-9_-]", "");
          if (!allowed.isEmpty()) {
            tags.add(
                Json.object()
                    .with("name", name)
                    .with("value", allowed.substring(0, Math.min(allowed.length(), TAG_LENGTH))));
          }
        });
    for (Json.Obj other : JsonBody.objects(others)) {
      if (!ours.containsKey(other.text("name").orElse(""))) {
        tags.add(other);
      }
    }
    return Json.array(tags);
  }

  private static Json.Obj withAddresses(Json.Obj body, String key, List<EmailAddress> addresses) {
    return addresses.isEmpty() ? body : body.with(key, addresses(addresses));
  }

  private static Json addresses(List<EmailAddress> addresses) {
    return Json.texts(addresses.stream().map(EmailAddress::quoted).toList());
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.json(request, 200, "{'id':'#'}");
  }
}
