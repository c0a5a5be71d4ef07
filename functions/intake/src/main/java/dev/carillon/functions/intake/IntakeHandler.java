package dev.carillon.functions.intake;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.access.DeploymentKeys;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.route.Router;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Ports;
import dev.carillon.runtime.Priming;
import dev.carillon.storage.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * The function behind {@code POST /v1/workflows/{key}/trigger} and {@code …/cancel}, and their
 * older forms, and behind the URLs of sources.
 */
public final class IntakeHandler implements RequestStreamHandler {
  private final Router router;
  private final EventsOverHttp events;
  private final DeploymentKeys keys;

  /** As Lambda makes it. */
  public IntakeHandler() {
    this(
        Priming.ofProcess(
            IntakeHandler::new,
            Priming.http(
                "POST", "/v1/workflows/priming/trigger", "{\"recipients\":[\"priming\"]}")));
  }

  public IntakeHandler(Environment environment) {
    this(Stores.of(environment));
  }

  /** On these ports, as tests make it. */
  public IntakeHandler(Ports ports) {
    this.router = Router.on(IntakeRoutes.ALL, ports);
    this.events = EventsOverHttp.on(ports);
    this.keys = ports.deploymentKeys();
  }

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    HttpRequest request = HttpRequest.of(event, keys);
    Optional<HttpResponse> answer = events.answer(request);
    if (answer.isPresent()) {
      answer.get().writeTo(out);
    } else {
      router.handle(request, out);
    }
  }
}
