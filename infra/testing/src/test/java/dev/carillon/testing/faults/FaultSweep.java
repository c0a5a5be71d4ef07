package dev.carillon.testing.faults;

import dev.carillon.runtime.Ports;
import dev.carillon.testing.calls.ProcessKilled;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.faults.FaultInjection.NumberedCall;
import dev.carillon.testing.faults.FaultInjection.Strike;
import dev.carillon.testing.scenarios.EndState;
import dev.carillon.testing.scenarios.EndTotals;
import dev.carillon.testing.scenarios.Scenario;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Tells a scenario once without fault, counting the calls of ports and providers, then once for
 * each call and each fault with that one fault at that call, and compares what it came to.
 *
 * <p>Two faults that cannot but come to the same are told once: dying after a call, before the next
 * one of the same invocation is made, is dying before that; and a copy of a task that comes after
 * it is the same whichever of its calls ordered it. {@code -Dcarillon.sweep.every=true} tells them
 * all.
 */
public final class FaultSweep {
  private static final boolean EVERY = Boolean.getBoolean("carillon.sweep.every");

  private static final Instant START = Instant.parse("2026-01-05T09:00:20.500Z");

  private final Scenario scenario;
  private final FaultInjection faults;
  private final List<Workflow> pushed = new ArrayList<>();
  private Forbidding forbidding = Forbidding.ANOTHER_END;
  private int days;

  /** What a fault must not do. */
  public enum Forbidding {
    /** Lead to another end than without it. */
    ANOTHER_END,
    /** Break what holds always; where a fault may well lead to another end. */
    WHAT_IS_WRONG
  }

  /**
   * @param tried positions times faults, but for those that come to the same as another
   * @param calls how many calls the scenario makes without fault
   * @param failures one text for each position and fault that did not end as it should
   * @param faultless what it came to without fault
   */
  public record Report(
      String scenario, int calls, int tried, List<String> failures, EndState faultless) {}

  private record Told(
      EndState end, List<String> totals, List<NumberedCall> calls, boolean struck, boolean idle) {}

  public FaultSweep(Scenario scenario) {
    this(scenario, UnaryOperator.identity());
  }

  public FaultSweep(Scenario scenario, UnaryOperator<Ports> twins) {
    this.scenario = scenario;
    this.faults = new FaultInjection(twins);
  }

  public FaultSweep forbidding(Forbidding what) {
    forbidding = what;
    return this;
  }

  /** Every fault at every call. */
  public Report run() {
    return run(EnumSet.allOf(Fault.class), Integer.MAX_VALUE);
  }

  /**
   * @param enough after how many failures to stop
   */
  public Report run(Set<Fault> kinds, int enough) {
    Told faultless = tell(Optional.empty());
    var failures = new ArrayList<String>();
    if (!faultless.idle() || !faultless.end().wrong().isEmpty()) {
      failures.add("without fault: " + faultless.end().wrong() + " idle " + faultless.idle());
    }
    int tried = 0;
    for (Fault fault : kinds) {
      for (int at = 1; at <= faultless.calls().size() && failures.size() < enough; at++) {
        if (!EVERY
            && twin(fault, at, faultless.calls())
                .filter(it -> kinds.contains(it.fault()))
                .isPresent()) {
          continue;
        }
        tried++;
        String where = fault + " at " + at + ", " + faultless.calls().get(at - 1).name();
        try {
          check(where, faultless, tell(Optional.of(new Strike(at, fault))), failures);
        } catch (RuntimeException | AssertionError | ProcessKilled e) {
          failures.add(where + ": " + e);
        }
      }
    }
    return new Report(scenario.name(), faultless.calls().size(), tried, failures, faultless.end());
  }

