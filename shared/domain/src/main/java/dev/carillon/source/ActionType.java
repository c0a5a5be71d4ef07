package dev.carillon.source;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an event can be made to do. Several actions of one event are carried out in this order,
 * whatever the order in which they were mapped: who is to be told is known before a workflow runs.
 *
 * <p>Parameters are paths into the event; those in {@link #named()} name something themselves.
 */
public enum ActionType {
  USERS_IDENTIFY(List.of("id"), Set.of()),
  USERS_DELETE(List.of("id"), Set.of()),
  OBJECTS_SET(List.of("collection", "id"), Set.of("collection")),
  OBJECTS_DELETE(List.of("collection", "id"), Set.of("collection")),
  TENANTS_SET(List.of("id"), Set.of()),
  TENANTS_DELETE(List.of("id"), Set.of()),
  OBJECTS_SUBSCRIBE(List.of("collection", "id", "recipients"), Set.of("collection")),
  OBJECTS_UNSUBSCRIBE(List.of("collection", "id", "recipients"), Set.of("collection")),
  AUDIENCES_ADD_MEMBER(List.of("key", "user"), Set.of("key")),
  AUDIENCES_REMOVE_MEMBER(List.of("key", "user"), Set.of("key")),
  WORKFLOWS_TRIGGER(List.of("key", "recipients"), Set.of("key"));

  /** What users, objects and tenants may have beside their properties. */
  private static final Set<String> SAID =
      Set.of(
          "properties",
          "name",
          "email",
          "phone_number",
          "avatar",
          "locale",
          "timezone",
          "created_at",
          "preferences",
          "channel_data",
          "settings");

  private final List<String> required;
  private final Set<String> named;

  ActionType(List<String> required, Set<String> named) {
    this.required = required;
    this.named = named;
  }

  /** As Knock spells it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ActionType> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName().equals(wireName)).findFirst();
  }

  /** The parameters without which it cannot be carried out. */
  public List<String> required() {
    return required;
  }

  /** The parameters that may be a name rather than a path: of a workflow, audience, collection. */
  public Set<String> named() {
    return named;
  }

  /** The parameters that it may have beside. */
  public Set<String> optional() {
    return switch (this) {
      case USERS_IDENTIFY, OBJECTS_SET, TENANTS_SET -> SAID;
      case USERS_DELETE, OBJECTS_DELETE, TENANTS_DELETE, OBJECTS_UNSUBSCRIBE -> Set.of();
      case OBJECTS_SUBSCRIBE -> Set.of("properties");
      case AUDIENCES_ADD_MEMBER, AUDIENCES_REMOVE_MEMBER -> Set.of("tenant");
      case WORKFLOWS_TRIGGER -> Set.of("actor", "data", "tenant", "cancellation_key");
    };
  }
}
