package dev.carillon.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.edge.route.Router;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Ports;
import dev.carillon.storage.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The function behind every path that no other function answers; {@link ApiRoutes} lists what it
 * answers.
 */
public final class ApiHandler implements RequestStreamHandler {
  private final Router router;

  /** As Lambda makes it. */
  public ApiHandler() {
    this(Environment.ofProcess());
  }

  public ApiHandler(Environment environment) {
    this(Stores.of(environment));
  }

  /** On these ports, as tests make it. */
  public ApiHandler(Ports ports) {
    this.router = Router.on(ApiRoutes.ALL, ports);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    router.handle(event, out);
  }
}
