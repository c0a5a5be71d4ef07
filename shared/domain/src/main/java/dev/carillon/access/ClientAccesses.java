package dev.carillon.access;

import dev.carillon.environment.EnvironmentId;
import java.util.function.UnaryOperator;

/** What clients may do, by environment. */
public interface ClientAccesses extends FindClientAccess {

  /**
   * Lets hold what the change makes of it; of two changes at once, the later is made of what the
   * earlier left. Safe to repeat if the change is.
   *
   * @param change may be asked several times; what it throws goes through, and nothing changes
   */
  void change(EnvironmentId environment, UnaryOperator<ClientAccess> change);

  /** Replaces what holds of the environment. Safe to repeat. */
  default void put(EnvironmentId environment, ClientAccess access) {
    change(environment, _ -> access);
  }
}
