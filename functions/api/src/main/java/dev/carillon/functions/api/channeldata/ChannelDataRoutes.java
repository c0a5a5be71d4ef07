package dev.carillon.functions.api.channeldata;

import dev.carillon.edge.route.Operations;
import dev.carillon.functions.api.recipients.IdentifyRecipient;
import dev.carillon.runtime.Ports;

/** What is answered about the channel data of users and objects. */
public final class ChannelDataRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(
          ChannelDataCalls.OPERATIONS,
          ports ->
              new ChannelDataCalls(
                  ports.recipients(), ports.channels(), IdentifyRecipient.on(ports)));

  private ChannelDataRoutes() {}
}
