package dev.carillon.testing.calls;

import dev.carillon.fetch.SendFetch;
import dev.carillon.functions.delivery.AskStatus;
import dev.carillon.functions.delivery.SendMessage;
import dev.carillon.functions.webhooks.SendWebhook;
import dev.carillon.runtime.Ports;
import dev.carillon.testing.engine.EngineEnvironment;
import dev.carillon.testing.engine.Handlers;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The same handlers for one engine after the other, so that templates are compiled once, on ports
 * that are exchanged behind them. Every call of a port or provider passes somebody who may do with
 * it what they like.
 */
public final class WarmHandlers implements Handlers.Building {
  /** What says something without asking anybody. */
  private static final Set<String> AT_NO_COST = Set.of("patience", "wanted");

  private final UnaryOperator<Ports> twins;
  private final Passing passing;
  private final Map<String, Object> standIns = new ConcurrentHashMap<>();
  private volatile Ports current;
  private volatile EngineEnvironment around;
  private Optional<Handlers> handlers = Optional.empty();

  /** What becomes of the functions' calls. */
  @FunctionalInterface
  public interface Passing {
    /** Answers the call, best by {@link PortCall#make}. */
    Object pass(PortCall call) throws Throwable;

    /** What the caller takes for now. */
    default Instant now(InstantSource clock) {
      return clock.instant();
    }
  }

  /**
   * @param twins what to put in the place of the ports, to plant a bug in them
   */
  public WarmHandlers(UnaryOperator<Ports> twins, Passing passing) {
    this.twins = twins;
    this.passing = passing;
  }

  @Override
  public Handlers on(Ports ports, EngineEnvironment surroundings) {
    current = twins.apply(ports);
    around = surroundings;
    if (handlers.isEmpty()) {
      handlers =
          Optional.of(
              Handlers.on(
                  watched(),
                  new EngineEnvironment(
                      standIn(SendMessage.class, () -> around.email()),
                      standIn(SendMessage.class, () -> around.webhook()),
                      standIn(AskStatus.class, () -> around.statuses()),
                      standIn(SendFetch.class, () -> around.outside()),
                      standIn(SendWebhook.class, () -> around.endpoints()))));
    }
    return handlers.get();
  }

  /** For each port that functions may ask for, one that asks who has its place now. */
  private Ports watched() {
    InvocationHandler asking =
        (_, method, _) -> standIns.computeIfAbsent(method.getName(), _ -> standIn(method));
    return (Ports)
        Proxy.newProxyInstance(Ports.class.getClassLoader(), new Class<?>[] {Ports.class}, asking);
  }

  private Object standIn(Method accessor) {
    Class<?> port = accessor.getReturnType();
    if (port == InstantSource.class) {
      return (InstantSource) () -> passing.now(current.clock());
    }
    if (!port.isInterface()) {
      // A value that stays the same, or what is written to and never read.
      return placed(accessor);
    }
    return standIn(port, () -> placed(accessor));
  }

  private Object placed(Method accessor) {
    try {
      return accessor.invoke(current);
    } catch (InvocationTargetException | IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private <T> T standIn(Class<T> port, Supplier<?> real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              var call = new PortCall(port, real.get(), method, arguments);
              return AT_NO_COST.contains(method.getName()) ? call.make() : passing.pass(call);
            }));
  }
}
