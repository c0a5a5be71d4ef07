package dev.carillon.functions.api.explain;

import dev.carillon.edge.route.Operations;
import dev.carillon.runtime.Ports;

/** What is answered to the question why somebody got something, or did not. */
public final class ExplainRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(
          ExplainCalls.OPERATIONS,
          ports ->
              new ExplainCalls(
                  ports.runs(),
                  ports.messages(),
                  ports.batches(),
                  ports.channels(),
                  new WhyNoRun(
                      ports.recipients(),
                      ports.workflows(),
                      ports.triggers(),
                      ports.fanoutPages())));

  private ExplainRoutes() {}
}
