package dev.carillon.provider.africastalking;

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
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import dev.carillon.provider.sms.SmsDraft;
import dev.carillon.provider.sms.SmsProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Africa's Talking. It answers 201 whatever happened; what did is in the code of the one recipient,
 * or in a word where it lists none. It takes neither an id of ours nor a URL for reports: those go
 * to the one that the account names.
 *
 * <p>https://developers.africastalking.com/docs/sms/sending/bulk
 */
public final class AfricasTalking implements SmsProvider {
  private static final String LIVE = "https://api.africastalking.com/version1/messaging";
  private static final String SANDBOX = "https://api.sandbox.africastalking.com/version1/messaging";

  /** The user whose messages go to the sandbox alone. */
  private static final String SANDBOX_USER = "sandbox";

  @Override
  public String key() {
    return "sms_africas_talking";
  }

  @Override
  public List<ProviderSetting> settings() {
    return List.of(
        ProviderSetting.credential("api_key", "API key"),
        ProviderSetting.required("username", "Username"),
        ProviderSetting.optional("short_code", "Short code"),
        ProviderSetting.optionalCredential("callback_token", "Callback token"));
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Sms> request) {
    return SmsDraft.prepare(request, List.of(), draft -> Preparation.of(call(request, draft)));
  }

  private static ProviderCall.Http call(DeliveryRequest<Content.Sms> request, SmsDraft draft) {
    ProviderSettings settings = request.settings();
    FormBody form =
        FormBody.EMPTY
            .with("to", draft.to().value())
            .with("message", request.content().body())
            .with("from", settings.text("short_code"))
            .with("bulkSMSMode", "1")
            .with("enqueue", "1")
            .overridden(request.content().overrides())
            .replacing("username", settings.required("username"));
    return new ProviderCall.Http(
        "POST",
        settings.required("username").equals(SANDBOX_USER) ? SANDBOX : LIVE,
        Map.of(
            "apiKey", settings.required("api_key"),
            "Content-Type", FormBody.CONTENT_TYPE,
            "Accept", JsonBody.CONTENT_TYPE),
        form.bytes());
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Sms> request, ProviderResponse response) {
    if (!response.successful()) {
      return HttpAnswers.of(response);
    }
    Json.Obj data = JsonBody.object(response).object("SMSMessageData");
    Json first = data.list("Recipients").stream().findFirst().orElse(Json.NULL);
    return first instanceof Json.Obj recipient
        ? ofRecipient(request.settings(), response, recipient)
        : ofNone(request.settings(), response, data.text("Message"));
  }

  private static DeliveryResult ofRecipient(
      ProviderSettings settings, ProviderResponse response, Json.Obj recipient) {
    String code = JsonBody.scalar(recipient, "statusCode").orElse("no statusCode");
    if (AfricasTalkingCodes.TAKEN.contains(code)) {
      return HttpAnswers.sent(recipient.text("messageId"));
    }
    String reason = ProviderWords.of(settings, code, recipient.text("status").orElse(""));
    Meaning meaning = AfricasTalkingCodes.OF_RECIPIENTS.get(code);
    return meaning == null ? new DeliveryResult.Ambiguous(reason) : meaning.of(response, reason);
  }

  private static DeliveryResult ofNone(
      ProviderSettings settings, ProviderResponse response, Optional<String> word) {
    if (word.isEmpty()) {
      return new DeliveryResult.Ambiguous("an answer that says of no message what became of it");
    }
    String reason = ProviderWords.of(settings, word.get());
    return AfricasTalkingCodes.OF_REQUESTS
        .getOrDefault(word.get().strip(), Meaning.REJECTED)
        .of(response, reason);
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(new AfricasTalkingCallbacks());
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.json(
        request,
        201,
        "{'SMSMessageData':{'Recipients':[{'statusCode':101,'messageId':'ATXid_#'}]}}");
  }
}
