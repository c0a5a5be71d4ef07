package dev.carillon.provider.whatsapp;

import dev.carillon.json.Json;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.Meaning;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.callback.CallbackEvent.Effect;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.callback.EventTimes;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Meta reports: first whether the URL is ours, by a GET, and then statuses, several at once.
 *
 * <p>Sources: https://developers.facebook.com/docs/graph-api/webhooks/getting-started,
 * https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples
 */
final class WhatsAppReports implements CallbackReader {
  static final ProviderSetting APP_SECRET =
      ProviderSetting.optionalCredential("app_secret", "App secret (for status reports)");
  static final ProviderSetting VERIFY_TOKEN =
      ProviderSetting.optionalCredential("verify_token", "Verify token (for status reports)");

  private static final String SIGNATURE = "x-hub-signature-256";
  private static final String SCHEME = "sha256=";

  /**
   * A chat message never gets further than sent, so that being delivered or read is noted alone.
   * What failed depends on its code.
   */
  private static final Map<String, Effect> STATUSES =
      Map.of(
          "sent", Effect.NOTED,
          "delivered", Effect.NOTED,
          "read", Effect.NOTED,
          "deleted", Effect.NOTED,
          "failed", Effect.UNDELIVERED);

  @Override
  public Verdict verify(
      CallbackRequest request,
      ProviderSettings settings,
      Map<String, String> lookups,
      Instant now) {
    return request.method().equals("GET")
        ? handshake(request, settings)
        : signed(request, settings);
  }

  private static Verdict handshake(CallbackRequest request, ProviderSettings settings) {
    Optional<String> token = settings.text(VERIFY_TOKEN.name());
    if (token.isEmpty()) {
      return Verdict.unchecked(VERIFY_TOKEN);
    }
    FormBody query = query(request);
    boolean subscribes = query.first("hub.mode").orElse("").equals("subscribe");
    boolean known = Signatures.equal(query.first("hub.verify_token").orElse(""), token.get());
    return Verdict.of(subscribes && known, "the verify token is another");
  }

  private static Verdict signed(CallbackRequest request, ProviderSettings settings) {
    Optional<String> secret = settings.text(APP_SECRET.name());
    if (secret.isEmpty()) {
      return Verdict.unchecked(APP_SECRET);
    }
    byte[] expected =
        Signatures.hmac(
            Signatures.Keyed.HMAC_SHA256, Signatures.utf8(secret.get()), request.body());
    boolean authentic =
        request
            .header(SIGNATURE)
            .filter(header -> header.startsWith(SCHEME))
            .flatMap(header -> Signatures.unhex(header.substring(SCHEME.length())))
            .map(given -> Signatures.equal(given, expected))
            .orElse(false);
    return Verdict.of(authentic, "the signature does not fit");
  }

  @Override
  public Report read(CallbackRequest request, ProviderSettings settings, Instant now) {
    if (request.method().equals("GET")) {
      String challenge = query(request).first("hub.challenge").orElse("");
      return new Report(List.of(), new Answer(200, "text/plain", challenge, List.of()));
    }
    return Report.of(
        objects(JsonBody.object(request.body()).list("entry"))
            .flatMap(entry -> objects(entry.list("changes")))
            .flatMap(change -> objects(change.object("value").list("statuses")))
            .flatMap(status -> event(status, now).stream())
            .toList());
  }

  private static Optional<CallbackEvent> event(Json.Obj status, Instant now) {
    Optional<String> externalId = status.text("id").filter(id -> !id.isBlank());
    String type = status.text("status").orElse("");
    if (externalId.isEmpty() || type.isBlank()) {
      return Optional.empty();
    }
    Optional<String> code =
        objects(status.list("errors"))
            .flatMap(error -> JsonBody.scalar(error, "code").stream())
            .findFirst();
    return Optional.of(
        new CallbackEvent(
            externalId.get() + ":" + type,
            Correlation.message(status.text("biz_opaque_callback_data")),
            externalId,
            status.text("recipient_id"),
            type,
            effect(type, code),
            EventTimes.seconds(status.get("timestamp")).orElse(now),
            code.filter(it -> WhatsAppErrors.meaning(it).isPresent()).map(WhatsAppErrors::reason)));
  }

  private static Effect effect(String type, Optional<String> code) {
    Effect effect = STATUSES.getOrDefault(type, Effect.NOTED);
    boolean bounced =
        code.flatMap(WhatsAppErrors::meaning).filter(Meaning.BOUNCED::equals).isPresent();
    return effect.equals(Effect.UNDELIVERED) && bounced ? Effect.BOUNCED : effect;
  }

  private static FormBody query(CallbackRequest request) {
    int mark = request.url().indexOf('?');
    return mark < 0
        ? FormBody.EMPTY
        : FormBody.read(Signatures.utf8(request.url().substring(mark + 1)));
  }

  private static Stream<Json.Obj> objects(List<Json> items) {
    return items.stream().filter(Json.Obj.class::isInstance).map(Json.Obj.class::cast);
  }
}
