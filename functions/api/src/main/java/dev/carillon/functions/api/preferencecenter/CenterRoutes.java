package dev.carillon.functions.api.preferencecenter;

import dev.carillon.edge.link.PreferenceLinks;
import dev.carillon.edge.route.Operations;
import dev.carillon.runtime.Ports;

/** What is answered about the preference center. */
public final class CenterRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(
          CenterCalls.OPERATIONS,
          ports ->
              new CenterCalls(
                  new Center(ports),
                  new PreferenceLinks(ports.deploymentKeys()),
                  ports::trackingOrigin,
                  ports.clock()));

  private CenterRoutes() {}
}
