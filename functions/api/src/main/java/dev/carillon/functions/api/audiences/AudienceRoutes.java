package dev.carillon.functions.api.audiences;

import dev.carillon.edge.route.Operations;
import dev.carillon.functions.api.recipients.IdentifyRecipients;
import dev.carillon.runtime.Ports;

/** What is answered about who is in audiences. */
public final class AudienceRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(
          MemberCalls.OPERATIONS,
          ports ->
              new MemberCalls(
                  ports.audiences(),
                  ports.recipients(),
                  IdentifyRecipients.on(ports),
                  Ports.events(ports),
                  ports.clock()));

  private AudienceRoutes() {}
}
