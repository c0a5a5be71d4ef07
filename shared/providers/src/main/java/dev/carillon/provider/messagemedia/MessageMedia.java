package dev.carillon.provider.messagemedia;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
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
import dev.carillon.provider.access.BasicAuth;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import dev.carillon.provider.sms.CallbackLink;
import dev.carillon.provider.sms.SmsDraft;
import dev.carillon.provider.sms.SmsPoll;
import dev.carillon.provider.sms.SmsProvider;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sinch MessageMedia's messaging.
 *
 * <p>https://messagemedia.com/developers/messages-api/
 */
public final class MessageMedia implements SmsProvider, StatusPolling {
  private static final String API_KEY = "api_key";
  private static final String SECRET = "api_secret";
  private static final String SOURCE = "source_number";
  private static final String SOURCE_TYPE = "source_number_type";
  private static final String DESTINATION = "destination_number";

  private static final String APAC = "https://api.messagemedia.com/v1/messages";
  private static final String EUROPE = "https://eu-api.messagemedia.com/v1/messages";

  @Override
  public String key() {
    return "sms_sinch_message_media";
  }

  @Override
  public List<ProviderSetting> settings() {
    return List.of(
        ProviderSetting.credential(API_KEY, "API key"),
        ProviderSetting.credential(SECRET, "API secret"),
        ProviderSetting.required(SOURCE, "Source number"),
        ProviderSetting.optional(SOURCE_TYPE, "Source number type")
            .of(new ProviderSetting.Type.Choice(SourceNumber.Type.settings())),
        ProviderSetting.choice("region", "Region", "APAC", "EU"),
        ProviderSetting.optional("signature_key", "Signature key")
            .of(new ProviderSetting.Type.LongText()));
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Sms> request) {
    return SmsDraft.prepare(request, List.of(), draft -> prepare(request, draft));
  }

  private static Preparation prepare(DeliveryRequest<Content.Sms> request, SmsDraft draft) {
    ProviderSettings settings = request.settings();
    return SourceNumber.read(settings.required(SOURCE), settings.text(SOURCE_TYPE))
        .map(source -> Preparation.of(call(request, draft, source)))
        .orElseGet(() -> SmsDraft.misconfigured("not valid: " + SOURCE + ", of its type"));
  }

  private static ProviderCall.Http call(
      DeliveryRequest<Content.Sms> request, SmsDraft draft, SourceNumber source) {
    Json.Obj message =
        Json.object()
            .with("content", request.content().body())
            .with(DESTINATION, draft.to().value())
            .with(SOURCE, source.value())
            .with(SOURCE_TYPE, source.type().name())
            .with("format", "SMS");
    Json.Obj whole =
        JsonBody.overridden(message, request.content().overrides(), all -> named(request, all));
    Map<String, String> headers = headers(request.settings());
    return JsonBody.post(
            url(request.settings()),
            headers,
            Json.object().with("messages", Json.array(List.of(whole))))
        .hiding(headers.get("Authorization"));
  }

  private static Json.Obj named(DeliveryRequest<Content.Sms> request, Json.Obj message) {
    Json.Obj named =
        message.with(
            "metadata", message.object("metadata").merged(Correlation.of(request.message())));
    Optional<URI> callback = request.callbackUrl();
    if (callback.isEmpty()) {
      return named;
    }
    String key = request.settings().required(SECRET);
    return named
        .with("delivery_report", Json.TRUE)
        .with("callback_url", CallbackLink.to(callback.get(), request.message().id(), key));
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Sms> request, ProviderResponse response) {
    Json.Obj answer = JsonBody.object(response);
    if (response.successful()) {
      Json first = answer.list("messages").stream().findFirst().orElse(Json.NULL);
      return HttpAnswers.sent(
          first instanceof Json.Obj message ? message.text("message_id") : Optional.empty());
    }
    String details =
        String.join(
            "; ",
            answer.list("details").stream()
                .filter(Json.Str.class::isInstance)
                .map(FormBody::text)
                .toList());
    String reason =
        ProviderWords.of(
            request.settings(),
            answer.text("message").orElse("status " + response.status()),
            details);
    return switch (response.status()) {
      case 400 ->
          (details.contains(DESTINATION) ? Meaning.BOUNCED : Meaning.REJECTED).of(response, reason);
      case 404 -> Meaning.MISCONFIGURED.of(response, reason);
      default -> HttpAnswers.of(response, reason);
    };
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(new MessageMediaCallbacks());
  }

  @Override
  public Optional<StatusPolling> polling() {
    return Optional.of(this);
  }

  @Override
  public Optional<ProviderCall.Http> ask(String externalId, ProviderSettings settings) {
    Map<String, String> headers = headers(settings);
    return Optional.of(
        JsonBody.get(url(settings) + "/" + FormBody.segment(externalId), headers)
            .hiding(headers.get("Authorization")));
  }

  @Override
  public Poll read(String target, ProviderResponse response) {
    return SmsPoll.read(response, MessageMediaStatuses::becomes, MessageMediaStatuses::reason);
  }

  private static String url(ProviderSettings settings) {
    return settings.required("region").equals("EU") ? EUROPE : APAC;
  }

  private static Map<String, String> headers(ProviderSettings settings) {
    return Map.of(
        "Authorization", BasicAuth.header(settings.required(API_KEY), settings.required(SECRET)));
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.json(request, 202, "{'messages':[{'message_id':'#'}]}");
  }
}
