package dev.carillon.functions.callbacks;

import dev.carillon.event.ChangeMessage;
import dev.carillon.runtime.Ports;

/** Builds the function's parts from its ports. */
final class CallbacksWiring {
  private final Ports ports;

  CallbacksWiring(Ports ports) {
    this.ports = ports;
  }

  RecordStatus recordStatus() {
    return new RecordStatus(
        ports.messages(), new ChangeMessage(ports.messages(), Ports.events(ports)), ports.clock());
  }
}
