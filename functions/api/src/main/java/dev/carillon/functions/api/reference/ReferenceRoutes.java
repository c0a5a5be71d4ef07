package dev.carillon.functions.api.reference;

import dev.carillon.edge.route.Operations;
import dev.carillon.runtime.Ports;

/** What is answered about the API itself. */
public final class ReferenceRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(ReferenceCalls.OPERATIONS, _ -> new ReferenceCalls());

  private ReferenceRoutes() {}
}
