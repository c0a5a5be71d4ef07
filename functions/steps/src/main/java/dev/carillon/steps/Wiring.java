package dev.carillon.steps;

import dev.carillon.runtime.Ports;

/** Builds the function's parts from its ports. */
final class Wiring {
  private final Ports ports;

  Wiring(Ports ports) {
    this.ports = ports;
  }

  AdvanceRun advanceRun() {
    var gather =
        new Gather(
            ports.recipients(),
            ports.channels(),
            ports.variables(),
            ports.assets(),
            ports.messages());
    return new AdvanceRun(
        ports.triggers(),
        ports.workflows(),
        ports.runs(),
        gather,
        new TakeStep(gather, new MakeMessage(ports.messages(), new RenderTemplates())),
        new Arm(ports.dues(), ports.minuteSchedules(), ports.tasks()),
        ports.tasks(),
        ports.clock());
  }
}
