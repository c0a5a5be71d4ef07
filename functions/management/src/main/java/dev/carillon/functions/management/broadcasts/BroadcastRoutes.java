package dev.carillon.functions.management.broadcasts;

import dev.carillon.edge.route.Operations;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.functions.management.content.ContentLibrary;
import dev.carillon.runtime.Ports;
import dev.carillon.timer.TimerScheduler;

/** What is answered about broadcasts. */
public final class BroadcastRoutes {
  public static final Operations<Ports> ALL =
      Operations.all(
          Operations.of(BroadcastCalls.OPERATIONS, BroadcastRoutes::calls),
          Operations.of(SendCalls.OPERATIONS, BroadcastRoutes::sending));

  private BroadcastRoutes() {}

  private static BroadcastCalls calls(Ports ports) {
    return new BroadcastCalls(
        ManagementCall.Reader.of(ports),
        ports.broadcasts(),
        new ContentLibrary(ports.contents(), ports.assets(), ports.variables()),
        ports.channels(),
        ports.changes());
  }

  private static SendCalls sending(Ports ports) {
    return new SendCalls(
        ManagementCall.Reader.of(ports),
        calls(ports),
        new SendCalls.Stored(ports.broadcasts(), ports.workflows(), ports.audiences()),
        new TimerScheduler(ports.timers(), ports.minuteSchedules(), ports.tasks()),
        ports.changes());
  }
}
