package dev.carillon.functions.api.users;

import dev.carillon.channel.Channel;
import dev.carillon.edge.IdentificationReader;
import dev.carillon.edge.RequestFields;
import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import java.util.List;
import java.util.function.Supplier;

/** The body of {@code PUT /v1/users/{id}}. */
final class UserFields {
  private UserFields() {}

  static Identification of(RequestFields fields, String userId, Supplier<List<Channel>> channels) {
    same(fields, "id", userId);
    same(fields, "collection", RecipientId.USERS);
    return new IdentificationReader(channels).of(fields);
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
