package dev.carillon.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.edge.Routes;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Ports;
import dev.carillon.storage.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The function behind users, messages, runs, schedules and the status of workflows, and behind
 * every path that no route takes.
 */
public final class ApiHandler implements RequestStreamHandler {
  private final Routes routes;

  /** Lambda's door. */
  public ApiHandler() {
    this(Environment.ofProcess());
  }

  public ApiHandler(Environment environment) {
    this(Stores.of(environment));
  }

  /** The tests' door. */
  public ApiHandler(Ports ports) {
    this.routes = new ApiWiring(ports).routes();
  }

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    routes.handle(event, out);
  }
}
