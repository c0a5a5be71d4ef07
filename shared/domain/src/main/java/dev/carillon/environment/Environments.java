package dev.carillon.environment;

import java.util.function.UnaryOperator;

/** The settings of environments. */
public interface Environments {

  /**
   * The environment's settings; {@link EnvironmentSettings#NONE} when none were put. An
   * implementation may remember them for a few seconds.
   */
  EnvironmentSettings settings(EnvironmentId environment);

  /**
   * Lets hold what the change makes of the settings; of two changes at once, the later is made of
   * what the earlier left. Safe to repeat if the change is.
   *
   * @param change may be asked several times, with what holds by then
   */
  void change(EnvironmentId environment, UnaryOperator<EnvironmentSettings> change);

  /** Replaces the settings, whatever they are. Safe to repeat. */
  default void put(EnvironmentId environment, EnvironmentSettings settings) {
    change(environment, _ -> settings);
  }
}
