package dev.carillon.functions.intake;

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
 * The function behind {@code POST /v1/workflows/{key}/trigger} and {@code …/cancel}, and their
 * older forms.
 */
public final class IntakeHandler implements RequestStreamHandler {
  private final Router router;

  /** As Lambda makes it. */
  public IntakeHandler() {
    this(Environment.ofProcess());
  }

  public IntakeHandler(Environment environment) {
    this(Stores.of(environment));
  }

  /** On these ports, as tests make it. */
  public IntakeHandler(Ports ports) {
    this.router = Router.on(IntakeRoutes.ALL, ports);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    router.handle(event, out);
  }
}
