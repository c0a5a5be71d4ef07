package dev.carillon.callbacks;

import dev.carillon.runtime.Ports;
import dev.carillon.signal.TellEvents;

/** Builds the function's parts from its ports. */
final class Wiring {
  private final Ports ports;

  Wiring(Ports ports) {
    this.ports = ports;
  }

  RecordStatus recordStatus() {
    return new RecordStatus(
        ports.messages(), new TellEvents(ports.listeners(), ports.tasks()), ports.clock());
  }
}
