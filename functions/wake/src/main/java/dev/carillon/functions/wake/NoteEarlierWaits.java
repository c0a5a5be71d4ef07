package dev.carillon.functions.wake;

import dev.carillon.page.Page;
import dev.carillon.runtime.Log;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.timer.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Notes where the waits are that builds listed which did not note it, so that a list of what waits
 * shows them. Once after an upgrade, some at each sweep, nearest first; from then on it costs a
 * read.
 */
final class NoteEarlierWaits {
  /** Minutes that hold anything, per sweep: each takes sixteen reads. */
  private static final int MOST_MINUTES = 60;

  /** No run waits longer than a year; what is due later is listed anew when it is nearer. */
  private static final long HORIZON_MINUTES = Duration.ofDays(370).toMinutes();

  private static final long ALL = Long.MAX_VALUE;

  private final Timers timers;
  private final Log log;

  NoteEarlierWaits(Timers timers, Log log) {
    this.timers = timers;
    this.log = log;
  }

  /** Safe to repeat; a page that died half way is done again. */
  void handle(Instant now) {
    long from = timers.notedTo().orElse(Minutes.of(now) - 1);
    if (from == ALL) {
      return;
    }
    List<Long> minutes = timers.minutes(from + 1, Minutes.of(now) + HORIZON_MINUTES, MOST_MINUTES);
    int noted = 0;
    for (long minute : minutes) {
      for (int shard = 0; shard < Timers.SHARDS; shard++) {
        noted += note(minute, shard);
      }
    }
    timers.raiseNotedTo(minutes.size() < MOST_MINUTES ? ALL : minutes.getLast());
    log.decision("waits.noted", "minutes", minutes.size(), "waits", noted);
  }

  private int note(long minute, int shard) {
    int count = 0;
    Optional<String> cursor = Optional.empty();
    do {
      Page<Timer> page = timers.page(minute, shard, cursor);
      page.items().forEach(timers::note);
      count += page.items().size();
      cursor = page.next();
    } while (cursor.isPresent());
    return count;
  }
}
