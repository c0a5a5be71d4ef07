package dev.carillon.functions.api.messages;

import dev.carillon.edge.route.Operations;
import dev.carillon.event.ChangeMessage;
import dev.carillon.runtime.Ports;

/** What is answered about messages, and what recipients did with them. */
public final class MessageRoutes {
  public static final Operations<Ports> ALL =
      Operations.all(
          Operations.of(
              MessageCalls.OPERATIONS,
              ports ->
                  new MessageCalls(
                      ports.messages(),
                      ports.runs(),
                      ports.channels(),
                      ports.recipients(),
                      ports.standardSettings())),
          Operations.of(
              RetryCalls.OPERATIONS,
              ports ->
                  new RetryCalls(
                      ports.messages(),
                      new ChangeMessage(ports.messages(), Ports.events(ports)),
                      ports.channels(),
                      ports.tasks(),
                      ports.clock())),
          Operations.of(
              RecipientMessageCalls.OPERATIONS,
              ports -> new RecipientMessageCalls(ports.runs(), ports.messages(), ports.channels())),
          Operations.of(
              StatusCalls.OPERATIONS,
              ports -> new StatusCalls(MarkMessage.on(ports), ports.messages(), ports.channels())),
          Operations.of(
              BatchStatusCalls.OPERATIONS,
              ports ->
                  new BatchStatusCalls(MarkMessage.on(ports), ports.messages(), ports.channels())),
          Operations.of(
              BulkMarkCalls.OPERATIONS,
              ports ->
                  new BulkMarkCalls(
                      ports.bulkOperations(), ports.channels(), ports.tasks(), ports.clock())));

  private MessageRoutes() {}
}
