package dev.carillon.feeds;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.edge.Routes;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Log;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;

/** In-app feeds over HTTP, for browsers and apps. */
public final class FeedsHandler implements RequestStreamHandler {
  private final Routes routes;

  /** Lambda's door. */
  public FeedsHandler() {
    this(Environment.ofProcess());
  }

  public FeedsHandler(Environment environment) {
    this(Wiring.ports(environment), environment.clock(), Log.of(environment));
  }

  /** The tests' door. */
  FeedsHandler(Ports ports, InstantSource clock, Log log) {
    this.routes = ports.routes(clock, log);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream response, Context context)
      throws IOException {
    routes.handle(event, response);
  }
}
