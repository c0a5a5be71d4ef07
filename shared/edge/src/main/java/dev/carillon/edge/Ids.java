package dev.carillon.edge;

import dev.carillon.id.ClientId;

/** Checks the ids in requests against the rule for them. */
public final class Ids {
  private Ids() {}

  /**
   * The id, unchanged.
   *
   * @throws Refused naming {@code field} when it breaks the rules
   */
  public static String checked(String field, String id) {
    ClientId.problem(id)
        .ifPresent(
            sentence -> {
              throw ErrorCode.INVALID_PARAMS.at(field, sentence);
            });
    return id;
  }
}
