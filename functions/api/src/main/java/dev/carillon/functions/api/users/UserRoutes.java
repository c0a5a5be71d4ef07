package dev.carillon.functions.api.users;

import dev.carillon.edge.route.Operations;
import dev.carillon.functions.api.recipients.DeleteRecipient;
import dev.carillon.functions.api.recipients.IdentifyRecipient;
import dev.carillon.runtime.Ports;

/** What is answered about users. */
public final class UserRoutes {
  public static final Operations<Ports> ALL =
      Operations.<Ports, UserCalls>of(
              UserCalls.OPERATIONS,
              ports ->
                  new UserCalls(
                      ports.recipients(),
                      IdentifyRecipient.on(ports),
                      DeleteRecipient.on(ports),
                      new MergeUsers(
                          ports.recipients(),
                          ports.subscriptions(),
                          Ports.events(ports),
                          ports.tasks(),
                          ports.clock())))
          .withNothingBelow("/v1/users/{id}/guides");

  private UserRoutes() {}
}
