package dev.carillon.testing.races;

import dev.carillon.runtime.Ports;
import dev.carillon.testing.calls.PortCall;
import dev.carillon.testing.calls.SharedProjects;
import dev.carillon.testing.calls.SteppedInvocation;
import dev.carillon.testing.calls.SteppedInvocation.Step;
import dev.carillon.testing.calls.VirtualThread;
import dev.carillon.testing.calls.WarmHandlers;
import dev.carillon.testing.engine.EngineEnvironment;
import dev.carillon.testing.engine.Handlers;
import dev.carillon.testing.engine.Invocation;
import dev.carillon.testing.scenarios.EndState;
import dev.carillon.testing.scenarios.EndTotals;
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
public final class Interleavings implements Handlers.Building, WarmHandlers.Passing {
  private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

  /** By when all is over, whatever the race was about. */
  private static final Duration LIMIT = Duration.ofDays(3);

  private final Race race;
  private final WarmHandlers warm;
  private final SharedProjects projects = new SharedProjects();

  /**
   * @param tried orders of calls
   * @param standFor how many orders those stand for
   * @param longest how many calls the longest of them has
   * @param failures one text for each order that led to what must not be
   */
  public record Report(
      String race, String kind, int tried, double standFor, int longest, List<String> failures) {}

  public Interleavings(Race race) {
    this(race, UnaryOperator.identity());
  }

  public Interleavings(Race race, UnaryOperator<Ports> twins) {
    this.race = race;
    this.warm = new WarmHandlers(twins, this);
  }

  @Override
  public Handlers on(Ports ports, EngineEnvironment surroundings) {
    return warm.on(ports, surroundings);
  }

  @Override
  public Object pass(PortCall call) throws Throwable {
    Optional<SteppedInvocation> actor = SteppedInvocation.working();
    return actor.isPresent() && !SharedProjects.knows(call.port())
        ? actor.get().pass(call)
        : call.make();
  }

  @Override
  public Instant now(InstantSource clock) {
    return SteppedInvocation.now(clock);
  }

  /** Every order, but for those that only exchange calls which do not notice each other. */
  public Report all(int enough) {
    return VirtualThread.call(() -> explore("all", new AllOrders(), enough));
  }

  /** That many orders by chance. */
  public Report random(int count, long seed, int enough) {
    return VirtualThread.call(() -> explore("random", new RandomOrders(count, seed), enough));
  }

  private Report explore(String kind, CallOrders choices, int enough) {
    var failures = new ArrayList<String>();
    int tried = 0;
    double standFor = 0;
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
  private Optional<List<String>> tell(CallOrders choices, List<String> made) {
    // At the same instant each time: the same ids, and so the same state after the same calls.
    var engine = projects.engine(START, this, race.workflows());
    List<SteppedInvocation> actors = new ArrayList<>();
    for (Invocation invocation : race.begin().apply(engine)) {
      int number = actors.size() + 1;
      actors.add(
          new SteppedInvocation(
                  number + "",
                  race.apart().multipliedBy(actors.size()),
                  () -> engine.functions().invoke(invocation))
              .start());
    }
    boolean complete = true;
    while (complete && !actors.stream().allMatch(SteppedInvocation::ended)) {
      int chosen = choices.choose(actors);
      if (chosen < 0) {
        actors.forEach(Interleavings::end);
        complete = false;
      } else {
        SteppedInvocation actor = actors.get(chosen);
        made.add(actor + " " + actor.pending().orElseThrow().name());
        actor.go(Step.CALL);
      }
    }
    if (!complete) {
      return Optional.empty();
    }
    boolean idle = engine.advanceUntilIdle(LIMIT);
    var wrong = new ArrayList<>(EndState.wrong(engine));
    new EndTotals(engine).wrong(wrong::add);
    if (!idle) {
      wrong.add("it never came to an end");
    }
    actors.forEach(actor -> actor.thrown().ifPresent(it -> wrong.add(actor + " threw " + it)));
    wrong.addAll(race.wrong().apply(engine));
    return Optional.of(wrong);
  }

  private static void end(SteppedInvocation actor) {
    while (!actor.ended()) {
      actor.go(Step.DIE_BEFORE);
    }
  }
}
