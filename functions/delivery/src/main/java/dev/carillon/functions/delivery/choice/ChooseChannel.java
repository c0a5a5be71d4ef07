package dev.carillon.functions.delivery.choice;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelSet;
import dev.carillon.channel.Channels;
import dev.carillon.failover.Rounds;
import dev.carillon.functions.delivery.choice.ChannelCircuits.Pass;
import dev.carillon.id.Digest;
import dev.carillon.message.Attempt;
import dev.carillon.message.Message;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.task.DeliveryTask.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Through which of its channels a message goes now: the first whose provider is not down, once the
 * channel's rate lets it.
 */
public final class ChooseChannel {
  /** A message waits so long for a provider that is down; then it is tried as if it were up. */
  static final Duration PATIENCE = Duration.ofHours(24);

  /** An answer that takes longer speaks against the provider, as none does. */
  static final Duration SLOW = Duration.ofSeconds(10);

  /** Over how long they come back that waited together. */
  private static final Duration SPREAD = Duration.ofSeconds(10);

  private final Channels channels;
  private final ChannelRates rates;
  private final ChannelCircuits circuits;

  public ChooseChannel(Channels channels, ChannelRates rates, ChannelCircuits circuits) {
    this.channels = channels;
    this.rates = rates;
    this.circuits = circuits;
  }

  public sealed interface Choice {
    /** There is no such channel any more. */
    record Nobody() implements Choice {}

    record Through(Channel channel, Pass pass) implements Choice {}

    /**
     * Not now.
     *
     * @param slot what it may then be sent by; empty when it waits for a provider
     */
    record Later(Instant at, Optional<Slot> slot) implements Choice {}
  }

  /**
   * @param message as it would be claimed
   * @param slot taken for it before
   */
  public Choice choose(Message message, Optional<Slot> slot, Instant now) {
    var rounds = new Rounds(message, all(message));
    List<Channel> next = rounds.next(now);
    if (next.isEmpty()) {
      return new Choice.Nobody();
    }
    boolean patient = now.isBefore(message.wantedSince().plus(PATIENCE));
    Optional<Instant> again = rounds.newRoundAt().filter(now::isBefore);
    for (Channel channel : next) {
      Optional<Instant> open =
          patient ? circuits.openUntil(message.environment(), channel, now) : Optional.empty();
      if (open.isEmpty()) {
        OptionalLong second =
            rates.wait(
                message.environment(), channel, message.tenant(), of(slot, channel, message), now);
        if (second.isPresent()) {
          return new Choice.Later(
              Instant.ofEpochSecond(second.getAsLong()),
              Optional.of(
                  new Slot(
                      second.getAsLong(),
                      Optional.of(channel.id()).filter(it -> !it.equals(message.channel())))));
        }
        Pass pass = patient ? circuits.enter(message.environment(), channel, now) : Pass.FREE;
        if (pass != Pass.CLOSED) {
          return new Choice.Through(channel, pass);
        }
        open = circuits.openUntil(message.environment(), channel, now);
      }
      again = earlier(again, open.orElse(now.plusSeconds(1)));
    }
    Instant at = again.orElse(now.plusSeconds(1));
    return new Choice.Later(at.plus(spread(message, at)), Optional.empty());
  }

  private ChannelSet all(Message message) {
    return channels.configured(message.environment());
  }

  /**
   * What an attempt tells of the channel's provider.
   *
   * @param message as it stands now, with the attempt its last
   * @param asked whether the provider answered at all
   */
  public void heard(
      Message message, Choice.Through through, DeliveryResult result, boolean asked, Instant now) {
    boolean slow = message.lastAttempt().map(Attempt::tookMillis).orElse(0L) > SLOW.toMillis();
    boolean several = new Rounds(message, all(message)).all().size() > 1;
    Optional<Boolean> failed =
        switch (result) {
          case DeliveryResult.Accepted _ -> Optional.of(slow);
          case DeliveryResult.Deferred _, DeliveryResult.Ambiguous _ -> Optional.of(true);
          case DeliveryResult.Misconfigured _ ->
              several ? Optional.of(true) : Optional.of(slow).filter(_ -> asked);
          case DeliveryResult.Bounced _, DeliveryResult.Rejected _ ->
              Optional.of(slow).filter(_ -> asked);
        };
    failed.ifPresent(
        it -> circuits.heard(message.environment(), through.channel(), through.pass(), it, now));
  }

  private static OptionalLong of(Optional<Slot> slot, Channel channel, Message message) {
    return slot.filter(it -> it.channel().orElse(message.channel()).equals(channel.id()))
        .map(it -> OptionalLong.of(it.second()))
        .orElseGet(OptionalLong::empty);
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Instant other) {
    return one.filter(it -> it.isBefore(other)).or(() -> Optional.of(other));
  }

  /**
   * So that not all come in the same second, when the first of them has yet to find out; and that
   * it is another one each time.
   */
  private static Duration spread(Message message, Instant at) {
    double part = Digest.of("spread", message.id().value(), at.toString()).fraction();
    return Duration.ofMillis((long) (SPREAD.toMillis() * part));
  }
}
