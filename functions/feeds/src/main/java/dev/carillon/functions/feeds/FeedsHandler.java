package dev.carillon.functions.feeds;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.edge.Routes;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Ports;
import dev.carillon.storage.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The function behind {@code GET /v1/users/{id}/feeds/{channel}}. */
public final class FeedsHandler implements RequestStreamHandler {
  private final Routes routes;

  /** Lambda's door. */
  public FeedsHandler() {
    this(Environment.ofProcess());
  }

  public FeedsHandler(Environment environment) {
    this(Stores.of(environment));
  }

  /** The tests' door. */
  public FeedsHandler(Ports ports) {
    this.routes = new FeedsWiring(ports).routes();
  }

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    routes.handle(event, out);
  }
}
