package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.message.Content;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.email.EmailParts;
import dev.carillon.suppression.Suppression;
import dev.carillon.suppression.Suppressions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Suppresses an address of which the provider says at once that there is none. It is stored before
 * the attempt's result is: a worker that dies in between makes the attempt again, and hears the
 * same.
 */
final class SuppressDeadAddresses implements SendMessage, HeedDeadTarget {
  private final Suppressions suppressions;
  private final InstantSource clock;
  private final SendMessage send;

  SuppressDeadAddresses(Suppressions suppressions, InstantSource clock, SendMessage send) {
    this.suppressions = suppressions;
    this.clock = clock;
    this.send = send;
  }

  @Override
  public Sent send(Message message, MessageContent content, Channel channel) {
    Sent sent = send.send(message, content, channel);
    if (sent.result() instanceof DeliveryResult.Bounced(var reason, var dead) && dead) {
      dead(message, content, channel, reason);
    }
    return sent;
  }

  @Override
  public void dead(Message message, MessageContent content, Channel channel, String reason) {
    if (content.content() instanceof Content.Email email) {
      EmailParts.primary(email)
          .ifPresent(
              address ->
                  suppressions.add(
                      message.environment(),
                      new Suppression(
                          address,
                          Suppression.Reason.BOUNCED,
                          channel.id(),
                          message.id(),
                          Optional.of(reason),
                          clock.instant())));
    }
  }

  @Override
  public Duration patience(Channel channel) {
    return send.patience(channel);
  }
}
