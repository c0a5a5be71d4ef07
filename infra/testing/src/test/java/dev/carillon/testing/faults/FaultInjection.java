package dev.carillon.testing.faults;

import dev.carillon.page.Page;
import dev.carillon.runtime.Ports;
import dev.carillon.socket.Connections;
import dev.carillon.testing.calls.PortCall;
import dev.carillon.testing.calls.WarmHandlers;
import dev.carillon.testing.engine.EngineEnvironment;
import dev.carillon.testing.engine.Handlers;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.engine.Invocation;
import dev.carillon.timer.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Numbers the calls that the functions make of ports and providers, and lets one go wrong. */
public final class FaultInjection implements Handlers.Building, WarmHandlers.Passing {
  /** How sweeps and listings look for what is due. */
  private static final Set<String> LOOKING = Set.of("page", "of", "minutes");

  private final WarmHandlers warm;
  private final List<NumberedCall> calls = new ArrayList<>();
  private Optional<InProcessEngine> engine = Optional.empty();
  private Optional<Strike> strike = Optional.empty();

  /** The fault that is to happen at the call with that number, from 1. */
  public record Strike(int at, Fault fault) {}

  /**
   * A call that was numbered.
   *
   * @param invocation the same for all calls of one invocation, and for no other
   */
  public record NumberedCall(String name, long invocation) {}

  /**
   * @param twins what to put in the place of the ports, to plant a bug in them
   */
  public FaultInjection(UnaryOperator<Ports> twins) {
    this.warm = new WarmHandlers(twins, this);
  }

  /** From now on the calls of that engine's functions count, from 1. */
  public void begin(InProcessEngine on, Optional<Strike> with) {
    engine = Optional.of(on);
    strike = with;
    calls.clear();
  }

  /** The calls made since {@link #begin}, as far as they were numbered. */
  public List<NumberedCall> calls() {
    return calls;
  }

  /** Whether the fault happened. */
  public boolean struck() {
    return strike.isEmpty();
  }

  @Override
  public Handlers on(Ports ports, EngineEnvironment surroundings) {
    return warm.on(ports, surroundings);
  }

  @Override
  public Object pass(PortCall call) throws Throwable {
    if (engine.isEmpty()) {
      return call.make();
    }
    // A sweep reads 16 shards a minute and a listing every day of a year: all empty but for one.
    if (call.port() == Timers.class && LOOKING.contains(call.method().getName())) {
      Object seen = call.make();
      if (isEmpty(seen)) {
        return seen;
      }
    }
    // Most feeds are watched by nobody, and a question that is answered so leads to nothing.
    if (call.port() == Connections.class && call.method().getName().equals("isWatched")) {
      Object watched = call.make();
      if (watched.equals(false)) {
        return watched;
      }
    }
    calls.add(
        new NumberedCall(call.name() + " in " + working(), engine.get().functions().invocation()));
    int number = calls.size();
    if (strike.filter(it -> it.at() == number).isEmpty()) {
      return call.make();
    }
    Fault fault = strike.get().fault();
    strike = Optional.empty();
    InProcessEngine struck = engine.get();
    engine = Optional.empty();
    return strike(fault, struck, call);
  }

  private static boolean isEmpty(Object answer) {
    return answer instanceof Page<?> page && page.items().isEmpty()
        || answer instanceof List<?> list && list.isEmpty();
  }

  private static Object strike(Fault fault, InProcessEngine engine, PortCall call)
      throws Throwable {
    return switch (fault) {
      case CRASH_BEFORE -> call.dying(false);
      case CRASH_AFTER -> call.dying(true);
      case RESPONSE_LOST -> call.unheard();
      case THROTTLED -> call.turnedAway();
      case DELIVERED_TWICE -> {
        engine.functions().repeatAfterwards();
        yield call.make();
      }
      case OVERTAKEN -> {
        engine.functions().overtake(engine.functions().current());
        yield call.make();
      }
      case HANGS -> {
        engine.hang();
        yield call.make();
      }
    };
  }

  private String working() {
    return switch (engine.orElseThrow().functions().current()) {
      case Invocation.OfCall(var call) -> call.method() + " " + call.path();
      case Invocation.OfTask(var queue, _) -> queue.name();
      case Invocation.OfCallback _ -> "CALLBACKS";
      case Invocation.OfTracking _ -> "ENGAGE";
    };
  }
}
