package dev.carillon.functions.api.export;

import dev.carillon.edge.route.Operations;
import dev.carillon.runtime.Ports;

/** What is answered about all that is kept about one person. */
public final class ExportRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(
          ExportCalls.OPERATIONS,
          ports ->
              new ExportCalls(ports.recipients(), new Kept(ports), new RunsAndMessages(ports)));

  private ExportRoutes() {}
}
