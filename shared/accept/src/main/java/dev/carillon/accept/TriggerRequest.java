package dev.carillon.accept;

import dev.carillon.edge.Limits;
import dev.carillon.edge.RecipientReader;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.recipient.Identification;
import dev.carillon.trigger.Trigger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The body of {@code POST /v1/workflows/{key}/trigger}.
 *
 * @param recipients each once, however often and in whatever form the body names it
 */
public record TriggerRequest(
    List<Trigger.Named> recipients,
    Optional<Trigger.Named> actor,
    Optional<Trigger.Tenant> tenant,
    Json.Obj data,
    Optional<String> cancellationKey,
    Trigger.Settings settings) {

  private static final Set<String> FIELDS =
      Set.of(
          "recipients",
          "actor",
          "tenant",
          "data",
          "cancellation_key",
          "settings",
          "tracking",
          "expires_at");

  /**
   * @param naming reads whom the body names
   * @throws dev.carillon.edge.ApiException naming the first field that is not as it must be
   */
  public static TriggerRequest of(RequestFields body, RecipientReader naming) {
    body.only(FIELDS);
    return new TriggerRequest(
        naming.recipients(body.required("recipients"), Limits.RECIPIENTS),
        body.optional("actor").map(naming::recipient),
        body.optional("tenant").map(naming::tenant),
        data(body),
        cancellationKey(body),
        settings(body));
  }

  public static Json.Obj data(RequestFields body) {
    return body.optional("data").map(value -> value.object().json()).orElse(Json.Obj.EMPTY);
  }

  public static Optional<String> cancellationKey(RequestFields body) {
    return body.optional("cancellation_key")
        .map(value -> value.text(Limits.CANCELLATION_KEY_CHARACTERS))
        .filter(key -> !key.isEmpty());
  }

  private static Trigger.Settings settings(RequestFields body) {
    Optional<RequestFields> said =
        body.optional("settings")
            .map(value -> value.object().only(Set.of("sandbox_mode", "skip_delay")));
    return new Trigger.Settings(
        said.map(fields -> flag(fields, "sandbox_mode", false)).orElse(false),
        said.map(fields -> flag(fields, "skip_delay", false)).orElse(false),
        body.optional("tracking").map(TriggerRequest::tracking),
        body.optional("expires_at").map(RequestValue::instant));
  }

  /** Who says anything of it wants what is not said too: a call that leaves it out, nothing. */
  private static Trigger.MailTracking tracking(RequestValue value) {
    RequestFields fields = value.object().only(Set.of("open", "click"));
    return new Trigger.MailTracking(flag(fields, "open", true), flag(fields, "click", true));
  }

  private static boolean flag(RequestFields fields, String name, boolean usual) {
    return fields.optional(name).map(RequestValue::bool).orElse(usual);
  }

  /**
   * What the call asks for, as text: two calls that ask for the same give the same, however their
   * bodies are written.
   */
  public String meaning() {
    Json.Obj meaning =
        Json.object()
            .with("recipients", Json.array(recipients.stream().map(TriggerRequest::json).toList()))
            .with("actor", actor.map(TriggerRequest::json).orElse(Json.NULL))
            .with(
                "tenant",
                tenant
                    .<Json>map(it -> json(it.id().value(), Optional.of(it.identification())))
                    .orElse(Json.NULL))
            .with("data", data)
            .with("cancellation_key", cancellationKey.<Json>map(Json::of).orElse(Json.NULL))
            .with("sandbox_mode", Json.of(settings.sandbox()))
            .with("skip_delay", Json.of(settings.skipDelay()));
    Json.Obj tracked =
        settings.tracking().map(it -> meaning.with("tracking", json(it))).orElse(meaning);
    return JsonLiteral.write(
        settings.expiresAt().map(at -> tracked.with("expires_at", at.toString())).orElse(tracked));
  }

  private static Json json(Trigger.MailTracking tracking) {
    return Json.object()
        .with("open", Json.of(tracking.opens()))
        .with("click", Json.of(tracking.clicks()));
  }

  private static Json json(Trigger.Named named) {
    return json(named.id().id(), named.identification())
        .with("collection", named.id().collection())
        .with("data", named.data());
  }

  private static Json.Obj json(String id, Optional<Identification> identification) {
    return Json.object()
        .with("id", id)
        .with("identification", identification.map(TriggerRequest::json).orElse(Json.NULL));
  }

  private static Json json(Identification said) {
    return Json.object()
        .with("properties", said.properties())
        .with(
            "created_at",
            said.createdAt().<Json>map(at -> Json.of(at.toString())).orElse(Json.NULL))
        .with("preferences", objects(said.preferences()))
        .with("channel_data", objects(said.channelData()));
  }

  private static Json objects(Map<String, Json.Obj> objects) {
    return new Json.Obj(new TreeMap<>(objects));
  }
}
