package dev.carillon.functions.fanout.erase;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.MessageId;
import dev.carillon.message.Messages;
import dev.carillon.report.ExternalIds;
import dev.carillon.runtime.Ports;

/** Deletes a message with what leads to it. Safe to repeat. */
public final class DeleteMessage {
  private final Messages messages;
  private final ExternalIds ids;

  private DeleteMessage(Messages messages, ExternalIds ids) {
    this.messages = messages;
    this.ids = ids;
  }

  /** On these ports. */
  public static DeleteMessage on(Ports ports) {
    return new DeleteMessage(ports.messages(), ports.externalIds());
  }

  /** What the provider calls it stands in the message, so that goes last. */
  public void delete(EnvironmentId environment, MessageId id) {
    messages.find(environment, id).ifPresent(ids::forget);
    messages.delete(environment, id);
  }
}
