package dev.carillon.provider.mailersendsms;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
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
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import dev.carillon.provider.sms.SmsDraft;
import dev.carillon.provider.sms.SmsPoll;
import dev.carillon.provider.sms.SmsProvider;
import dev.carillon.provider.sms.SmsSender;
import dev.carillon.provider.sms.SmsSender.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * MailerSend's text messages, to the United States and Canada. It takes neither an id of ours nor a
 * URL for reports; a message is found again by its own id.
 *
 * <p>https://developers.mailersend.com/api/v1/sms-messages
 */
public final class MailerSendSms implements SmsProvider, StatusPolling {
  private static final String URL = "https://api.mailersend.com/v1/sms";
  private static final String MESSAGES = "https://api.mailersend.com/v1/sms-messages/";

  /** What a quota for the day is told by, within the text of a 429. */
  private static final String DAILY_QUOTA = "MS42901";

  @Override
  public String key() {
    return "sms_mailersend";
  }

  @Override
  public List<ProviderSetting> settings() {
    return List.of(
        ProviderSetting.credential("api_key", "API key"),
        ProviderSetting.required("phone_number", "Phone number"),
        ProviderSetting.optionalCredential("signing_secret", "Signing secret"));
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Sms> request) {
    return SmsDraft.prepare(request, List.of(), draft -> prepare(request, draft));
  }

  private static Preparation prepare(DeliveryRequest<Content.Sms> request, SmsDraft draft) {
    return SmsSender.of(Kind.PHONE_NUMBER, request.settings().required("phone_number"))
        .map(from -> Preparation.of(call(request, draft, from)))
        .orElseGet(() -> SmsDraft.misconfigured("not valid: phone_number"));
  }

  private static ProviderCall.Http call(
      DeliveryRequest<Content.Sms> request, SmsDraft draft, SmsSender from) {
    Json.Obj body =
        Json.object()
            .with("from", from.value())
            .with("to", Json.texts(List.of(draft.to().value())))
            .with("text", request.content().body());
    return JsonBody.post(
        URL,
        headers(request.settings()),
        JsonBody.overridden(body, request.content().overrides(), whole -> whole));
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Sms> request, ProviderResponse response) {
    if (response.successful()) {
      return HttpAnswers.sent(response.header("x-sms-message-id"));
    }
    Json.Obj answer = JsonBody.object(response);
    Json.Obj errors = answer.object("errors");
    String details =
        errors.fields().values().stream()
            .map(FormBody::text)
            .limit(3)
            .collect(Collectors.joining("; "));
    String reason =
        ProviderWords.of(
            request.settings(),
            "status " + response.status(),
            answer.text("message").orElse(""),
            details);
    boolean aboutNumber =
        errors.fields().keySet().stream()
            .anyMatch(field -> field.equals("to") || field.startsWith("to."));
    return switch (response.status()) {
      case 422 -> (aboutNumber ? Meaning.BOUNCED : Meaning.REJECTED).of(response, reason);
      case 429 ->
          (response.text().contains(DAILY_QUOTA) ? Meaning.MISCONFIGURED : Meaning.DEFERRED)
              .of(response, reason);
      default -> HttpAnswers.of(response, reason);
    };
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(new MailerSendSmsCallbacks());
  }

  @Override
  public Optional<StatusPolling> polling() {
    return Optional.of(this);
  }

  @Override
  public Optional<ProviderCall.Http> ask(String externalId, ProviderSettings settings) {
    return Optional.of(JsonBody.get(MESSAGES + FormBody.segment(externalId), headers(settings)));
  }

  @Override
  public Poll read(String target, ProviderResponse response) {
    return SmsPoll.read(
        response,
        answer ->
            MailerSendSmsStatuses.becomes(MailerSendSmsStatuses.to(target, answer.object("data"))),
        answer ->
            MailerSendSmsStatuses.reason(MailerSendSmsStatuses.to(target, answer.object("data"))));
  }

  private static Map<String, String> headers(ProviderSettings settings) {
    return Map.of("Authorization", "Bearer " + settings.required("api_key"));
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.header(request, 202, "x-sms-message-id");
  }
}
