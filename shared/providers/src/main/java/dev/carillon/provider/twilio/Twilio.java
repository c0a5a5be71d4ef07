package dev.carillon.provider.twilio;

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
import dev.carillon.provider.access.BasicAuth;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import dev.carillon.provider.sms.CallbackLink;
import dev.carillon.provider.sms.SmsDraft;
import dev.carillon.provider.sms.SmsPoll;
import dev.carillon.provider.sms.SmsProvider;
import dev.carillon.provider.sms.SmsSender;
import dev.carillon.provider.sms.SmsSender.Kind;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Twilio's Programmable Messaging. A second request with the same text sends it a second time.
 *
 * <p>https://www.twilio.com/docs/messaging/api/message-resource
 */
public final class Twilio implements SmsProvider, StatusPolling {
  private static final String BASE = "https://api.twilio.com/2010-04-01/Accounts/";
  private static final List<Kind> SENDERS =
      List.of(Kind.PHONE_NUMBER, Kind.SHORT_CODE, Kind.MESSAGING_SERVICE_SID);

  @Override
  public String key() {
    return "sms_twilio";
  }

  @Override
  public List<ProviderSetting> settings() {
    var settings = new ArrayList<ProviderSetting>();
    settings.add(ProviderSetting.required("account_id", "Account ID"));
    settings.add(ProviderSetting.credential("auth_token", "Auth token"));
    settings.addAll(SmsSender.settings(SENDERS));
    return List.copyOf(settings);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Sms> request) {
    return SmsDraft.prepare(request, SENDERS, draft -> Preparation.of(call(request, draft)));
  }

  private static ProviderCall.Http call(DeliveryRequest<Content.Sms> request, SmsDraft draft) {
    FormBody form =
        FormBody.EMPTY
            .with("To", draft.to().value())
            .with("From", draft.from().filter(from -> !pool(from)).map(SmsSender::value))
            .with("MessagingServiceSid", draft.from().filter(Twilio::pool).map(SmsSender::value))
            .with("Body", request.content().body())
            .overridden(request.content().overrides());
    Optional<URI> callback = request.callbackUrl();
    if (callback.isPresent()) {
      String key = request.settings().required("auth_token");
      form =
          form.replacing(
              "StatusCallback", CallbackLink.to(callback.get(), request.message().id(), key));
    }
    var headers = new LinkedHashMap<>(headers(request.settings()));
    headers.put("Content-Type", FormBody.CONTENT_TYPE);
    return new ProviderCall.Http(
            "POST", account(request.settings()) + "/Messages.json", headers, form.bytes())
        .hiding(headers.get("Authorization"));
  }

  private static boolean pool(SmsSender sender) {
    return sender.kind() == Kind.MESSAGING_SERVICE_SID;
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Sms> request, ProviderResponse response) {
    Json.Obj answer = JsonBody.object(response);
    if (response.successful()) {
      return HttpAnswers.sent(answer.text("sid"));
    }
    Optional<String> code = JsonBody.scalar(answer, "code");
    String reason =
        ProviderWords.of(
            request.settings(),
            code.orElse("status " + response.status()),
            answer.text("message").orElse(""));
    return Meaning.of(code.map(TwilioCodes.OF_REQUESTS::get), response, reason);
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(new TwilioCallbacks());
  }

  @Override
  public Optional<StatusPolling> polling() {
    return Optional.of(this);
  }

  @Override
  public Optional<ProviderCall.Http> ask(String externalId, ProviderSettings settings) {
    Map<String, String> headers = headers(settings);
    return Optional.of(
        JsonBody.get(
                account(settings) + "/Messages/" + FormBody.segment(externalId) + ".json", headers)
            .hiding(headers.get("Authorization")));
  }

  @Override
  public Poll read(String target, ProviderResponse response) {
    return SmsPoll.read(
        response,
        message -> message.text("status").map(TwilioCodes.STATUSES::get),
        message -> JsonBody.scalar(message, "error_code").map(TwilioCodes::delivery));
  }

  private static String account(ProviderSettings settings) {
    return BASE + FormBody.segment(settings.required("account_id"));
  }

  private static Map<String, String> headers(ProviderSettings settings) {
    return Map.of(
        "Authorization",
        BasicAuth.header(settings.required("account_id"), settings.required("auth_token")),
        "Accept",
        JsonBody.CONTENT_TYPE);
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.json(request, 201, "{'sid':'SM#','status':'queued'}");
  }
}
