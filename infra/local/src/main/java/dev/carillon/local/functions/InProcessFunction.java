package dev.carillon.local.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.local.template.StackTemplate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * One function: its classes, loaded at the first use, and its handler, made once and then used by
 * all invocations, several at a time.
 */
final class InProcessFunction implements FunctionHost, AutoCloseable {
  private static final String ENVIRONMENT = "dev.carillon.runtime.Environment";

  private final StackTemplate.Function function;
  private final Map<String, String> variables;
  private final InstantSource clock;
  private final Optional<Function<URI, HttpURLConnection>> connections;
  private final Libraries libraries;
  private final ExecutorService threads;
  private final Object starting = new Object();
  private volatile Optional<Started> started = Optional.empty();

  private record Started(FunctionLoader loader, RequestStreamHandler handler) {}

  InProcessFunction(
      StackTemplate.Function function,
      Map<String, String> variables,
      InstantSource clock,
      Optional<Function<URI, HttpURLConnection>> connections,
      Libraries libraries,
      ExecutorService threads) {
    this.threads = threads;
    this.function = function;
    this.variables = variables;
    this.clock = clock;
    this.connections = connections;
    this.libraries = libraries;
  }

  @Override
  public StackTemplate.Function function() {
    return function;
  }

  @Override
  public void start() throws Exception {
    handler();
  }

  @Override
  public InvocationResult invoke(Invocation invocation, Runnable ended) {
    Future<byte[]> running;
    try {
      // Loading is outside the timeout, as a cold start is outside Lambda's.
      threads.submit(this::handler).get();
      running =
          threads.submit(
              () -> {
                try {
                  return handle(
                      invocation.event(),
                      LocalContext.starting(
                          function.name(),
                          invocation.arn(),
                          function.memoryMegabytes(),
                          invocation.requestId(),
                          function.timeout()));
                } finally {
                  ended.run();
                }
              });
    } catch (ExecutionException e) {
      ended.run();
      return failed(e.getCause());
    } catch (InterruptedException | RejectedExecutionException _) {
      ended.run();
      return InvocationResult.Failed.stopping();
    }
    try {
      return InvocationResult.of(running.get(function.timeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException _) {
      running.cancel(true);
      return timedOut(invocation);
    } catch (ExecutionException e) {
      return failed(e.getCause());
    } catch (InterruptedException _) {
      running.cancel(true);
      Thread.currentThread().interrupt();
      return InvocationResult.Failed.stopping();
    }
  }

  private InvocationResult failed(Throwable problem) {
    LocalFunctions.log(function.verb(), problem);
    return new InvocationResult.Failed(
        problem.getClass().getName(), String.valueOf(problem.getMessage()));
  }

  private byte[] handle(byte[] event, Context context) throws Exception {
    var current = handler();
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    // Libraries look for their parts through the thread's class loader.
    thread.setContextClassLoader(current.loader());
    try {
      var answer = new ByteArrayOutputStream();
      current.handler().handleRequest(new ByteArrayInputStream(event), answer, context);
      return answer.toByteArray();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Started handler() throws Exception {
    var current = started;
    if (current.isPresent()) {
      return current.get();
    }
    synchronized (starting) {
      if (started.isEmpty()) {
        started = Optional.of(load());
      }
      return started.orElseThrow();
    }
  }

  private Started load() throws Exception {
    var loader = new FunctionLoader(function.archive(), libraries);
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      // The function's own Environment: another class than ours would be, by the same name.
      var environmentType = Class.forName(ENVIRONMENT, true, loader);
      var environment =
          environmentType
              .getConstructor(Map.class, InstantSource.class, Optional.class)
              .newInstance(variables, clock, connections);
      var handler =
          Class.forName(function.handler(), true, loader)
              .getConstructor(environmentType)
              .newInstance(environment);
      if (handler instanceof RequestStreamHandler stream) {
        return new Started(loader, stream);
      }
      throw new IllegalStateException(function.handler() + " is not a RequestStreamHandler");
    } catch (InvocationTargetException e) {
      loader.close();
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      loader.close();
      throw e;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public void close() throws IOException {
    var current = started;
    if (current.isPresent()) {
      current.get().loader().close();
    }
  }
}
