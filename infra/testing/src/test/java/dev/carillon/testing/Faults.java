package dev.carillon.testing;

import dev.carillon.access.ApiKeys;
import dev.carillon.channel.Channels;
import dev.carillon.delivery.Provider;
import dev.carillon.due.Dues;
import dev.carillon.due.MinuteSchedules;
import dev.carillon.environment.Environments;
import dev.carillon.feed.Feeds;
import dev.carillon.message.Messages;
import dev.carillon.page.Page;
import dev.carillon.recipient.Recipients;
import dev.carillon.run.Runs;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.schedule.Schedules;
import dev.carillon.subscription.Subscriptions;
import dev.carillon.task.Tasks;
import dev.carillon.trigger.Triggers;
import dev.carillon.variable.Variables;
import dev.carillon.workflow.Assets;
import dev.carillon.workflow.Workflows;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Numbers the calls that the functions make of ports and providers, and lets one of them go wrong.
 * The provider's network is not the functions' own: what is lost or turned away there is an answer
 * of the provider's, not an exception.
 */
final class Faults implements Handlers.Building {
  private final UnaryOperator<Ports> twins;
  private final List<String> calls = new ArrayList<>();
  private Ports current;
  private Provider email;
  private Provider webhook;
  private Optional<Handlers> handlers = Optional.empty();
  private Optional<Engine> engine = Optional.empty();
  private Optional<Strike> strike = Optional.empty();

  /** The fault that is to happen at the call with that number, from 1. */
  record Strike(int at, Fault fault) {}

  /**
   * @param twins what to put in the place of the ports, to plant a bug in them
   */
  Faults(UnaryOperator<Ports> twins) {
    this.twins = twins;
  }

  /** From now on the calls of that engine's functions count, from 1. */
  void begin(Engine on, Optional<Strike> with) {
    engine = Optional.of(on);
    strike = with;
    calls.clear();
  }

  /** The calls made since {@link #begin}, as far as they were numbered. */
  List<String> calls() {
    return calls;
  }

  /** Whether the fault happened. */
  boolean struck() {
    return strike.isEmpty();
  }

  /** The same handlers for every engine, so that templates are compiled once. */
  @Override
  public Handlers on(Ports ports, Provider onEmail, Provider onWebhook) {
    current = twins.apply(ports);
    email = onEmail;
    webhook = onWebhook;
    if (handlers.isEmpty()) {
      Provider mails = around(Provider.class, () -> email);
      Provider posts = around(Provider.class, () -> webhook);
      handlers = Optional.of(Handlers.on(watched(), mails, posts));
    }
    return handlers.get();
  }

  private Ports watched() {
    return new Given(
        around(ApiKeys.class, () -> current.apiKeys()),
        around(Recipients.class, () -> current.recipients()),
        around(Channels.class, () -> current.channels()),
        around(Workflows.class, () -> current.workflows()),
        around(Assets.class, () -> current.assets()),
        around(Variables.class, () -> current.variables()),
        around(Triggers.class, () -> current.triggers()),
        around(Runs.class, () -> current.runs()),
        around(Messages.class, () -> current.messages()),
        around(Feeds.class, () -> current.feeds()),
        around(Schedules.class, () -> current.schedules()),
        around(Dues.class, () -> current.dues()),
        around(MinuteSchedules.class, () -> current.minuteSchedules()),
        around(Tasks.class, () -> current.tasks()),
        around(Subscriptions.class, () -> current.subscriptions()),
        around(Environments.class, () -> current.environments()),
        () -> current.clock().instant(),
        current.log());
  }

  /** Ports as given. */
  record Given(
      ApiKeys apiKeys,
      Recipients recipients,
      Channels channels,
      Workflows workflows,
      Assets assets,
      Variables variables,
      Triggers triggers,
      Runs runs,
      Messages messages,
      Feeds feeds,
      Schedules schedules,
      Dues dues,
      MinuteSchedules minuteSchedules,
      Tasks tasks,
      Subscriptions subscriptions,
      Environments environments,
      InstantSource clock,
      Log log)
      implements Ports {}

  private <T> T around(Class<T> port, Supplier<T> real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> call(port, real.get(), method, arguments)));
  }

  private Object call(Class<?> port, Object real, Method method, Object[] arguments)
      throws Throwable {
    if (engine.isEmpty() || method.getName().equals("patience")) {
      return through(real, method, arguments);
    }
    // A sweep reads 16 shards a minute, all empty but for the one that matters.
    boolean ahead = method.getName().equals("page") && port == Dues.class;
    if (ahead
        && through(real, method, arguments) instanceof Page<?> page
        && page.items().isEmpty()) {
      return page;
    }
    calls.add(port.getSimpleName() + "." + method.getName() + " in " + working());
    int number = calls.size();
    if (strike.filter(it -> it.at() == number).isEmpty()) {
      return through(real, method, arguments);
    }
    Fault fault = strike.get().fault();
    strike = Optional.empty();
    Optional<Engine> struck = engine;
    engine = Optional.empty();
    return strike(fault, struck.orElseThrow(), real, method, arguments);
  }

  private static Object strike(
      Fault fault, Engine engine, Object real, Method method, Object[] arguments) throws Throwable {
    boolean provider = real instanceof Provider;
    return switch (fault) {
      case CRASH_BEFORE -> throw new Killed();
      case CRASH_AFTER -> {
        through(real, method, arguments);
        throw new Killed();
      }
      case RESPONSE_LOST -> {
        through(real, method, arguments);
        if (provider) {
          yield new Provider.Said.Unknown("no_answer");
        }
        throw new IllegalStateException("The answer is lost");
      }
      case THROTTLED -> {
        if (provider) {
          yield new Provider.Said.Deferred(Optional.empty(), "throttled", Optional.empty());
        }
        throw new IllegalStateException("Turned away");
      }
      case DELIVERED_TWICE -> {
        engine.functions().repeatAfterwards();
        yield through(real, method, arguments);
      }
      case OVERTAKEN -> {
        engine.functions().overtake(engine.functions().current());
        yield through(real, method, arguments);
      }
      case HANGS -> {
        engine.hang();
        yield through(real, method, arguments);
      }
    };
  }

  private String working() {
    return switch (engine.orElseThrow().functions().current()) {
      case Invocation.OfCall(var call) -> call.method() + " " + call.path();
      case Invocation.OfTask(var queue, _) -> queue.name();
      case Invocation.OfCallback _ -> "CALLBACKS";
    };
  }

  private static Object through(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      method.setAccessible(true);
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
