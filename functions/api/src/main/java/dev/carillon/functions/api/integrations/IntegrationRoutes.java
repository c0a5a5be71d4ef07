package dev.carillon.functions.api.integrations;

import dev.carillon.edge.route.Operations;
import dev.carillon.functions.api.recipients.DeleteRecipient;
import dev.carillon.functions.api.recipients.IdentifyRecipients;
import dev.carillon.runtime.Ports;

/** What is answered to tools that bring rows of a warehouse. */
public final class IntegrationRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(
          IntegrationCalls.OPERATIONS,
          ports -> {
            var rows = new WriteRows(IdentifyRecipients.on(ports), DeleteRecipient.on(ports));
            return new IntegrationCalls(new Census(rows), new Hightouch(rows));
          });

  private IntegrationRoutes() {}
}
