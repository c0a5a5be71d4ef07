package dev.carillon.functions.fanout;

import dev.carillon.event.Listeners;
import dev.carillon.event.PublishEvents;
import dev.carillon.event.WaitingRuns;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.recipient.Recipients;
import dev.carillon.subscription.Subscriptions;
import dev.carillon.task.Tasks;
import dev.carillon.trigger.FanoutPages;
import dev.carillon.trigger.Triggers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/** Counts the calls of ports, and dies at one of them, once. */
final class Interrupted {

  /** Where at the call. */
  enum When {
    BEFORE,
    AFTER,
    /** When half of the tasks are sent; before any other call. */
    HALFWAY
  }

  static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1;

    Death() {
      super("killed");
    }
  }

  private final int at;
  private final When when;
  private int calls;

  Interrupted(int at, When when) {
    this.at = at;
    this.when = when;
  }

  int calls() {
    return calls;
  }

  StartRuns on(InMemoryPorts ports) {
    var triggers = around(Triggers.class, ports.triggers());
    var tasks = around(Tasks.class, ports.tasks());
    var subscribers =
        new ReachSubscribers(
            triggers,
            around(Subscriptions.class, ports.subscriptions()),
            around(FanoutPages.class, ports.fanoutPages()),
            tasks,
            ports.log());
    return new StartRuns(
        triggers,
        around(Recipients.class, ports.recipients()),
        subscribers,
        tasks,
        new PublishEvents(
            List.of(new WaitingRuns(around(Listeners.class, ports.listeners()))), tasks),
        ports.clock(),
        ports.log());
  }

  private <T> T around(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              if (++calls != at) {
                return through(real, method, arguments);
              }
              switch (when) {
                case BEFORE -> {}
                case AFTER -> through(real, method, arguments);
                case HALFWAY -> {
                  if (real instanceof Tasks tasks
                      && arguments[0] instanceof List<?> all
                      && !all.isEmpty()) {
                    tasks.send(
                        all.subList(all.size() / 2, all.size()).stream()
                            .map(Tasks.Sending.class::cast)
                            .toList());
                  }
                }
              }
              throw new Death();
            }));
  }

  private static Object through(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
