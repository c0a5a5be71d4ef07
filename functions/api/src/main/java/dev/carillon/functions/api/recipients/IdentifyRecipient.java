package dev.carillon.functions.api.recipients;

import dev.carillon.channel.Channels;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.IdentificationReader;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.PublishEvents;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.Recipients.Identified;
import dev.carillon.runtime.Ports;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** Makes known what the body of a call says about one user, object or tenant. */
public final class IdentifyRecipient {
  private final Recipients recipients;
  private final Channels channels;
  private final PublishEvents tell;
  private final InstantSource clock;

  private IdentifyRecipient(
      Recipients recipients, Channels channels, PublishEvents tell, InstantSource clock) {
    this.recipients = recipients;
    this.channels = channels;
    this.tell = tell;
    this.clock = clock;
  }

  /** On these ports. */
  public static IdentifyRecipient on(Ports ports) {
    return new IdentifyRecipient(
        ports.recipients(), ports.channels(), Ports.events(ports), ports.clock());
  }

  public IdentificationReader reader(EnvironmentId environment) {
    return new IdentificationReader(() -> channels.all(environment));
  }

  /**
   * Merges the body into what is known of the recipient.
   *
   * @return as it is known now
   * @throws dev.carillon.edge.ApiException when the body is not as it must be, or too much would be
   *     known
   */
  public Recipient identify(HttpRequest request, EnvironmentId environment, RecipientId id) {
    Identification said = RecipientFields.of(request.fields(), id, reader(environment));
    Recipient now =
        merged(recipients.identify(environment, id, said, request.id(), clock.instant()));
    tell.ofRecipient(environment, id, said, request.id());
    return now;
  }

  /**
   * Changes what is known of the recipient, in ways that identifying it cannot.
   *
   * @param said what those who wait for a change of the recipient are told
   * @param change may be asked several times
   * @return as it is known now
   * @throws dev.carillon.edge.ApiException when too much would be known
   */
  public Recipient change(
      HttpRequest request,
      EnvironmentId environment,
      RecipientId id,
      Identification said,
      UnaryOperator<Recipient> change) {
    Recipient now = merged(recipients.change(environment, id, change, clock.instant()));
    tell.ofRecipient(environment, id, said, request.id());
    return now;
  }

  private static Recipient merged(Identified identified) {
    return switch (identified) {
      case Identified.Merged(var recipient) -> recipient;
      case Identified.TooLarge _ ->
          throw ErrorCode.INVALID_PARAMS.at(
              "body",
              "would make what is known of the recipient take more than "
                  + Recipients.MAX_PROPERTIES_BYTES
                  + " bytes");
    };
  }
}
