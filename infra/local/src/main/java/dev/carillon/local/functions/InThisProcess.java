package dev.carillon.local.functions;

import dev.carillon.local.template.StackTemplate;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** All functions in the stack's own process, each behind a class loader of its own. */
public final class InThisProcess implements FunctionHost.Kind {
  private final InstantSource clock;
  private final Optional<Function<URI, HttpURLConnection>> connections;
  private final Libraries libraries = new Libraries();
  private final List<InProcessFunction> functions = new CopyOnWriteArrayList<>();
  // Platform threads: a handler that computes without end must not take a carrier from the others.
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("invocation-", 1).factory());

  /**
   * @param clock what functions take for the time
   * @param connections what opens their connections to AWS; empty: over the network
   */
  public InThisProcess(
      InstantSource clock, Optional<Function<URI, HttpURLConnection>> connections) {
    this.clock = clock;
    this.connections = connections;
  }

  /** Functions that reach AWS over the network. */
  public InThisProcess(InstantSource clock) {
    this(clock, Optional.empty());
  }

  @Override
  public FunctionHost host(StackTemplate.Function function, Map<String, String> variables) {
    libraries.add(function.archive());
    var made = new InProcessFunction(function, variables, clock, connections, libraries, threads);
    functions.add(made);
    return made;
  }

  @Override
  public void close() throws IOException {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    for (var function : functions) {
      function.close();
    }
    libraries.close();
  }
}
