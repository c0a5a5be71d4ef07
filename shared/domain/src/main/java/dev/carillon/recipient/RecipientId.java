package dev.carillon.recipient;

import dev.carillon.json.Json;

/**
 * Names the recipient of a notification: a user or an object of some collection. The ids of
 * customers are kept as they are, any Unicode; the edge has checked them (1 to 256 characters, no
 * {@code /}, {@code #} or control characters).
 */
public record RecipientId(String collection, String id) {
  public static final String USERS = "$users";
  public static final String TENANTS = "$tenants";

  public RecipientId {
    if (collection.isEmpty() || id.isEmpty()) {
      throw new IllegalArgumentException("A recipient needs a collection and an id");
    }
  }

  public static RecipientId user(String id) {
    return new RecipientId(USERS, id);
  }

  public boolean isUser() {
    return collection.equals(USERS);
  }

  public boolean isTenant() {
    return collection.equals(TENANTS);
  }

  /**
   * The reference as responses show it: a bare id for a user, {@code {id, collection}} otherwise.
   */
  public Json reference() {
    return isUser() ? Json.of(id) : Json.object().with("id", id).with("collection", collection);
  }
}
