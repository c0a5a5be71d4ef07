package dev.carillon.access;

import dev.carillon.environment.EnvironmentId;

/** What clients may do, by environment. Only operators change it, one at a time. */
public interface ClientAccesses extends FindClientAccess {

  /** Replaces what holds of the environment. Safe to repeat. */
  void put(EnvironmentId environment, ClientAccess access);
}
