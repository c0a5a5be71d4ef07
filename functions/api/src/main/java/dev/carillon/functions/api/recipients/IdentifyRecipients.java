package dev.carillon.functions.api.recipients;

import dev.carillon.channel.Channels;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.IdentificationReader;
import dev.carillon.edge.RecipientReader;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.PublishEvents;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.Recipients.Identified;
import dev.carillon.runtime.Ports;
import dev.carillon.trigger.Trigger;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Makes known what a call says about those it names. Those whom it only names are left alone. */
public final class IdentifyRecipients {
  private final Recipients recipients;
  private final Channels channels;
  private final PublishEvents tell;
  private final InstantSource clock;

  private IdentifyRecipients(
      Recipients recipients, Channels channels, PublishEvents tell, InstantSource clock) {
    this.recipients = recipients;
    this.channels = channels;
    this.tell = tell;
    this.clock = clock;
  }

  /** On these ports. */
  public static IdentifyRecipients on(Ports ports) {
    return new IdentifyRecipients(
        ports.recipients(), ports.channels(), Ports.events(ports), ports.clock());
  }

  public RecipientReader reader(EnvironmentId environment) {
    return new RecipientReader(new IdentificationReader(() -> channels.all(environment)));
  }

  /**
   * Safe to repeat with the same cause.
   *
   * @param cause names the call
   * @throws dev.carillon.edge.ApiException when the actor is named by its id alone and nobody knows
   *     it, or when what is known of somebody would grow too large
   */
  public void identify(
      EnvironmentId environment,
      List<Trigger.Named> people,
      Optional<Trigger.Named> actor,
      Optional<Trigger.Tenant> tenant,
      String cause) {
    if (actor.filter(it -> it.identification().isEmpty()).isPresent()
        && recipients.find(environment, actor.get().id()).isEmpty()) {
      throw ErrorCode.ACTOR_MISSING.at("actor", "Nobody with this id has been identified.");
    }
    tenant
        .filter(it -> !it.identification().equals(Identification.NOTHING))
        .ifPresent(
            it -> identify(environment, it.id().recipient(), it.identification(), cause, "tenant"));
    actor.ifPresent(it -> identify(environment, it, cause, "actor"));
    people.forEach(it -> identify(environment, it, cause, "recipients"));
  }

  private void identify(
      EnvironmentId environment, Trigger.Named named, String cause, String field) {
    named.identification().ifPresent(it -> identify(environment, named.id(), it, cause, field));
  }

  /** The field is part of the cause: one call may name somebody as actor and as recipient. */
  private void identify(
      EnvironmentId environment,
      RecipientId id,
      Identification identification,
      String cause,
      String field) {
    String named = cause + " " + field;
    var identified = recipients.identify(environment, id, identification, named, clock.instant());
    switch (identified) {
      case Identified.Merged _ -> tell.ofRecipient(environment, id, identification, named);
      case Identified.TooLarge _ ->
          throw ErrorCode.INVALID_PARAMS.at(
              field,
              "would make what is known of one of them take more than "
                  + Recipients.MAX_PROPERTIES_BYTES
                  + " bytes");
    }
  }
}
