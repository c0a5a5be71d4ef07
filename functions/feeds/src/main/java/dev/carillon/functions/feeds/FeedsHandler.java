package dev.carillon.functions.feeds;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.edge.route.Router;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Ports;
import dev.carillon.runtime.Priming;
import dev.carillon.storage.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The function behind {@code GET /v1/users/{id}/feeds/{channel}} and its settings. */
public final class FeedsHandler implements RequestStreamHandler {
  private final Router router;

  /** As Lambda makes it. */
  public FeedsHandler() {
    this(
        Priming.ofProcess(
            FeedsHandler::new,
            Priming.http(
                "GET", "/v1/users/priming/feeds/00000000-0000-0000-0000-000000000000", "")));
  }

  public FeedsHandler(Environment environment) {
    this(Stores.of(environment));
  }

  /** On these ports, as tests make it. */
  public FeedsHandler(Ports ports) {
    this.router = Router.on(FeedsRoutes.ALL, ports);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    router.handle(event, out);
  }
}
