package dev.carillon.channel;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What is known of how a channel's provider fares: closed while it takes messages, open once five
 * attempts within a minute came to nothing. While it is open the provider is left alone for half a
 * minute; then one message tries it, and closes the circuit or keeps it open for twice as long, ten
 * minutes at most. Instants are whole milliseconds.
 *
 * @param failures within a minute of {@code since}, while it is closed
 * @param since when the first of them was
 * @param openUntil until when nobody asks the provider; empty while it is closed
 * @param openings how often in a row it opened; 0 while it is closed
 * @param revision 0 before it is first stored, then the number of times it was
 */
public record Circuit(
    int failures, Instant since, Optional<Instant> openUntil, int openings, long revision) {
  public Circuit {
    since = since.truncatedTo(ChronoUnit.MILLIS);
    openUntil = openUntil.map(until -> until.truncatedTo(ChronoUnit.MILLIS));
  }

  /** Nothing speaks against the provider. */
  public static final Circuit CLOSED = new Circuit(0, Instant.EPOCH, Optional.empty(), 0, 0);

  /** How many failures open it. */
  public static final int MOST_FAILURES = 5;

  /** Within which time they count together. */
  public static final Duration WINDOW = Duration.ofMinutes(1);

  /** How long it stays open at first; twice as long each time it opens again. */
  public static final Duration FIRST_OPEN = Duration.ofSeconds(30);

  /** How long it stays open at most before somebody tries. */
  public static final Duration LONGEST_OPEN = Duration.ofMinutes(10);

  /** By when who tries has an answer, or is taken for dead: then another one tries. */
  public static final Duration TRIAL = Duration.ofMinutes(1);

  /** Whether the provider is not to be asked now, and until when; empty when it may be. */
  public Optional<Instant> openAt(Instant now) {
    return openUntil.filter(now::isBefore);
  }

  public boolean isOpen() {
    return openUntil.isPresent();
  }

  /** Whether there is nothing to remember. */
  public boolean isClear() {
    return openUntil.isEmpty() && failures == 0;
  }

  /** An attempt came to nothing; changes nothing while it is open. */
  public Circuit failed(Instant now) {
    if (isOpen()) {
      return this;
    }
    boolean counts = failures > 0 && now.isBefore(since.plus(WINDOW));
    int more = counts ? failures + 1 : 1;
    return more >= MOST_FAILURES
        ? opened(1, now)
        : new Circuit(more, counts ? since : now, Optional.empty(), 0, revision);
  }

  /** Somebody tries whether the provider is back; the others wait for what comes of it. */
  public Circuit tried(Instant now) {
    return new Circuit(0, since, Optional.of(now.plus(TRIAL)), openings, revision);
  }

  /** It is not. */
  public Circuit stillDown(Instant now) {
    return opened(openings + 1, now);
  }

  /** The provider takes messages. */
  public Circuit closed() {
    return new Circuit(0, Instant.EPOCH, Optional.empty(), 0, revision);
  }

  public Circuit stored() {
    return new Circuit(failures, since, openUntil, openings, revision + 1);
  }

  private Circuit opened(int times, Instant now) {
    Duration open = FIRST_OPEN;
    for (int i = 1; i < times && open.compareTo(LONGEST_OPEN) < 0; i++) {
      open = open.multipliedBy(2);
    }
    Duration most = open.compareTo(LONGEST_OPEN) > 0 ? LONGEST_OPEN : open;
    return new Circuit(0, now, Optional.of(now.plus(most)), times, revision);
  }
}
