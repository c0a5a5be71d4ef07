package dev.carillon.functions.api.audit;

import dev.carillon.edge.route.Operations;
import dev.carillon.runtime.Ports;

/** What is answered to the question whether anything was lost. */
public final class AuditRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(
          AuditCalls.OPERATIONS,
          ports ->
              new AuditCalls(
                  ports.triggers(),
                  new AuditTrigger(
                      ports.triggers(),
                      ports.fanoutPages(),
                      ports.runs(),
                      ports.messages(),
                      ports.timers(),
                      ports.retention(),
                      ports.clock())));

  private AuditRoutes() {}
}
