package dev.carillon.functions.api.recipients;

import dev.carillon.edge.IdentificationReader;
import dev.carillon.edge.RequestFields;
import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;

/** The body of a call that says something about the recipient that its path names. */
final class RecipientFields {
  private RecipientFields() {}

  static Identification of(RequestFields fields, RecipientId id, IdentificationReader reader) {
    same(fields, "id", id.id());
    same(fields, "collection", id.collection());
    return id.isTenant() ? reader.ofTenant(fields) : reader.of(fields);
  }

  private static void same(RequestFields fields, String name, String expected) {
    fields
        .optional(name)
        .filter(value -> !value.json().equals(Json.of(expected)))
        .ifPresent(
            value -> {
              throw value.refused("cannot be changed");
            });
  }
}
