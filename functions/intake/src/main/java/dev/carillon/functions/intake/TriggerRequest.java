package dev.carillon.functions.intake;

import dev.carillon.edge.Limits;
import dev.carillon.edge.RecipientReader;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.json.Json;
import dev.carillon.trigger.Trigger;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The body of {@code POST /v1/workflows/{key}/trigger}.
 *
 * @param recipients each once, however often and in whatever form the body names it
 */
record TriggerRequest(
    List<Trigger.Named> recipients,
    Optional<Trigger.Named> actor,
    Optional<Trigger.Tenant> tenant,
    Json.Obj data,
    Optional<String> cancellationKey,
    Trigger.Settings settings) {

  private static final Set<String> FIELDS =
      Set.of("recipients", "actor", "tenant", "data", "cancellation_key", "settings");

  /**
   * @param naming reads whom the body names
   * @throws dev.carillon.edge.ApiException naming the first field that is not as it must be
   */
  static TriggerRequest of(RequestFields body, RecipientReader naming) {
    body.only(FIELDS);
    return new TriggerRequest(
        naming.recipients(body.required("recipients"), Limits.RECIPIENTS),
        body.optional("actor").map(naming::recipient),
        body.optional("tenant").map(naming::tenant),
        data(body),
        cancellationKey(body),
        body.optional("settings").map(TriggerRequest::settings).orElse(Trigger.Settings.NONE));
  }

  static Json.Obj data(RequestFields body) {
    return body.optional("data").map(value -> value.object().json()).orElse(Json.Obj.EMPTY);
  }

  static Optional<String> cancellationKey(RequestFields body) {
    return body.optional("cancellation_key")
        .map(value -> value.text(Limits.CANCELLATION_KEY_CHARACTERS))
        .filter(key -> !key.isEmpty());
  }

  private static Trigger.Settings settings(RequestValue value) {
    RequestFields fields = value.object().only(Set.of("sandbox_mode", "skip_delay"));
    return new Trigger.Settings(
        fields.optional("sandbox_mode").map(RequestValue::bool).orElse(false),
        fields.optional("skip_delay").map(RequestValue::bool).orElse(false));
  }
}
