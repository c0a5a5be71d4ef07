package dev.carillon.functions.api.schedules;

import dev.carillon.edge.route.Operations;
import dev.carillon.functions.api.recipients.IdentifyRecipients;
import dev.carillon.runtime.Ports;

/** What is answered about schedules. */
public final class ScheduleRoutes {
  public static final Operations<Ports> ALL =
      Operations.all(
          Operations.of(
              ScheduleLists.OPERATIONS,
              ports -> new ScheduleLists(ports.schedules(), ports.recipients())),
          Operations.of(
              ScheduleCalls.OPERATIONS,
              ports ->
                  new ScheduleCalls(
                      KeepSchedules.on(ports),
                      IdentifyRecipients.on(ports),
                      ports.workflows(),
                      ports.recipients(),
                      ports.clock())),
          Operations.of(
              BulkScheduleCalls.OPERATIONS,
              ports ->
                  new BulkScheduleCalls(
                      ports.bulkOperations(),
                      IdentifyRecipients.on(ports),
                      ports.workflows(),
                      ports.tasks(),
                      ports.clock())));

  private ScheduleRoutes() {}
}
