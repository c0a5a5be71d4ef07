package dev.carillon.testing;

import dev.carillon.runtime.Ports;
import dev.carillon.testing.Actor.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Runs a race again and again, each time with the calls of its actors in another order; then lets
 * everything settle and looks for what must not be. An order is tried by beginning anew and making
 * the same choices up to where it differs.
 */
final class Interleavings implements Handlers.Building, Warm.Passing {
  private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

  /** By when all is over, whatever the race was about. */
  private static final Duration LIMIT = Duration.ofDays(3);

  private final Race race;
  private final Warm warm;
  private final Projects projects = new Projects();

  /**
   * @param tried orders of calls
   * @param standFor how many orders those stand for
   * @param longest how many calls the longest of them has
   * @param failures one text for each order that led to what must not be
   */
  record Report(
      String race, String kind, int tried, long standFor, int longest, List<String> failures) {}

  Interleavings(Race race) {
    this(race, UnaryOperator.identity());
  }

  Interleavings(Race race, UnaryOperator<Ports> twins) {
    this.race = race;
    this.warm = new Warm(twins, this);
  }

  @Override
  public Handlers on(Ports ports, EngineEnvironment surroundings) {
    return warm.on(ports, surroundings);
  }

  @Override
  public Object pass(PortCall call) throws Throwable {
    Optional<Actor> actor = Actor.working();
    return actor.isPresent() && !Projects.knows(call.port()) ? actor.get().pass(call) : call.make();
  }

  @Override
  public Instant now(InstantSource clock) {
    return Actor.now(clock);
  }

  /** Every order, but for those that only exchange calls which do not notice each other. */
  Report all(int enough) {
    return Virtually.call(() -> explore("all", new EveryOrder(), enough));
  }

  /**
   * Every order in which an actor that could go on is interrupted at most that often; whoever runs
   * otherwise runs to its end.
   */
  Report preempting(int most, int enough) {
    return Virtually.call(
        () -> explore("at most " + most + " preemptions", new FewPreemptions(most), enough));
  }

  /** That many orders by chance. */
  Report random(int count, long seed, int enough) {
    return Virtually.call(() -> explore("random", new ByChance(count, seed), enough));
  }

  private Report explore(String kind, Choices choices, int enough) {
    var failures = new ArrayList<String>();
    int tried = 0;
    long standFor = 0;
    int longest = 0;
    do {
      var made = new ArrayList<String>();
      Optional<List<String>> wrong = tell(choices, made);
      if (wrong.isPresent()) {
        tried++;
        standFor += choices.standsFor();
        longest = Math.max(longest, made.size());
        if (!wrong.get().isEmpty()) {
          failures.add(wrong.get() + "\n    after " + String.join("\n          ", made));
        }
      }
    } while (failures.size() < enough && choices.next());
    return new Report(race.name(), kind, tried, standFor, longest, failures);
  }

  /** What is wrong in the end; empty when the order was given up. */
  private Optional<List<String>> tell(Choices choices, List<String> made) {
    // At the same instant each time: the same ids, and so the same state after the same calls.
    var engine = projects.engine(START, this, race.workflows());
    List<Actor> actors = new ArrayList<>();
    for (Invocation invocation : race.begin().apply(engine)) {
      int number = actors.size() + 1;
      actors.add(
          new Actor(
                  number + "",
                  race.apart().multipliedBy(actors.size()),
                  () -> engine.functions().invoke(invocation))
              .start());
    }
    boolean complete = true;
    while (complete && !actors.stream().allMatch(Actor::ended)) {
      int chosen = choices.choose(actors);
      if (chosen < 0) {
        actors.forEach(Interleavings::end);
        complete = false;
      } else {
        Actor actor = actors.get(chosen);
        made.add(actor + " " + actor.pending().orElseThrow().name());
        actor.go(Step.CALL);
      }
    }
    if (!complete) {
      return Optional.empty();
    }
    boolean idle = engine.advanceUntilIdle(LIMIT);
    var wrong = new ArrayList<>(EndState.wrong(engine));
    new Totals(engine).wrong(wrong::add);
    if (!idle) {
      wrong.add("it never came to an end");
    }
    actors.forEach(actor -> actor.thrown().ifPresent(it -> wrong.add(actor + " threw " + it)));
    wrong.addAll(race.wrong().apply(engine));
    return Optional.of(wrong);
  }

  private static void end(Actor actor) {
    while (!actor.ended()) {
      actor.go(Step.DIE_BEFORE);
    }
  }
}
