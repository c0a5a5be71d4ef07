package dev.carillon.local.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.local.template.StackTemplate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * One function: its classes, loaded at the first use, and its handler, made once and then used by
 * all invocations, several at a time.
 */
final class LocalFunction implements AutoCloseable {
  private static final String ENVIRONMENT = "dev.carillon.runtime.Environment";

  private final StackTemplate.Function function;
  private final Map<String, String> variables;
  private final InstantSource clock;
  private final Object starting = new Object();
  private volatile Optional<Started> started = Optional.empty();

  private record Started(FunctionLoader loader, RequestStreamHandler handler) {}

  LocalFunction(
      StackTemplate.Function function, Map<String, String> variables, InstantSource clock) {
    this.function = function;
    this.variables = Map.copyOf(variables);
    this.clock = clock;
  }

  StackTemplate.Function function() {
    return function;
  }

  /** Makes the handler unless it is there. What its constructor throws is passed on. */
  RequestStreamHandler start() throws Exception {
    return handler().handler();
  }

  byte[] handle(byte[] event, Context context) throws Exception {
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
    var loader = new FunctionLoader(function.archive());
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      // The function's own Environment: another class than ours would be, by the same name.
      var environmentType = Class.forName(ENVIRONMENT, true, loader);
      var environment =
          environmentType
              .getConstructor(Map.class, InstantSource.class)
              .newInstance(variables, clock);
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
