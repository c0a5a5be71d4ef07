package dev.carillon.bench.cold;

import dev.carillon.local.clock.StackClock;
import dev.carillon.local.functions.FunctionHost;
import dev.carillon.local.functions.InvocationResult;
import dev.carillon.local.functions.LocalFunctions;
import dev.carillon.local.functions.StackActivity;
import dev.carillon.local.iam.AccessControl;
import dev.carillon.local.sandbox.SandboxedFunction;
import dev.carillon.local.sandbox.Sandboxes;
import dev.carillon.local.template.StackTemplate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Starts one function in a process of its own, beside a stack whose AWS it calls. */
final class ColdFunction {
  private final StackTemplate.Function function;
  private final URI aws;
  private final URI base;

  ColdFunction(StackTemplate.Function function, URI aws, URI base) {
    this.function = function;
    this.aws = aws;
    this.base = base;
  }

  /** The bare handler in this function's place. */
  ColdFunction bare(Path jar, Path calls) {
    var variables = new HashMap<String, String>(function.variables());
    variables.put("BARE_CALLS", calls.toString());
    return new ColdFunction(
        new StackTemplate.Function(
            function.name(),
            BareJar.HANDLER,
            jar,
            variables,
            function.timeout(),
            function.memoryMegabytes(),
            function.logGroup(),
            false,
            false),
        aws,
        base);
  }

  private StackTemplate.Function started(boolean snapStart) {
    return new StackTemplate.Function(
        function.name(),
        function.handler(),
        function.archive(),
        function.variables(),
        function.timeout(),
        function.memoryMegabytes(),
        function.logGroup(),
        snapStart,
        function.traced());
  }

  /**
   * How many milliseconds it took.
   *
   * @throws IllegalStateException when the function failed
   */
  double millis(Start start, byte[] event) throws IOException, InterruptedException {
    return taken(start, event).millis();
  }

  /** What it took to the first answer. */
  Taken taken(Start start, byte[] event) throws IOException, InterruptedException {
    return taken(start, event, 0, () -> {});
  }

  /**
   * What a start took.
   *
   * @param millis until the first answer
   * @param processor of the process until then
   * @param more of the process for the answers after it
   */
  record Taken(double millis, Duration processor, Duration more) {}

  /**
   * As {@link #millis}, with the same event again afterwards.
   *
   * @param again how often
   * @param answered told of the first answer
   */
  Taken taken(Start start, byte[] event, int again, Runnable answered)
      throws IOException, InterruptedException {
    var host = new AtomicReference<SandboxedFunction>();
    var sandboxes = Sandboxes.over(StackClock.open(Optional.empty()), 1, start.jvm());
    FunctionHost.Kind kind =
        new FunctionHost.Kind() {
          @Override
          public FunctionHost host(StackTemplate.Function it, Map<String, String> variables) {
            host.set(sandboxes.host(it, variables));
            return host.get();
          }

          @Override
          public void close() throws IOException {
            sandboxes.close();
          }
        };
    var surroundings =
        new LocalFunctions.Surroundings(
            aws,
            Map.of(
                "CARILLON_ALLOWED_HOSTS", base.getAuthority(),
                "PUBLIC_URL", base.toString(),
                "CARILLON_EGRESS_GATEWAY", aws.toString()),
            AccessControl.unrestricted());
    StackTemplate.Function it = started(start instanceof Start.Restored);
    try (var functions =
        new LocalFunctions(List.of(it), surroundings, kind, new StackActivity(), (_, _, _) -> {})) {
      boolean ahead = start instanceof Start.Begun || start instanceof Start.Restored;
      if (ahead) {
        var problem = host.get().begin();
        if (problem.isPresent()) {
          throw new IllegalStateException(it.verb() + " did not begin: " + problem.get());
        }
      }
      long from = System.nanoTime();
      invoke(functions, it, event);
      double took = (System.nanoTime() - from) / 1e6;
      Duration first = sandboxes.processorTime();
      answered.run();
      for (int i = 0; i < again; i++) {
        invoke(functions, it, event);
      }
      return new Taken(took, first, sandboxes.processorTime().minus(first));
    }
  }

  private static void invoke(LocalFunctions functions, StackTemplate.Function it, byte[] event) {
    InvocationResult result = functions.invoke(it.verb(), event);
    if (!(result instanceof InvocationResult.Returned)) {
      throw new IllegalStateException(it.verb() + " answered " + result);
    }
  }
}
