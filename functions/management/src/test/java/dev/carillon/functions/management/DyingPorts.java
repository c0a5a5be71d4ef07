package dev.carillon.functions.management;

import dev.carillon.runtime.Ports;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/** Stands between the function and its ports, and lets the process die at one of its calls. */
final class DyingPorts {
  private static final String PACKAGE = "dev.carillon.";

  private final AtomicInteger calls = new AtomicInteger();

  /** The process is gone; nothing catches this. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** How many calls were made. */
  int calls() {
    return calls.get();
  }

  /** Ports whose calls are counted; the one that {@code dies} chooses, from 0, is the last. */
  Ports of(Ports real, IntPredicate dies, boolean afterwards) {
    return around(
        Ports.class,
        real,
        (name, call) -> {
          boolean last = dies.test(calls.getAndIncrement());
          if (last && !afterwards) {
            throw new Killed();
          }
          Object answer = call.make();
          if (last) {
            throw new Killed();
          }
          return answer;
        });
  }

  /** Ports at whose first call of that name something else happens before. */
  static Ports interrupted(Ports real, String name, Runnable before) {
    var first = new AtomicInteger();
    return around(
        Ports.class,
        real,
        (called, call) -> {
          if (called.equals(name) && first.getAndIncrement() == 0) {
            before.run();
          }
          return call.make();
        });
  }

  /** Ports at whose call of that number, from 0, something else happens before. */
  static Ports interruptedAt(Ports real, int number, Runnable before) {
    var made = new AtomicInteger();
    return around(
        Ports.class,
        real,
        (_, call) -> {
          if (made.getAndIncrement() == number) {
            before.run();
          }
          return call.make();
        });
  }

  private interface Call {
    Object make() throws Throwable;
  }

  private interface Between {
    Object answer(String name, Call call) throws Throwable;
  }

  /** Ports hand out ports, whose calls are those that count. */
  private static <T> T around(Class<T> type, Object real, Between between) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              Call call =
                  () -> {
                    try {
                      return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  };
              if (type != Ports.class) {
                return between.answer(method.getName(), call);
              }
              Object port = call.make();
              Class<?> of = method.getReturnType();
              return of.isInterface() && of.getName().startsWith(PACKAGE)
                  ? around(of, port, between)
                  : port;
            }));
  }
}
