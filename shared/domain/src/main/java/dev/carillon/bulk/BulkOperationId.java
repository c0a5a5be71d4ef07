package dev.carillon.bulk;

import dev.carillon.id.Digest;
import java.util.UUID;

/** Names a bulk operation. */
public record BulkOperationId(UUID value) {
  /** The id of what a call asks for, {@code cause} being unique to it. */
  public static BulkOperationId of(String cause) {
    return new BulkOperationId(Digest.of("bulk operation", cause).uuid());
  }

  public static BulkOperationId parse(String text) {
    return new BulkOperationId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