  /**
   * Where and in what way something else comes to the same as the fault at that call, from 1; empty
   * where nothing does.
   */
  private static Optional<Strike> twin(Fault fault, int at, List<NumberedCall> calls) {
    return switch (fault) {
      case CRASH_AFTER -> within(at + 1, calls).map(next -> new Strike(next, Fault.CRASH_BEFORE));
      case DELIVERED_TWICE -> within(at, calls).map(_ -> new Strike(at - 1, fault));
      case CRASH_BEFORE, RESPONSE_LOST, THROTTLED, OVERTAKEN, HANGS -> Optional.empty();
    };
  }

  /** That call, if it is not the first one of its invocation and there is one. */
  private static Optional<Integer> within(int at, List<NumberedCall> calls) {
    return Optional.of(at)
        .filter(it -> it > 1 && it <= calls.size())
        .filter(it -> calls.get(it - 1).invocation() == calls.get(it - 2).invocation());
  }

  /** What came to something else than what it is said to come to the same as. */
  public List<String> unlike() {
    List<NumberedCall> calls = tell(Optional.empty()).calls();
    var unlike = new ArrayList<String>();
    for (Fault fault : Fault.values()) {
      for (int at = 1; at <= calls.size(); at++) {
        Optional<Strike> twin = twin(fault, at, calls);
        if (twin.isPresent()) {
          Told one = tell(Optional.of(new Strike(at, fault)));
          Told other = tell(twin);
          if (!one.end().equals(other.end()) || !one.totals().equals(other.totals())) {
            unlike.add(fault + " at " + at + " and " + twin.get());
          }
        }
      }
    }
    return unlike;
  }

  private void check(String where, Told faultless, Told told, List<String> failures) {
    var wrong = new ArrayList<>(told.end().wrong());
    wrong.addAll(told.totals());
    if (!told.struck()) {
      wrong.add("the fault did not happen");
    }
    if (!told.idle()) {
      wrong.add("it never came to an end");
    }
    var missing = new ArrayList<>(faultless.end().lines());
    told.end().lines().forEach(missing::remove);
    var added = new ArrayList<>(told.end().lines());
    faultless.end().lines().forEach(added::remove);
    if (forbidding == Forbidding.WHAT_IS_WRONG) {
      missing.clear();
      added.clear();
    }
    missing.forEach(line -> wrong.add("\n    - " + line));
    added.forEach(line -> wrong.add("\n    + " + line));
    if (!wrong.isEmpty()) {
      failures.add(where + ": " + wrong);
    }
  }

  private Told tell(Optional<Strike> strike) {
    // A day of its own for each, so that nothing a warm function remembers is still fresh.
    var engine = new InProcessEngine(START.plus(Duration.ofDays(days++)), faults, 1);
    prepare(engine);
    scenario.setting().accept(engine);
    faults.begin(engine, strike);
    scenario.story().accept(engine);
    boolean idle = engine.advanceUntilIdle(scenario.limit());
    var totals = new ArrayList<String>();
    new EndTotals(engine).wrong(totals::add);
    return new Told(
        EndState.of(engine, scenario.people()),
        totals,
        List.copyOf(faults.calls()),
        faults.struck(),
        idle);
  }

  /** Pushing compiles the templates, which takes longer than all the rest: once is enough. */
  private void prepare(InProcessEngine engine) {
    var workflows = engine.ports().workflows();
    if (!pushed.isEmpty()) {
      pushed.forEach(it -> workflows.commit(InProcessEngine.ENVIRONMENT, it));
      return;
    }
    push(engine, scenario.workflow().value(), scenario.source());
    scenario.others().forEach((key, source) -> push(engine, key, source));
  }

  private void push(InProcessEngine engine, String key, String source) {
    engine.workflow(key, source);
    var workflows = engine.ports().workflows();
    var live = workflows.live(InProcessEngine.ENVIRONMENT, new WorkflowKey(key)).orElseThrow();
    pushed.add(
        workflows
            .version(InProcessEngine.ENVIRONMENT, new WorkflowKey(key), live.version())
            .orElseThrow());
  }
}
