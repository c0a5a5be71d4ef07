package dev.carillon.wake;

import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Log;
import dev.carillon.storage.Stores;

/** Builds the function's parts from its environment. */
final class Wiring {
  private final Environment environment;
  private final Stores stores;

  Wiring(Environment environment) {
    this.environment = environment;
    this.stores = new Stores(environment);
  }

  Log log() {
    return Log.of(environment);
  }

  DrainMinute drainMinute() {
    return new DrainMinute(stores.dues(), stores.tasks(), environment.clock(), log());
  }

  SweepOverdue sweepOverdue() {
    return new SweepOverdue(stores.dues(), stores.tasks(), environment.clock(), log());
  }
}
