package dev.carillon.local.faults;

import dev.carillon.provider.Provider;
import dev.carillon.provider.Providers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Faults that wait for their calls. Safe for many threads. */
public final class InjectedFaults {
  private static final int MAX_TIMES = 1_000_000;

  private record Waiting(InjectedFault fault, int times) {}

  private final Map<String, Deque<Waiting>> byTarget = new TreeMap<>();

  public InjectedFaults() {
    Stream.concat(
            Stream.of("ses", "webhook", "dynamodb", "sqs", "scheduler", "execute-api"),
            Providers.all().stream().map(Provider::key))
        .forEach(target -> byTarget.put(target, new ArrayDeque<>()));
  }

  /**
   * The next {@code times} calls to {@code target} fail so. Calls wait in line behind faults added
   * earlier for the same target.
   *
   * @param target ses, webhook, dynamodb, sqs, scheduler, execute-api or the key of a provider
   * @param kind {@code status:NNN} (400 to 599), {@code timeout}, {@code lost-response} or {@code
   *     throttle}
   * @param times at least 1
   * @throws IllegalArgumentException with a sentence for the caller
   */
  public synchronized void add(String target, String kind, int times) {
    if (!byTarget.containsKey(target)) {
      throw new IllegalArgumentException(
          "target must be one of " + String.join(", ", byTarget.keySet()) + ".");
    }
    if (times < 1 || times > MAX_TIMES) {
      throw new IllegalArgumentException("times must be at least 1 and at most " + MAX_TIMES + ".");
    }
    byTarget.get(target).add(new Waiting(InjectedFault.parse(kind), times));
  }

  /** The fault that this call meets; it is used up. Empty, too, for a target that has none. */
  public synchronized Optional<InjectedFault> take(String target) {
    var line = byTarget.getOrDefault(target, new ArrayDeque<>());
    var next = Optional.ofNullable(line.poll());
    next.filter(waiting -> waiting.times() > 1)
        .ifPresent(waiting -> line.addFirst(new Waiting(waiting.fault(), waiting.times() - 1)));
    return next.map(Waiting::fault);
  }

  /** Forgets all faults that have not been met. */
  public synchronized void clear() {
    byTarget.values().forEach(Deque::clear);
  }
}
