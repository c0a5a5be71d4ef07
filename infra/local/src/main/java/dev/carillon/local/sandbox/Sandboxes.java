package dev.carillon.local.sandbox;

import dev.carillon.local.clock.StackClock;
import dev.carillon.local.functions.FunctionHost;
import dev.carillon.local.template.StackTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Every function in processes of its own, started, used again and retired as Lambda does with
 * execution environments: one event at a time in each, the one that was used last first, a new one
 * when none is free. What Lambda has no bound for and a laptop does is how many there are: the one
 * that was idle for longest makes room, and an event waits while all are at work.
 */
public final class Sandboxes implements FunctionHost.Kind {
  /** Of one function at once: two show what two environments do to each other. */
  static final int OF_ONE_FUNCTION = 2;

  private final int limit;
  private final SandboxJvm jvm;
  private final Path folder;
  // Idle ones, the one used last at the end.
  private final Deque<Sandbox> idle = new ArrayDeque<>();
  private final Set<Sandbox> working = new HashSet<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private boolean closed;

  private Sandboxes(int limit, SandboxJvm jvm, Path folder) {
    this.limit = limit;
    this.jvm = jvm;
    this.folder = folder;
  }

  /**
   * @param clock what functions take for the time
   * @param limit how many processes there are at most, about 100 MB each
   * @throws UnsupportedOperationException where AWS's runtime client does not run
   */
  public static Sandboxes over(StackClock clock, int limit) {
    return over(clock, limit, SandboxJvm.MANAGED);
  }

  /** The same, with JVMs that are started otherwise. */
  public static Sandboxes over(StackClock clock, int limit, SandboxJvm jvm) {
    var system = System.getProperty("os.name");
    if (!system.toLowerCase(Locale.ROOT).startsWith("linux")) {
      throw new UnsupportedOperationException(
          "Isolated functions run on AWS's runtime client, which needs Linux; this is "
              + system
              + ".");
    }
    try {
      var folder = Files.createTempDirectory("carillon-sandboxes");
      clock.shareIn(clockIn(folder));
      return new Sandboxes(limit, jvm, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path clockIn(Path folder) {
    return folder.resolve("clock");
  }

  @Override
  public SandboxedFunction host(StackTemplate.Function function, Map<String, String> variables) {
    return new SandboxedFunction(
        this, new SandboxCommand(function, variables, folder, clockIn(folder), jvm));
  }

  /**
   * One that is idle, or the permission to start another: empty. Waits until there is either; each
   * needs one {@link #giveBack} or {@link #retired}.
   */
  synchronized Optional<Sandbox> take(String verb) throws InterruptedException {
    while (!closed) {
      var free = removeIdle(sandbox -> sandbox.verb().equals(verb));
      if (free.isPresent()) {
        working.add(free.get());
        return free;
      }
      if (counts.getOrDefault(verb, 0) < OF_ONE_FUNCTION) {
        if (total() < limit) {
          counts.merge(verb, 1, Integer::sum);
          return Optional.empty();
        }
        var oldest = Optional.ofNullable(idle.peekFirst());
        if (oldest.isPresent()) {
          idle.remove(oldest.get());
          retire(oldest.get());
          continue;
        }
      }
      wait();
    }
    throw new InterruptedException();
  }

  private int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The one used last; one that has died meanwhile is cleared away. */
  private Optional<Sandbox> removeIdle(Predicate<Sandbox> wanted) {
    for (var each = idle.descendingIterator(); each.hasNext(); ) {
      var sandbox = each.next();
      if (wanted.test(sandbox)) {
        each.remove();
        if (sandbox.isAlive()) {
          return Optional.of(sandbox);
        }
        retire(sandbox);
      }
    }
    return Optional.empty();
  }

  private void retire(Sandbox sandbox) {
    counts.merge(sandbox.verb(), -1, Integer::sum);
    sandbox.close();
  }

  /** A new one is at work. */
  synchronized void started(Sandbox sandbox) {
    working.add(sandbox);
  }

  /** It is idle now. */
  synchronized void giveBack(Sandbox sandbox) {
    working.remove(sandbox);
    if (closed) {
      retire(sandbox);
    } else {
      idle.addLast(sandbox);
    }
    notifyAll();
  }

  /** It is not used again; empty when it never came to be. */
  synchronized void retired(String verb, Optional<Sandbox> sandbox) {
    counts.merge(verb, -1, Integer::sum);
    sandbox.ifPresent(
        it -> {
          working.remove(it);
          it.close();
        });
    notifyAll();
  }

  /** What all processes that there are have taken of processors so far. */
  public synchronized Duration processorTime() {
    return Stream.concat(idle.stream(), working.stream())
        .map(Sandbox::processorTime)
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Ends all processes at once. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    notifyAll();
    idle.forEach(Sandbox::close);
    idle.clear();
    working.forEach(Sandbox::close);
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
