package dev.carillon.functions.wake;

import dev.carillon.runtime.Ports;

/** Builds the function's parts from its ports. */
final class WakeWiring {
  private final Ports ports;

  WakeWiring(Ports ports) {
    this.ports = ports;
  }

  DrainMinute drainMinute() {
    return new DrainMinute(ports.timers(), ports.tasks(), ports.clock(), ports.log());
  }

  NoteEarlierWaits noteEarlierWaits() {
    return new NoteEarlierWaits(ports.timers(), ports.log());
  }

  SweepOverdue sweepOverdue() {
    return new SweepOverdue(ports.timers(), ports.tasks(), ports.clock(), ports.log());
  }
}
