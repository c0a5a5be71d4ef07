package dev.carillon.functions.api.audiences;

import dev.carillon.edge.route.Operations;
import dev.carillon.event.PutMembers;
import dev.carillon.functions.api.recipients.IdentifyRecipients;
import dev.carillon.runtime.Ports;

/** What is answered about who is in audiences. */
public final class AudienceRoutes {
  public static final Operations<Ports> ALL =
      Operations.all(
          Operations.of(
              ListMemberCalls.OPERATIONS,
              ports ->
                  new ListMemberCalls(
                      ports.audiences(), ports.dynamicMembers(), ports.recipients())),
          Operations.of(
              MemberCalls.OPERATIONS,
              ports ->
                  new MemberCalls(
                      ports.audiences(),
                      IdentifyRecipients.on(ports),
                      new PutMembers(
                          ports.audiences(), ports.workflows(), Ports.events(ports), ports.tasks()),
                      ports.clock())));

  private AudienceRoutes() {}
}
