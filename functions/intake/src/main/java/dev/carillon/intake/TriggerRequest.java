package dev.carillon.intake;

import dev.carillon.edge.Fields;
import dev.carillon.edge.Identifying;
import dev.carillon.edge.Limits;
import dev.carillon.edge.Value;
import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.Trigger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
   * @param identifying reads what the body says about those it names
   * @throws dev.carillon.edge.Refused naming the first field that is not as it must be
   */
  static TriggerRequest of(Fields body, Identifying identifying) {
    body.only(FIELDS);
    return new TriggerRequest(
        recipients(body, identifying),
        body.optional("actor").map(value -> named(value, identifying)),
        body.optional("tenant").map(value -> tenant(value, identifying)),
        body.optional("data").map(value -> value.object().json()).orElse(Json.Obj.EMPTY),
        body.optional("cancellation_key")
            .map(value -> value.text(Limits.CANCELLATION_KEY_CHARACTERS))
            .filter(key -> !key.isEmpty()),
        body.optional("settings").map(TriggerRequest::settings).orElse(Trigger.Settings.NONE));
  }

  private static List<Trigger.Named> recipients(Fields body, Identifying identifying) {
    Map<RecipientId, Trigger.Named> distinct = new LinkedHashMap<>();
    for (Value value : body.required("recipients").list(1, Limits.RECIPIENTS)) {
      Trigger.Named named = named(value, identifying);
      distinct.merge(named.id(), named, Trigger.Named::and);
    }
    return new ArrayList<>(distinct.values());
  }

  /**
   * A text is a user; a map with {@code collection} an object, another map a user. A map that only
   * names an object says nothing about it; one that only names a user still identifies it, as
   * Knock's does.
   */
  private static Trigger.Named named(Value value, Identifying identifying) {
    if (value.isText()) {
      return new Trigger.Named(RecipientId.user(value.id()), Optional.empty(), Json.Obj.EMPTY);
    }
    if (!value.isObject()) {
      throw value.refused("must be a user id, or an object with an id");
    }
    Fields fields = value.object();
    String id = fields.required("id").id();
    RecipientId recipient =
        fields
            .optional("collection")
            .map(Value::id)
            .map(collection -> new RecipientId(collection, id))
            .orElseGet(() -> RecipientId.user(id));
    boolean bareReference = fields.json().fields().keySet().equals(Set.of("id", "collection"));
    Optional<Identification> identification =
        bareReference ? Optional.empty() : Optional.of(identifying.of(fields));
    return new Trigger.Named(
        recipient,
        identification,
        fields.optional("$trigger_data").map(data -> data.object().json()).orElse(Json.Obj.EMPTY));
  }

  private static Trigger.Tenant tenant(Value value, Identifying identifying) {
    if (value.isText()) {
      return new Trigger.Tenant(new TenantId(value.id()), Identification.NOTHING);
    }
    if (!value.isObject()) {
      throw value.refused("must be a tenant id, or an object with an id");
    }
    Fields fields = value.object();
    return new Trigger.Tenant(new TenantId(fields.required("id").id()), identifying.of(fields));
  }

  private static Trigger.Settings settings(Value value) {
    Fields fields = value.object().only(Set.of("sandbox_mode", "skip_delay"));
    return new Trigger.Settings(
        fields.optional("sandbox_mode").map(Value::bool).orElse(false),
        fields.optional("skip_delay").map(Value::bool).orElse(false));
  }
}
