package dev.carillon.functions.api.tenants;

import dev.carillon.edge.route.Operations;
import dev.carillon.functions.api.recipients.DeleteRecipient;
import dev.carillon.functions.api.recipients.IdentifyRecipient;
import dev.carillon.runtime.Ports;

/** What is answered about tenants. */
public final class TenantRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(
          TenantCalls.OPERATIONS,
          ports ->
              new TenantCalls(
                  ports.recipients(),
                  ports.environments(),
                  IdentifyRecipient.on(ports),
                  DeleteRecipient.on(ports)));

  private TenantRoutes() {}
}
