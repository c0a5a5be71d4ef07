package dev.carillon.access;

import dev.carillon.environment.EnvironmentId;

/** Looks up what clients may do. */
@FunctionalInterface
public interface FindClientAccess {

  /** As last put before this call; {@link ClientAccess#STANDARD} when it never was. */
  ClientAccess find(EnvironmentId environment);
}
