package dev.carillon.provider.telnyx;

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

/**
 * Telnyx's messaging.
 *
 * <p>https://developers.telnyx.com/api-reference/messages/send-a-message
 */
public final class Telnyx implements SmsProvider, StatusPolling {
  private static final String URL = "https://api.telnyx.com/v2/messages";
  private static final String PROFILE = Kind.MESSAGING_PROFILE_ID.wireName();
  private static final String TO = "/to";
  private static final List<Kind> SENDERS =
      List.of(Kind.PHONE_NUMBER, Kind.SHORT_CODE, Kind.SENDER_ID, Kind.MESSAGING_PROFILE_ID);

  @Override
  public String key() {
    return "sms_telnyx";
  }

  @Override
  public List<ProviderSetting> settings() {
    var settings = new ArrayList<ProviderSetting>();
    settings.add(ProviderSetting.credential("api_key", "API key"));
    settings.addAll(SmsSender.settings(SENDERS));
    settings.add(ProviderSetting.optional("public_key", "Public key"));
    return List.copyOf(settings);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Sms> request) {
    return SmsDraft.prepare(request, SENDERS, draft -> prepare(request, draft));
  }

  private static Preparation prepare(DeliveryRequest<Content.Sms> request, SmsDraft draft) {
    boolean sender = draft.from().filter(from -> from.kind() == Kind.SENDER_ID).isPresent();
    return sender && request.settings().text(PROFILE).isEmpty()
        ? SmsDraft.misconfigured("missing: " + PROFILE + ", without which no sender ID is taken")
        : Preparation.of(call(request, draft));
  }

  private static ProviderCall.Http call(DeliveryRequest<Content.Sms> request, SmsDraft draft) {
    Json.Obj body = Json.object();
    if (draft.from().isPresent() && draft.from().get().kind() != Kind.MESSAGING_PROFILE_ID) {
      body = body.with("from", draft.from().get().value());
    }
    Optional<String> profile = request.settings().text(PROFILE);
    if (profile.isPresent()) {
      body = body.with(PROFILE, profile.get());
    }
    body =
        body.with("to", draft.to().value())
            .with("text", request.content().body())
            .with("type", "SMS");
    return JsonBody.post(
        URL,
        headers(request.settings()),
        JsonBody.overridden(
            body, request.content().overrides(), whole -> reporting(request, whole)));
  }

  private static Json.Obj reporting(DeliveryRequest<Content.Sms> request, Json.Obj body) {
    Optional<URI> callback = request.callbackUrl();
    if (callback.isEmpty()) {
      return body;
    }
    String key = request.settings().required("api_key");
    return body.with("webhook_url", CallbackLink.to(callback.get(), request.message().id(), key))
        .with("use_profile_webhooks", Json.FALSE);
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Sms> request, ProviderResponse response) {
    Json.Obj answer = JsonBody.object(response);
    if (response.successful()) {
      return HttpAnswers.sent(answer.object("data").text("id"));
    }
    Json.Obj error = TelnyxCodes.first(answer.list("errors"));
    Optional<String> code = JsonBody.scalar(error, "code");
    String reason =
        ProviderWords.of(
            request.settings(),
            code.orElse("status " + response.status()),
            error.text("title").orElse(""),
            error.text("detail").orElse(""));
    boolean aboutNumber =
        error.object("source").text("pointer").filter(at -> at.endsWith(TO)).isPresent();
    return Meaning.of(
        code.flatMap(known -> aboutNumber ? TelnyxCodes.ofTo(known) : TelnyxCodes.of(known)),
        response,
        reason);
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(new TelnyxCallbacks());
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
        answer -> TelnyxCodes.becomes(answer.object("data")),
        answer -> TelnyxCodes.reason(answer.object("data")));
  }

  private static Map<String, String> headers(ProviderSettings settings) {
    return Map.of("Authorization", "Bearer " + settings.required("api_key"));
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.json(request, 200, "{'data':{'id':'#'}}");
  }
}
