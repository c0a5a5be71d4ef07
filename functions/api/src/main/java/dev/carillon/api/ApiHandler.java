package dev.carillon.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.edge.Routes;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Log;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;

/** Users, messages and runs over HTTP; and an answer to whatever no route takes. */
public final class ApiHandler implements RequestStreamHandler {
  private final Routes routes;

  /** Lambda's door. */
  public ApiHandler() {
    this(Environment.ofProcess());
  }

  public ApiHandler(Environment environment) {
    this(Wiring.ports(environment), environment.clock(), Log.of(environment));
  }

  /** The tests' door. */
  ApiHandler(Ports ports, InstantSource clock, Log log) {
    this.routes = ports.routes(clock, log);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream response, Context context)
      throws IOException {
    routes.handle(event, response);
  }
}
