package dev.carillon.functions.api.recipients;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.runtime.Ports;

/** Deletes users, objects and tenants, known or not. */
public final class DeleteRecipient {
  private final Recipients recipients;

  private DeleteRecipient(Recipients recipients) {
    this.recipients = recipients;
  }

  /** On these ports. */
  public static DeleteRecipient on(Ports ports) {
    return new DeleteRecipient(ports.recipients());
  }

  /** Safe to repeat. */
  public void delete(EnvironmentId environment, RecipientId id) {
    recipients.delete(environment, id);
  }
}
