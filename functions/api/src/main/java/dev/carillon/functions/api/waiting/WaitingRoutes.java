package dev.carillon.functions.api.waiting;

import dev.carillon.edge.route.Operations;
import dev.carillon.functions.api.messages.MarkMessage;
import dev.carillon.functions.api.schedules.KeepSchedules;
import dev.carillon.runtime.Ports;

/** What is answered about what waits. */
public final class WaitingRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(WaitingCalls.OPERATIONS, WaitingRoutes::calls);

  private WaitingRoutes() {}

  private static WaitingCalls calls(Ports ports) {
    return new WaitingCalls(
        new FindWaiting(
            ports.timers(), ports.runs(), ports.messages(), ports.schedules(), ports.batches()),
        new EndWaiting(
            ports.runs(),
            ports.triggers(),
            ports.batches(),
            ports.timers(),
            ports.tasks(),
            ports.clock()),
        new EndHolding(
            MarkMessage.on(ports),
            ports.messages(),
            ports.runs(),
            ports.timers(),
            ports.tasks(),
            ports.clock()),
        ports.schedules(),
        KeepSchedules.on(ports),
        ports.clock(),
        ports.log());
  }
}
