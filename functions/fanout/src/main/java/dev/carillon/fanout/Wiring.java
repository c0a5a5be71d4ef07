package dev.carillon.fanout;

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

  StartRuns startRuns() {
    return new StartRuns(
        stores.triggers(), stores.recipients(), stores.tasks(), environment.clock(), log());
  }

  WakeCancelled wakeCancelled() {
    return new WakeCancelled(stores.runs(), stores.tasks(), log());
  }
}
