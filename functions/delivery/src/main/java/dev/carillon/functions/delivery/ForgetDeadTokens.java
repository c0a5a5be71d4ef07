package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.channel.DeviceTokens;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.Recipients;
import dev.carillon.runtime.Log;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes a token that the provider calls dead out of its recipient's channel data, unless the
 * channel says {@code "token_deregistration": false}.
 *
 * <p>A channel that is configured for another app hears the same of every token, and must not cost
 * all users theirs. So a token is believed dead only where the provider took a message of the same
 * channel within the hour, and called no more than {@value #MOST_IN_A_ROW} dead since; otherwise it
 * stays, and is asked for again with the next message. What was taken is remembered by this
 * instance alone.
 */
final class ForgetDeadTokens implements SendMessage, HeedDeadTarget {
  private static final String SETTING = "token_deregistration";
  private static final Duration TRUSTED = Duration.ofHours(1);

  /** Where one device in five is gone, so many one after another are one chance in ten million. */
  static final int MOST_IN_A_ROW = 10;

  private final Recipients recipients;
  private final InstantSource clock;
  private final Log log;
  private final SendMessage send;
  private final Map<Of, Taken> taken = new ConcurrentHashMap<>();

  private record Of(EnvironmentId environment, UUID channel) {}

  /**
   * @param last when the provider took a message
   * @param deadSince how many tokens it called dead since
   */
  private record Taken(Instant last, int deadSince) {
    Taken another() {
      return new Taken(last, deadSince + 1);
    }

    boolean trusted(Instant now) {
      return last.isAfter(now.minus(TRUSTED)) && deadSince <= MOST_IN_A_ROW;
    }
  }

  ForgetDeadTokens(Recipients recipients, InstantSource clock, Log log, SendMessage send) {
    this.recipients = recipients;
    this.clock = clock;
    this.log = log;
    this.send = send;
  }

  @Override
  public Sent send(Message message, MessageContent content, Channel channel) {
    Sent sent = send.send(message, content, channel);
    if (content.content() instanceof Content.Push push) {
      heard(message, push.token(), channel, sent.result());
    }
    return sent;
  }

  @Override
  public void dead(Message message, MessageContent content, Channel channel, String reason) {
    if (content.content() instanceof Content.Push push) {
      heard(message, push.token(), channel, new DeliveryResult.Bounced(reason, true));
    }
  }

  private void heard(Message message, String token, Channel channel, DeliveryResult result) {
    Instant now = clock.instant();
    var of = new Of(message.environment(), channel.id().value());
    switch (result) {
      case DeliveryResult.Accepted _ -> taken.put(of, new Taken(now, 0));
      case DeliveryResult.Bounced(_, var dead) when dead -> {
        Taken last = taken.computeIfPresent(of, (_, it) -> it.another());
        boolean trusted = last != null && last.trusted(now);
        boolean wanted = !Json.FALSE.equals(channel.settings().fields().get(SETTING));
        if (trusted && wanted) {
          recipients.change(
              message.environment(),
              message.recipient(),
              it -> without(it, channel.id().toString(), token),
              now);
        }
        log.decision(
            trusted && wanted ? "token.forgotten" : "token.kept",
            "message",
            message.id(),
            "channel",
            channel.id());
      }
      case DeliveryResult.Bounced _,
          DeliveryResult.Deferred _,
          DeliveryResult.Misconfigured _,
          DeliveryResult.Rejected _,
          DeliveryResult.Ambiguous _ -> {}
    }
  }

  private static Recipient without(Recipient recipient, String channel, String token) {
    Json.Obj data = recipient.channelData().getOrDefault(channel, Json.Obj.EMPTY);
    Json.Obj rest = DeviceTokens.without(data, token);
    return rest.equals(data) ? recipient : recipient.withChannelData(channel, rest);
  }

  @Override
  public Duration patience(Channel channel) {
    return send.patience(channel);
  }
}
