package dev.carillon.provider.onesignal;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.StandIn;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.format.JsonBody;
import dev.carillon.provider.push.PushOverrides;
import dev.carillon.provider.push.PushProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * OneSignal, to a user by our own id for them or to one of their subscriptions.
 *
 * <p>Source: https://documentation.onesignal.com/reference/push-notification
 */
public final class OneSignal implements PushProvider {
  private static final String APP = "app_id";
  private static final String API_KEY = "api_key";
  private static final String MODE = "recipient_mode";
  private static final String BY_EXTERNAL_ID = "external_id";
  private static final String BY_PLAYER_ID = "player_id";

  /** Whatever else could add recipients to a message. */
  private static final Set<String> AUDIENCE =
      Set.of(
          "include_aliases",
          "include_subscription_ids",
          "include_player_ids",
          "include_external_user_ids",
          "include_email_tokens",
          "include_phone_numbers",
          "include_ios_tokens",
          "include_android_reg_ids",
          "include_wp_wns_uris",
          "include_amazon_reg_ids",
          "include_chrome_reg_ids",
          "include_chrome_web_reg_ids",
          "include_unsubscribed",
          "included_segments",
          "excluded_segments",
          "filters",
          "target_channel",
          "email_to");

  @Override
  public String key() {
    return "push_one_signal";
  }

  @Override
  public List<ProviderSetting> settings() {
    return List.of(
        ProviderSetting.required(APP, "App ID"),
        ProviderSetting.credential(API_KEY, "API key"),
        ProviderSetting.choice(MODE, "Recipient mode", BY_EXTERNAL_ID, BY_PLAYER_ID));
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Push> request) {
    return request
        .settings()
        .fault()
        .<Preparation>map(Preparation.Refused::new)
        .orElseGet(
            () ->
                Preparation.of(
                    JsonBody.post(
                        "https://api.onesignal.com/notifications",
                        Map.of("Authorization", "Key " + request.settings().required(API_KEY)),
                        payload(request))));
  }

  private static Json.Obj payload(DeliveryRequest<Content.Push> request) {
    Content.Push content = request.content();
    Json.Obj payload =
        content.silent()
            ? Json.object().with("content_available", Json.TRUE)
            : Json.object()
                .with("headings", Json.object().with("en", content.title()))
                .with("contents", Json.object().with("en", content.body()));
    payload = PushOverrides.over(payload.with("data", content.data()), content.overrides());
    Map<String, Json> fields = new LinkedHashMap<>(payload.fields());
    fields.keySet().removeAll(AUDIENCE);
    payload = new Json.Obj(fields);
    return target(payload, content.token(), byPlayer(request.settings()))
        .with("app_id", request.settings().required(APP))
        .with(
            "data",
            payload.object("data").with(Correlation.MESSAGE, request.message().id().value()))
        .with("idempotency_key", idempotencyKey(request.message()));
  }

  private static Json.Obj target(Json.Obj payload, String target, boolean byPlayer) {
    Json.Arr targets = Json.texts(List.of(target));
    return byPlayer
        ? payload.with("include_subscription_ids", targets)
        : payload
            .with("target_channel", "push")
            .with("include_aliases", Json.object().with("external_id", targets));
  }

  /** A UUID made of a name, which is of a version that OneSignal takes. */
  private static String idempotencyKey(DeliveryRequest.Subject message) {
    return UUID.nameUUIDFromBytes(Signatures.utf8(message.idempotencyKey())).toString();
  }

  private static boolean byPlayer(ProviderSettings settings) {
    return settings.required(MODE).equals(BY_PLAYER_ID);
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Push> request, ProviderResponse response) {
    return OneSignalAnswers.read(response, request.settings(), byPlayer(request.settings()));
  }

  @Override
  public boolean idempotent() {
    return true;
  }

  @Override
  public Optional<ProviderResponse> standIn(ProviderCall.Http request) {
    return StandIn.json(request, 200, "{'id':'#'}");
  }
}
