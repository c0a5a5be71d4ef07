package dev.carillon.local.sandbox;

import dev.carillon.local.functions.FunctionHost;
import dev.carillon.local.functions.InvocationResult;
import dev.carillon.local.template.StackTemplate;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** One function that runs in sandboxes. */
public final class SandboxedFunction implements FunctionHost {
  /** Making a snapshot may take Lambda a quarter of an hour; on a laptop all begin at once. */
  private static final Duration TO_BEGIN = Duration.ofMinutes(2);

  private final Sandboxes sandboxes;
  private final SandboxCommand command;

  SandboxedFunction(Sandboxes sandboxes, SandboxCommand command) {
    this.sandboxes = sandboxes;
    this.command = command;
  }

  @Override
  public StackTemplate.Function function() {
    return command.function();
  }

  /** Nothing: a sandbox is started by the event that needs it. */
  @Override
  public void start() {}

  @Override
  public InvocationResult invoke(Invocation invocation, Runnable ended) {
    try {
      return run(Optional.of(invocation));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return InvocationResult.Failed.stopping();
    } catch (IOException e) {
      return new InvocationResult.Failed("Sandbox.Unstarted", String.valueOf(e.getMessage()));
    } finally {
      // Also after a timeout: what did not end was killed.
      ended.run();
    }
  }

  /**
   * Starts one ahead of its first event; it is idle afterwards.
   *
   * @return what kept the handler from being made; else empty
   */
  public Optional<InvocationResult> begin() throws IOException, InterruptedException {
    return switch (run(Optional.empty())) {
      case InvocationResult.Returned _ -> Optional.empty();
      case InvocationResult.Failed failed -> Optional.of(failed);
      case InvocationResult.TimedOut late -> Optional.of(late);
      case InvocationResult.EventTooLarge large -> Optional.of(large);
    };
  }

  private InvocationResult run(Optional<Invocation> invocation)
      throws IOException, InterruptedException {
    var verb = function().verb();
    var sandbox = sandboxes.take(verb);
    var usable = false;
    try {
      if (sandbox.isEmpty()) {
        sandbox = Optional.of(command.start());
        sandboxes.started(sandbox.get());
        var problem = sandbox.get().notReady(TO_BEGIN);
        if (problem.isPresent()) {
          return problem.get();
        }
      }
      if (invocation.isEmpty()) {
        usable = true;
        return new InvocationResult.Returned(new byte[0]);
      }
      var result = sandbox.get().invoke(invocation.get(), function().timeout());
      // An exception of the handler leaves it as usable as in Lambda.
      usable = sandbox.get().isAlive() && !(result instanceof InvocationResult.TimedOut);
      return result instanceof InvocationResult.TimedOut ? timedOut(invocation.get()) : result;
    } finally {
      if (usable) {
        sandboxes.giveBack(sandbox.orElseThrow());
      } else {
        sandboxes.retired(verb, sandbox);
      }
    }
  }
}
