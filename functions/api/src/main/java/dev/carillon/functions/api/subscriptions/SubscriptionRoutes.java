package dev.carillon.functions.api.subscriptions;

import dev.carillon.edge.route.Operations;
import dev.carillon.functions.api.recipients.IdentifyRecipients;
import dev.carillon.runtime.Ports;

/** What is answered about subscriptions. */
public final class SubscriptionRoutes {
  public static final Operations<Ports> ALL =
      Operations.all(
          Operations.of(
              SubscriptionCalls.OPERATIONS,
              ports ->
                  new SubscriptionCalls(
                      ports.subscriptions(), ports.recipients(), IdentifyRecipients.on(ports))),
          Operations.of(
              SubscriptionLists.OPERATIONS,
              ports -> new SubscriptionLists(ports.subscriptions(), ports.recipients())));

  private SubscriptionRoutes() {}
}
