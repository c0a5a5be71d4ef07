package dev.carillon.functions.callbacks;

import dev.carillon.runtime.Ports;
import dev.carillon.signal.TellEvents;

/** Builds the function's parts from its ports. */
final class CallbacksWiring {
  private final Ports ports;

  CallbacksWiring(Ports ports) {
    this.ports = ports;
  }

  RecordStatus recordStatus() {
    return new RecordStatus(
        ports.messages(), new TellEvents(ports.listeners(), ports.tasks()), ports.clock());
  }
}
