package dev.carillon.functions.management;

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

/**
 * The function behind the management API: what a team does to its content, by Knock's command line
 * or its own programs; {@link ManagementRoutes} lists what it answers.
 */
public final class ManagementHandler implements RequestStreamHandler {
  private final Router router;

  /** As Lambda makes it. */
  public ManagementHandler() {
    this(
        Priming.ofProcess(
            ManagementHandler::new,
            Priming.http("GET", "/v1/workflows", ""),
            there -> Router.on(ManagementRoutes.ALL, Stores.of(there)).complete()));
  }

  public ManagementHandler(Environment environment) {
    this(Stores.of(environment));
  }

  /** On these ports, as tests make it. */
  public ManagementHandler(Ports ports) {
    this.router = Router.on(ManagementRoutes.ALL, ports);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    router.handle(event, out);
  }
}
