package dev.carillon.edge;

import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.Trigger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads whom a request names: recipients, an actor, a tenant, each by its id alone or with what the
 * request says about it.
 */
public final class RecipientReader {
  private final IdentificationReader identifying;

  /**
   * @param identifying reads what is said about those who are named
   */
  public RecipientReader(IdentificationReader identifying) {
    this.identifying = identifying;
  }

  /**
   * One to {@code most} recipients, each once, however often and in whatever form it is named, in
   * the order of their first mention.
   *
   * @throws ApiException naming the first that is not as it must be
   */
  public List<Trigger.Named> recipients(RequestValue list, int most) {
    Map<RecipientId, Trigger.Named> distinct = new LinkedHashMap<>();
    for (RequestValue value : list.list(1, most)) {
      Trigger.Named named = recipient(value);
      distinct.merge(named.id(), named, Trigger.Named::and);
    }
    return List.copyOf(distinct.values());
  }

  /**
   * A text is a user; a map with {@code collection} an object, another map a user. A map that only
   * names an object says nothing about it; one that only names a user still identifies it, as
   * Knock's does.
   *
   * @throws ApiException when it is none of these
   */
  public Trigger.Named recipient(RequestValue value) {
    if (value.isText()) {
      return new Trigger.Named(RecipientId.user(value.id()), Optional.empty(), Json.Obj.EMPTY);
    }
    if (!value.isObject()) {
      throw value.refused("must be a user id, or an object with an id");
    }
    RequestFields fields = value.object();
    RecipientId recipient = reference(value);
    boolean bareReference = fields.json().fields().keySet().equals(Set.of("id", "collection"));
    Optional<Identification> identification =
        bareReference ? Optional.empty() : Optional.of(identifying.of(fields));
    return new Trigger.Named(
        recipient,
        identification,
        fields.optional("$trigger_data").map(data -> data.object().json()).orElse(Json.Obj.EMPTY));
  }

  /**
   * Whom a text or a map names, whatever else the map says.
   *
   * @throws ApiException when it names nobody
   */
  public static RecipientId reference(RequestValue value) {
    if (value.isText()) {
      return RecipientId.user(value.id());
    }
    RequestFields fields = value.object();
    String id = fields.required("id").id();
    return fields
        .optional("collection")
        .map(collection -> new RecipientId(collection.id(), id))
        .orElseGet(() -> RecipientId.user(id));
  }

  /**
   * Whether it is a reference by Knock's interface, and one to nobody: a map without an id. Where
   * one call is about many, that is the fault of this one.
   */
  public static boolean namesNobody(RequestValue value) {
    return value.isObject() && value.object().optional("id").isEmpty();
  }

  /**
   * A tenant's id, or a map that has it.
   *
   * @throws ApiException when it is neither
   */
  public Trigger.Tenant tenant(RequestValue value) {
    if (value.isText()) {
      return new Trigger.Tenant(new TenantId(value.id()), Identification.NOTHING);
    }
    if (!value.isObject()) {
      throw value.refused("must be a tenant id, or an object with an id");
    }
    RequestFields fields = value.object();
    return new Trigger.Tenant(
        new TenantId(fields.required("id").id()), identifying.ofTenant(fields));
  }
}
