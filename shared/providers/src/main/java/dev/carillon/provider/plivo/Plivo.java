package dev.carillon.provider.plivo;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Plivo's messaging. A 202 may list our number as invalid, and has sent nothing then.
 *
 * <p>https://www.plivo.com/docs/messaging/api/message/send-a-message
 */
public final class Plivo implements SmsProvider, StatusPolling {
  private static final String ID = "authentication_id";
  private static final String TOKEN = "authentication_token";
  private static final List<Kind> SENDERS =
      List.of(Kind.PHONE_NUMBER, Kind.SHORT_CODE, Kind.SENDER_ID);

  /** Words for the number it goes to, in an error without a code. */
  private static final Pattern ABOUT_NUMBER =
      Pattern.compile("\\b(dst|destination number)\\b", Pattern.CASE_INSENSITIVE);

  @Override
  public String key() {
    return "sms_plivo";
  }

  @Override
  public List<ProviderSetting> settings() {
    var settings = new ArrayList<ProviderSetting>();
    settings.add(ProviderSetting.required(ID, "Authentication ID"));
    settings.add(ProviderSetting.credential(TOKEN, "Authentication token"));
    settings.addAll(SmsSender.settings(SENDERS));
    return List.copyOf(settings);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Sms> request) {
    return SmsDraft.prepare(request, SENDERS, draft -> Preparation.of(call(request, draft)));
  }

  private static ProviderCall.Http call(DeliveryRequest<Content.Sms> request, SmsDraft draft) {
    Json.Obj body =
        Json.object()
            .with("src", draft.from().map(SmsSender::value).orElse(""))
            .with("dst", draft.to().value())
            .with("text", request.content().body())
            .with("type", "sms");
    Map<String, String> headers = headers(request.settings());
    return JsonBody.post(
            url(request.settings()),
            headers,
            JsonBody.overridden(
                body, request.content().overrides(), whole -> reporting(request, whole)))
        .hiding(headers.get("Authorization"));
  }

  private static Json.Obj reporting(DeliveryRequest<Content.Sms> request, Json.Obj body) {
    Optional<URI> callback = request.callbackUrl();
    if (callback.isEmpty()) {
      return body;
    }
    String key = request.settings().required(TOKEN);
    return body.with("url", CallbackLink.to(callback.get(), request.message().id(), key))
        .with("method", "POST");
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Sms> request, ProviderResponse response) {
    Json.Obj answer = JsonBody.object(response);
    String words = answer.text("error").orElse("");
    String reason =
        ProviderWords.of(
            request.settings(), words.isEmpty() ? "status " + response.status() : words);
    if (!response.successful()) {
      return switch (response.status()) {
        case 400 ->
            (ABOUT_NUMBER.matcher(words).find() ? Meaning.BOUNCED : Meaning.REJECTED)
                .of(response, reason);
        case 404 -> Meaning.MISCONFIGURED.of(response, reason);
        default -> HttpAnswers.of(response, reason);
      };
    }
    if (answer.list("message_uuid").stream().findFirst().orElse(Json.NULL)
        instanceof Json.Str(var id)) {
      return HttpAnswers.sent(Optional.of(id));
    }
    return answer.list("invalid_number").isEmpty()
        ? new DeliveryResult.Ambiguous("an answer that names no message")
        : Meaning.BOUNCED.of(response, "invalid_number");
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(new PlivoCallbacks());
  }

  @Override
  public Optional<StatusPolling> polling() {
    return Optional.of(this);
  }

  @Override
  public Optional<ProviderCall.Http> ask(String externalId, ProviderSettings settings) {
    Map<String, String> headers = headers(settings);
    return Optional.of(
        JsonBody.get(url(settings) + FormBody.segment(externalId) + "/", headers)
            .hiding(headers.get("Authorization")));
  }

  @Override
  public Poll read(String target, ProviderResponse response) {
    return SmsPoll.read(
        response,
        message ->
            PlivoCodes.becomes(
                message.text("message_state").orElse(""), JsonBody.scalar(message, "error_code")),
        message -> JsonBody.scalar(message, "error_code").flatMap(PlivoCodes::reason));
  }

  /** With its slash at the end, without which Plivo redirects. */
  private static String url(ProviderSettings settings) {
    return "https://api.plivo.com/v1/Account/"
        + FormBody.segment(settings.required(ID))
        + "/Message/";
  }

  private static Map<String, String> headers(ProviderSettings settings) {
    return Map.of(
        "Authorization", BasicAuth.header(settings.required(ID), settings.required(TOKEN)));
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.json(request, 202, "{'message':'queued','message_uuid':['#']}");
  }
}
