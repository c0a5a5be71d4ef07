package dev.carillon.variable;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The variables of an environment: values that templates and conditions see as {@code vars}. */
public interface Variables {

  /**
   * @param open what anyone may see; feeds carry it to browsers
   * @param secret what never leaves the server
   */
  record Values(Json.Obj open, Json.Obj secret) {
    public static final Values EMPTY = new Values(Json.Obj.EMPTY, Json.Obj.EMPTY);

    /** Both kinds, as templates see them. */
    public Json.Obj all() {
      return open.merged(secret);
    }
  }

  /**
   * The public ones alone; for callers that may not read secrets. Seen within seconds of a change.
   */
  Json.Obj open(EnvironmentId environment);

  /**
   * The names of the secret ones; for callers that may not read secrets. Empty also when the
   * variables were put last before names were kept. Seen within seconds of a change.
   */
  Set<String> secretNames(EnvironmentId environment);

  /** Both kinds. Seen within seconds of a change. */
  Values values(EnvironmentId environment);

  /** Replaces them all, even if somebody changes them just now. Safe to repeat. */
  void put(EnvironmentId environment, Values values);

  /**
   * Lets hold what the change makes of them. Who changes them has them alone for a minute, or until
   * it is done, so that no change is made of what another is about to replace. Safe to repeat if
   * the change is.
   *
   * @return false when somebody else is changing them just now: nothing has changed
   */
  boolean change(EnvironmentId environment, UnaryOperator<Values> change);
}
