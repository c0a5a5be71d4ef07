package dev.carillon.functions.api.objects;

import dev.carillon.edge.route.Operations;
import dev.carillon.functions.api.recipients.DeleteRecipient;
import dev.carillon.functions.api.recipients.IdentifyRecipient;
import dev.carillon.runtime.Ports;

/** What is answered about objects. */
public final class ObjectRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(
          ObjectCalls.OPERATIONS,
          ports ->
              new ObjectCalls(
                  ports.recipients(), IdentifyRecipient.on(ports), DeleteRecipient.on(ports)));

  private ObjectRoutes() {}
}
