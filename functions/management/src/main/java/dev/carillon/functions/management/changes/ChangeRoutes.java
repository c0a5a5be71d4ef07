package dev.carillon.functions.management.changes;

import dev.carillon.edge.route.Operations;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.runtime.Ports;

/** What is answered about who changed what. */
public final class ChangeRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(
          ChangeCalls.OPERATIONS,
          ports -> new ChangeCalls(ManagementCall.Reader.of(ports), ports.changes()));

  private ChangeRoutes() {}
}
