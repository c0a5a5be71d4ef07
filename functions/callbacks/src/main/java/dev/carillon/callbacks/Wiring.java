package dev.carillon.callbacks;

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

  RecordStatus recordStatus() {
    return new RecordStatus(stores.messages(), environment.clock());
  }
}
