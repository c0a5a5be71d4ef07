package dev.carillon.functions.management.sources;

import dev.carillon.edge.route.Operations;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.runtime.Ports;

/** What is answered about sources of events and what came in by them. */
public final class SourceRoutes {
  public static final Operations<Ports> ALL =
      Operations.all(
          Operations.of(
              SourceCalls.OPERATIONS,
              ports ->
                  new SourceCalls(
                      ManagementCall.Reader.of(ports),
                      ports.environmentList(),
                      ports.sources(),
                      ports.changes(),
                      Ports.announced(ports),
                      new SourceView(ports::trackingOrigin),
                      ports.clock())),
          Operations.of(
              SourceLogCalls.OPERATIONS,
              ports ->
                  new SourceLogCalls(
                      ManagementCall.Reader.of(ports),
                      ports.sources(),
                      ports.sourceEvents(),
                      ports.channels(),
                      ports.clock())),
          Operations.of(SourceProviderCalls.OPERATIONS, _ -> new SourceProviderCalls()));

  private SourceRoutes() {}
}
