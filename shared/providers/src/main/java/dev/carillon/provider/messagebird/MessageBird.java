package dev.carillon.provider.messagebird;

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
import dev.carillon.provider.sms.CallbackLink;
import dev.carillon.provider.sms.SmsDraft;
import dev.carillon.provider.sms.SmsPoll;
import dev.carillon.provider.sms.SmsProvider;
import dev.carillon.provider.sms.SmsSender;
import dev.carillon.provider.sms.SmsSender.Kind;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * MessageBird's classic SMS interface, which is the one Knock has.
 *
 * <p>https://developers.messagebird.com/api/sms-messaging/
 */
public final class MessageBird implements SmsProvider, StatusPolling {
  private static final String URL = "https://rest.messagebird.com/messages";
  private static final List<Kind> SENDERS =
      List.of(Kind.PHONE_NUMBER, Kind.SHORT_CODE, Kind.SENDER_ID);

  /** What an error calls the number it goes to. */
  private static final Set<String> NUMBER = Set.of("recipients", "recipient");

  @Override
  public String key() {
    return "sms_messagebird";
  }

  @Override
  public List<ProviderSetting> settings() {
    var settings = new ArrayList<ProviderSetting>();
    settings.add(ProviderSetting.credential("api_key", "API key"));
    settings.addAll(SmsSender.settings(SENDERS));
    settings.add(ProviderSetting.optionalCredential("signing_key", "Signing key"));
    return List.copyOf(settings);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Sms> request) {
    return SmsDraft.prepare(request, SENDERS, draft -> Preparation.of(call(request, draft)));
  }

  private static ProviderCall.Http call(DeliveryRequest<Content.Sms> request, SmsDraft draft) {
    Json.Obj body =
        Json.object()
            .with("originator", draft.from().map(SmsSender::withoutPlus).orElse(""))
            .with("recipients", Json.texts(List.of(draft.to().digits())))
            .with("body", request.content().body())
            // Without it, what is not in GSM's alphabet becomes a question mark.
            .with("datacoding", "auto");
    return JsonBody.post(
        URL,
        headers(request.settings()),
        JsonBody.overridden(
            body, request.content().overrides(), whole -> correlated(request, whole)));
  }

  private static Json.Obj correlated(DeliveryRequest<Content.Sms> request, Json.Obj body) {
    Json.Obj named = body.with("reference", request.message().id().value());
    Optional<URI> callback = request.callbackUrl();
    if (callback.isEmpty()) {
      return named;
    }
    String key = request.settings().required("api_key");
    return named.with("reportUrl", CallbackLink.to(callback.get(), request.message().id(), key));
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Sms> request, ProviderResponse response) {
    Json.Obj answer = JsonBody.object(response);
    if (response.successful()) {
      return HttpAnswers.sent(answer.text("id"));
    }
    Json first = answer.list("errors").stream().findFirst().orElse(Json.NULL);
    Json.Obj error = first instanceof Json.Obj object ? object : Json.Obj.EMPTY;
    Optional<String> code = JsonBody.scalar(error, "code");
    String reason =
        ProviderWords.of(
            request.settings(),
            code.orElse("status " + response.status()),
            error.text("description").orElse(""));
    boolean aboutNumber = error.text("parameter").filter(NUMBER::contains).isPresent();
    return Meaning.of(
        code.map(MessageBirdCodes.OF_REQUESTS::get)
            .map(meaning -> meaning == Meaning.REJECTED && aboutNumber ? Meaning.BOUNCED : meaning),
        response,
        reason);
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(new MessageBirdCallbacks());
  }

  @Override
  public Optional<StatusPolling> polling() {
    return Optional.of(this);
  }

  @Override
  public Optional<ProviderCall.Http> ask(String externalId, ProviderSettings settings) {
    return Optional.of(JsonBody.get(URL + "/" + FormBody.segment(externalId), headers(settings)));
  }

  @Override
  public Poll read(String target, ProviderResponse response) {
    return SmsPoll.read(
        response,
        message ->
            MessageBirdCodes.becomes(
                recipient(message).text("status").orElse(""),
                JsonBody.scalar(recipient(message), "statusErrorCode")),
        message ->
            JsonBody.scalar(recipient(message), "statusErrorCode")
                .flatMap(MessageBirdCodes::reason));
  }

  private static Json.Obj recipient(Json.Obj message) {
    Json first = message.object("recipients").list("items").stream().findFirst().orElse(Json.NULL);
    return first instanceof Json.Obj recipient ? recipient : Json.Obj.EMPTY;
  }

  private static Map<String, String> headers(ProviderSettings settings) {
    return Map.of("Authorization", "AccessKey " + settings.required("api_key"));
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.json(request, 201, "{'id':'#'}");
  }
}
