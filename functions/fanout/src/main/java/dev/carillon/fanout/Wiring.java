package dev.carillon.fanout;

import dev.carillon.runtime.Ports;

/** Builds the function's parts from its ports. */
final class Wiring {
  private final Ports ports;

  Wiring(Ports ports) {
    this.ports = ports;
  }

  StartRuns startRuns() {
    return new StartRuns(
        ports.triggers(), ports.recipients(), ports.tasks(), ports.clock(), ports.log());
  }

  WakeCancelled wakeCancelled() {
    return new WakeCancelled(ports.runs(), ports.tasks(), ports.log());
  }
}
