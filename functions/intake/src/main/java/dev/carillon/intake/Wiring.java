package dev.carillon.intake;

import dev.carillon.edge.ApiKeys;
import dev.carillon.edge.Routes;
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

  Routes routes() {
    var trigger =
        new TriggerWorkflow(
            stores.workflows(),
            stores.recipients(),
            stores.triggers(),
            stores.tasks(),
            environment.clock());
    var cancel = new CancelRuns(stores.triggers(), stores.tasks());
    var routes = new Routes(new ApiKeys(stores.apiKeys(), environment.clock()), log());
    return IntakeHandler.on(routes, trigger, cancel);
  }
}
