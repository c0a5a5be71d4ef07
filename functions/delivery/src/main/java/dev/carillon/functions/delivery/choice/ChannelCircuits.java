package dev.carillon.functions.delivery.choice;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.Circuit;
import dev.carillon.channel.Circuits;
import dev.carillon.environment.EnvironmentId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Leaves providers alone that are down. Nothing is read or written for a channel whose messages are
 * taken; its first failures bring this instance to read its circuit, and from then on it looks
 * again every five seconds until the provider is well. Safe to use from several threads; none waits
 * for the table because another does.
 */
public final class ChannelCircuits {
  /** How long what was read is believed. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  /** How often a failure is told again that somebody else's came before. */
  private static final int TRIES = 3;

  private record Of(EnvironmentId environment, ChannelId channel) {}

  private record Known(Circuit circuit, Instant readAt) {}

  /** What this instance saw of a provider within a minute. */
  private record Tally(Instant since, int failed, int taken) {
    Tally plus(boolean failure) {
      return new Tally(since, failure ? failed + 1 : failed, failure ? taken : taken + 1);
    }
  }

  private final Circuits circuits;
  private final Map<Of, Known> known = new ConcurrentHashMap<>();
  private final Map<Of, Tally> tallies = new ConcurrentHashMap<>();

  public ChannelCircuits(Circuits circuits) {
    this.circuits = circuits;
  }

  /** How an attempt may be made. */
  public enum Pass {
    FREE,
    /** To find out whether the provider is back: nobody else asks it meanwhile. */
    TRIAL,
    CLOSED
  }

  /** Until when the channel's provider is left alone; empty when it may be asked, or tried. */
  Optional<Instant> openUntil(EnvironmentId environment, Channel channel, Instant now) {
    return circuit(new Of(environment, channel.id()), now).openAt(now);
  }

  /** Of many that ask once the provider has been left alone long enough, one may try it. */
  Pass enter(EnvironmentId environment, Channel channel, Instant now) {
    var of = new Of(environment, channel.id());
    Circuit circuit = circuit(of, now);
    if (!circuit.isOpen()) {
      return Pass.FREE;
    }
    if (circuit.openAt(now).isPresent()) {
      return Pass.CLOSED;
    }
    Circuit tried = circuit.tried(now);
    boolean ours = circuits.save(environment, channel.id(), tried);
    known.put(of, new Known(ours ? tried.stored() : read(of), now));
    return ours ? Pass.TRIAL : Pass.CLOSED;
  }

  /**
   * What came of an attempt.
   *
   * @param failed whether the provider was down or slow, rather than what it said of the message
   */
  void heard(EnvironmentId environment, Channel channel, Pass pass, boolean failed, Instant now) {
    var of = new Of(environment, channel.id());
    Tally tally =
        tallies.compute(
            of,
            (_, before) ->
                (before == null || isOver(before, now) ? new Tally(now, 0, 0) : before)
                    .plus(failed));
    if (pass == Pass.TRIAL) {
      tell(of, failed ? circuit(of, now).stillDown(now) : circuit(of, now).closed(), now);
    } else if (failed && tally.failed() > tally.taken()) {
      failed(of, now);
    } else if (!failed && known.containsKey(of) && !circuit(of, now).isOpen()) {
      tell(of, circuit(of, now).closed(), now);
    }
  }

  private static boolean isOver(Tally tally, Instant now) {
    return !now.isBefore(tally.since().plus(Circuit.WINDOW));
  }

  private void failed(Of of, Instant now) {
    for (int i = 0; i < TRIES; i++) {
      Circuit before = i == 0 && known.containsKey(of) ? circuit(of, now) : read(of);
      Circuit after = before.failed(now);
      if (after.equals(before)) {
        known.put(of, new Known(before, now));
        return;
      }
      if (tell(of, after, now)) {
        return;
      }
    }
  }

  /** Whether nobody else was first; what they said then counts. */
  private boolean tell(Of of, Circuit circuit, Instant now) {
    boolean ours = circuits.save(of.environment(), of.channel(), circuit);
    remember(of, ours ? circuit.stored() : read(of), now);
    return ours;
  }

  private Circuit circuit(Of of, Instant now) {
    Known last = known.get(of);
    if (last == null) {
      return Circuit.CLOSED;
    }
    if (!now.isBefore(last.readAt().plus(FRESH))) {
      Circuit read = read(of);
      remember(of, read, now);
      return read;
    }
    return last.circuit();
  }

  private void remember(Of of, Circuit circuit, Instant now) {
    if (circuit.isClear()) {
      known.remove(of);
    } else {
      known.put(of, new Known(circuit, now));
    }
  }

  private Circuit read(Of of) {
    return circuits.find(of.environment(), of.channel());
  }
}
