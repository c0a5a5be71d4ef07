package dev.carillon.environment;

/** The settings of environments. */
public interface Environments {

  /**
   * The environment's settings; {@link StackSettings#NONE} when none were put. An implementation
   * may remember them for a few seconds.
   */
  EnvironmentSettings settings(EnvironmentId environment);

  /** Replaces the settings. Safe to repeat. */
  void put(EnvironmentId environment, EnvironmentSettings settings);
}
