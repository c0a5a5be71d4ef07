package dev.carillon.provider.mailtrap;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Content.Attachment;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.StandIn;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.email.EmailAddress;
import dev.carillon.provider.email.EmailParts;
import dev.carillon.provider.email.EmailPost;
import dev.carillon.provider.email.EmailProvider;
import dev.carillon.provider.email.EmailSettings;
import dev.carillon.provider.format.JsonBody;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Email through Mailtrap: to recipients, or into an inbox for tests. Tracking is a matter of the
 * account.
 *
 * <p>https://docs.mailtrap.io/developers/email-sending
 */
public final class Mailtrap implements EmailProvider {
  private static final String TESTING = "testing";

  /** The host of bulk sending is from memory. */
  private static final Map<String, String> URLS =
      Map.of(
          "sending",
          "https://send.api.mailtrap.io/api/send",
          "bulk",
          "https://bulk.api.mailtrap.io/api/send",
          TESTING,
          "https://sandbox.api.mailtrap.io/api/send");

  private static final ProviderSetting API =
      ProviderSetting.choice("api", "API", "sending", "bulk", TESTING);
  private static final ProviderSetting INBOX =
      ProviderSetting.optional("inbox_id", "Inbox ID (testing)");

  private static final Set<String> BODIES = Set.of("text", "html", "content");

  @Override
  public String key() {
    return "email_mailtrap";
  }

  @Override
  public List<ProviderSetting> settings() {
    return List.of(EmailSettings.API_KEY, API, INBOX, EmailSettings.WEBHOOK_SECRET);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Email> request) {
    return EmailParts.prepared(
        request,
        parts ->
            url(request.settings())
                .map(
                    url ->
                        new EmailPost(
                                url,
                                Map.of(
                                    "Authorization",
                                    "Bearer " + EmailSettings.key(request.settings())),
                                body(request, parts),
                                whole -> correlated(request, whole),
                                BODIES)
                            .with(request.content()))
                .orElseGet(
                    () ->
                        new Preparation.Refused(
                            new DeliveryResult.Misconfigured(
                                "testing needs the number of an inbox: " + INBOX.name()))));
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Email> request, ProviderResponse response) {
    Json.Obj body = JsonBody.object(response);
    Optional<String> words =
        body.list("errors").stream()
            .filter(Json.Str.class::isInstance)
            .map(it -> ((Json.Str) it).value())
            .findFirst()
            .or(() -> body.text("error"));
    String reason =
        ProviderWords.of(request.settings(), "status " + response.status(), words.orElse(""));
    if (!response.successful()) {
      return HttpAnswers.of(response, reason);
    }
    // Ids in the order of the addresses, the recipient's first.
    return Json.FALSE.equals(body.get("success").orElse(Json.TRUE))
        ? new DeliveryResult.Rejected(reason)
        : HttpAnswers.sent(
            body.list("message_ids").stream()
                .filter(Json.Str.class::isInstance)
                .map(it -> ((Json.Str) it).value())
                .findFirst());
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(new MailtrapEvents());
  }

  private static Optional<String> url(ProviderSettings settings) {
    String api = settings.required(API.name());
    String url = URLS.getOrDefault(api, "");
    return api.equals(TESTING)
        ? settings
            .text(INBOX.name())
            .filter(inbox -> inbox.matches("[0-9]{1,18}"))
            .map(inbox -> url + "/" + inbox)
        : Optional.of(url);
  }

  private static Json.Obj body(DeliveryRequest<Content.Email> request, EmailParts parts) {
    EmailParts.Addressed addressed = parts.addressed();
    Json.Obj body =
        Json.object()
            .with("from", addressed.from().json("email", "name"))
            .with("to", addresses(addressed.to()));
    body = addressed.cc().isEmpty() ? body : body.with("cc", addresses(addressed.cc()));
    body = addressed.bcc().isEmpty() ? body : body.with("bcc", addresses(addressed.bcc()));
    // Mailtrap takes one address for replies.
    body =
        addressed.replyTo().isEmpty()
            ? body
            : body.with("reply_to", addressed.replyTo().getFirst().json("email", "name"));
    body = body.with("subject", parts.subject());
    body = parts.text().isEmpty() ? body : body.with("text", parts.text());
    body = parts.html().isBlank() ? body : body.with("html", parts.html());
    body =
        body.with("category", request.message().workflow().value())
            .with("custom_variables", Correlation.of(request.message()));
    body = parts.headers().isEmpty() ? body : body.with("headers", parts.headersJson());
    return parts.attachments().isEmpty()
        ? body
        : body.with(
            "attachments",
            Json.array(parts.attachments().stream().map(Mailtrap::attachment).toList()));
  }

  private static Json.Obj correlated(DeliveryRequest<Content.Email> request, Json.Obj body) {
    return body.with(
        "custom_variables",
        JsonBody.texts(body.object("custom_variables")).merged(Correlation.of(request.message())));
  }

  private static Json.Obj attachment(Attachment file) {
    boolean shown = EmailParts.shown(file);
    Json.Obj json =
        Json.object()
            .with("content", file.content())
            .with("type", file.contentType())
            .with("filename", file.name())
            .with("disposition", shown ? "inline" : "attachment");
    return shown ? json.with("content_id", file.contentId().orElseThrow()) : json;
  }

  private static Json addresses(List<EmailAddress> addresses) {
    return Json.array(addresses.stream().map(it -> it.json("email", "name")).toList());
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.json(request, 200, "{'success':true,'message_ids':['#']}");
  }
}
