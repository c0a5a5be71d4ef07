package dev.carillon.functions.api.waiting;

import dev.carillon.batch.Batches;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.api.outcome.HeldBatch;
import dev.carillon.message.Message;
import dev.carillon.message.Messages;
import dev.carillon.run.Run;
import dev.carillon.run.Run.State;
import dev.carillon.run.Runs;
import dev.carillon.schedule.Schedules;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.timer.Timer.Subject;
import dev.carillon.timer.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what waits in an environment by walking the due index, through those parts of minutes that
 * list anything of it. A hint counts if what it is about still waits for it; others are stale and
 * are passed over. So a page costs a read for what the parts are, and for each part and each hint
 * one.
 */
final class FindWaiting {
  /** How much one call looks at: each part takes a read, and each hint one of its own. */
  private static final int MOST_PARTS = 100;

  private static final int MOST_HINTS = 500;

  /** No run waits longer than a year; a schedule may, and is listed once it is nearer. */
  private static final long HORIZON_MINUTES = Duration.ofDays(370).toMinutes();

  /** What the sweeper has passed may hold something as far back as it looks again. */
  private static final int BEHIND_MINUTES = 10;

  private static final int AT_ONCE = 50;

  private final Timers timers;
  private final Runs runs;
  private final Messages messages;
  private final Schedules schedules;
  private final Batches batches;

  FindWaiting(Timers timers, Runs runs, Messages messages, Schedules schedules, Batches batches) {
    this.timers = timers;
    this.runs = runs;
    this.messages = messages;
    this.schedules = schedules;
    this.batches = batches;
  }

  /**
   * A place in the due index.
   *
   * @param name of the hint that was looked at last in that shard; empty when none was
   */
  record Position(long minute, int shard, Optional<String> name) {

    String text() {
      return minute + " " + shard + " " + name.orElse("");
    }

    private static final Pattern FORM = Pattern.compile("([0-9]{1,10}) ([0-9]{1,2}) (.*)");

    /** Empty when the text names no place. */
    static Optional<Position> parse(String text) {
      Matcher parts = FORM.matcher(text);
      if (!parts.matches() || Integer.parseInt(parts.group(2)) >= Timers.SHARDS) {
        return Optional.empty();
      }
      return Optional.of(
          new Position(
              Long.parseLong(parts.group(1)),
              Integer.parseInt(parts.group(2)),
              Optional.of(parts.group(3)).filter(name -> !name.isEmpty())));
    }
  }

  /**
   * @param items in the order in which they are due
   * @param next where to look on; empty at the end. There may be a next one behind no items at all.
   */
  record Found(List<Waiting> items, Optional<Position> next) {
    static final Found NOTHING = new Found(List.of(), Optional.empty());
  }

  /** What a call looks for. */
  interface Wanted extends Predicate<Waiting> {
    /** False when nothing that the hint may be about can be wanted; saves looking at it. */
    boolean mayBe(Timer hint);
  }

  /**
   * @param after where the call before ended; empty to begin with
   * @param size how many at most
   */
  Found find(
      EnvironmentId environment, Wanted wanted, Optional<Position> after, int size, Instant now) {
    return new Search(environment, wanted, size).from(after.orElseGet(() -> start(now)), now);
  }

  private Position start(Instant now) {
    long first = timers.watermark().orElse(Minutes.of(now) - Duration.ofHours(1).toMinutes());
    return new Position(Math.min(first, Minutes.of(now)) - BEHIND_MINUTES, 0, Optional.empty());
  }

  private final class Search {
    private final EnvironmentId environment;
    private final Wanted wanted;
    private final int size;
    private final List<Waiting> items = new ArrayList<>();
    private final Set<WaitingId> seen = new HashSet<>();
    private int looked;

    Search(EnvironmentId environment, Wanted wanted, int size) {
      this.environment = environment;
      this.wanted = wanted;
      this.size = size;
    }

    Found from(Position start, Instant now) {
      long last = Minutes.of(now) + HORIZON_MINUTES;
      var first = new Timers.Part(start.minute(), start.shard());
      List<Timers.Part> parts = timers.parts(environment, first, last, MOST_PARTS + 1);
      for (Timers.Part part : parts.subList(0, Math.min(MOST_PARTS, parts.size()))) {
        Optional<Position> stop =
            part(part, part.equals(first) ? start.name() : Optional.<String>empty());
        if (stop.isPresent()) {
          return found(stop);
        }
      }
      return found(
          parts.size() > MOST_PARTS
              ? Optional.of(
                  new Position(parts.getLast().minute(), parts.getLast().shard(), Optional.empty()))
              : Optional.empty());
    }

    private Found found(Optional<Position> next) {
      return new Found(items.stream().sorted(Waiting.IN_ORDER).toList(), next);
    }

    /** Where the search is to end within that part; empty when it may go on. */
    private Optional<Position> part(Timers.Part part, Optional<String> after) {
      Optional<String> name = after;
      List<Timer> hints;
      do {
        hints = timers.of(environment, part.minute(), part.shard(), name, AT_ONCE);
        for (Timer hint : hints) {
          look(hint);
          name = Optional.of(hint.name());
          if (items.size() == size || ++looked == MOST_HINTS) {
            return Optional.of(new Position(part.minute(), part.shard(), name));
          }
        }
      } while (hints.size() == AT_ONCE);
      return Optional.empty();
    }

    private void look(Timer hint) {
      if (wanted.mayBe(hint)) {
        waiting(hint)
            .filter(wanted)
            .filter(waiting -> seen.add(waiting.id()))
            .ifPresent(items::add);
      }
    }
  }

  private Optional<Waiting> waiting(Timer hint) {
    return switch (hint.subject()) {
      case Subject.OfRun of ->
          runs.find(hint.environment(), of.run())
              .flatMap(this::waiting)
              .filter(
                  it ->
                      it.on().id().equals(of.waitId()) && it.on().generation() == hint.generation())
              .map(it -> it);
      case Subject.OfMessage(var message, _, _) ->
          messages
              .find(hint.environment(), message)
              .filter(Message::held)
              .map(Waiting.OfMessage::new);
      case Subject.OfWebhook _, Subject.OfBroadcast _ -> Optional.empty();
      case Subject.OfSchedule(var schedule) ->
          schedules
              .find(hint.environment(), schedule)
              .filter(it -> it.revision() == hint.generation())
              .flatMap(it -> it.next().map(next -> new Waiting.OfSchedule(it, next)));
    };
  }

  /** The run, if it waits. */
  private Optional<Waiting.OfRun> waiting(Run run) {
    return switch (run.state()) {
      case State.Waiting(var wait) ->
          Optional.of(new Waiting.OfRun(run, wait, HeldBatch.of(run, batches)));
      case State.Processing _, State.AtStep _, State.Completed _, State.Cancelled _ ->
          Optional.empty();
    };
  }
}
