package dev.carillon.edge;

import dev.carillon.id.ClientId;
import java.util.Optional;
import java.util.UUID;

/** Checks the ids in requests against the rule for them. */
public final class Ids {
  private Ids() {}

  /**
   * The id, unchanged.
   *
   * @throws ApiException naming {@code field} when it breaks the rules
   */
  public static String checked(String field, String id) {
    ClientId.problem(id)
        .ifPresent(
            sentence -> {
              throw ErrorCode.INVALID_PARAMS.at(field, sentence);
            });
    return id;
  }

  /**
   * The UUID; empty when the text is none. Strict where {@link UUID#fromString} is not: it takes
   * {@code 1-1-1-1-1} too.
   */
  public static Optional<UUID> uuid(String text) {
    try {
      var uuid = UUID.fromString(text);
      return uuid.toString().equalsIgnoreCase(text) ? Optional.of(uuid) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
