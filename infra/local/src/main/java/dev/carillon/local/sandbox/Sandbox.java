package dev.carillon.local.sandbox;

import dev.carillon.local.functions.FunctionHost.Invocation;
import dev.carillon.local.functions.InvocationResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One execution environment: a process that works off one event at a time, until it is retired. Not
 * for several threads at once.
 */
final class Sandbox implements AutoCloseable {
  private final String verb;
  private final RuntimeApi api;
  private final Process process;
  private final boolean asked;

  private Sandbox(String verb, RuntimeApi api, Process process, boolean asked) {
    this.asked = asked;
    this.verb = verb;
    this.api = api;
    this.process = process;
  }

  /** Starts the process; its output goes to the log of the stack. */
  static Sandbox start(String verb, RuntimeApi api, ProcessBuilder command, boolean asked)
      throws IOException {
    var process = command.redirectErrorStream(true).start();
    Thread.ofVirtual().name("log-" + verb).start(() -> log(process));
    process
        .onExit()
        .thenAccept(
            ended ->
                api.ended(
                    new InvocationResult.Failed(
                        "Runtime.ExitError",
                        "Runtime exited with error: exit status " + ended.exitValue())));
    return new Sandbox(verb, api, process, asked);
  }

  private static void log(Process process) {
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(System.out::println);
    } catch (IOException | RuntimeException e) {
      System.out.println("log: " + e);
    }
  }

  String verb() {
    return verb;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What the process has taken of processors so far; zero where the system does not say. */
  Duration processorTime() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Waits until the handler is made; what kept it from being made, else empty. */
  Optional<InvocationResult> notReady(Duration within) throws InterruptedException {
    return switch (awaited(api.ready(), within)) {
      case InvocationResult.Returned _ -> Optional.empty();
      case InvocationResult.TimedOut _ ->
          Optional.of(
              new InvocationResult.Failed(
                  "Sandbox.Timedout", "The handler was not made in " + within.toSeconds() + " s"));
      case InvocationResult.Failed failed -> Optional.of(failed);
      case InvocationResult.EventTooLarge tooLarge -> Optional.of(tooLarge);
    };
  }

  /** The answer, or {@code TimedOut} when it did not come in time. */
  InvocationResult invoke(Invocation invocation, Duration timeout) throws InterruptedException {
    var answer = api.give(invocation);
    if (!process.isAlive()) {
      // It may have ended before it could be told.
      api.ended(new InvocationResult.Failed("Runtime.ExitError", "The runtime has ended"));
    }
    return awaited(answer, timeout);
  }

  private static InvocationResult awaited(
      CompletableFuture<InvocationResult> answer, Duration within) throws InterruptedException {
    try {
      return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      return new InvocationResult.TimedOut("");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Retires it, whatever it is doing. On return nothing of it runs. Calling it twice is safe. */
  @Override
  public void close() {
    if (asked) {
      // Not by the process itself, which would close its output while it is still writing.
      process.toHandle().destroy();
    } else {
      process.destroyForcibly();
    }
    try {
      process.waitFor();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    api.close();
  }
}
