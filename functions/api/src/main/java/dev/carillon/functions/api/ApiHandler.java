package dev.carillon.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.access.DeploymentKeys;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.route.Router;
import dev.carillon.functions.api.preferencecenter.HostedPage;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Ports;
import dev.carillon.runtime.Priming;
import dev.carillon.storage.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The function behind every path that no other function answers; {@link ApiRoutes} lists what it
 * answers. Pages for people, whom a link lets in rather than a key, are answered before.
 */
public final class ApiHandler implements RequestStreamHandler {
  private final Router router;
  private final HostedPage page;
  private final DeploymentKeys keys;

  /** As Lambda makes it. */
  public ApiHandler() {
    this(
        Priming.ofProcess(
            ApiHandler::new,
            Priming.http("GET", "/v1/messages", ""),
            there -> Router.on(ApiRoutes.ALL, Stores.of(there)).complete()));
  }

  public ApiHandler(Environment environment) {
    this(Stores.of(environment));
  }

  /** On these ports, as tests make it. */
  public ApiHandler(Ports ports) {
    this.router = Router.on(ApiRoutes.ALL, ports);
    this.page = HostedPage.on(ports);
    this.keys = ports.deploymentKeys();
  }

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    var request = HttpRequest.of(event, keys);
    var shown = page.answer(request);
    if (shown.isPresent()) {
      shown.get().writeTo(out);
    } else {
      router.handle(request, out);
    }
  }
}
