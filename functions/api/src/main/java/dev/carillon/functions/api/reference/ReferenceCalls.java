package dev.carillon.functions.api.reference;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.route.Operation;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.text.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/**
 * {@code GET /v1/openapi}: the document that {@link dev.carillon.edge.route.OpenApi} makes of the
 * routes of all functions. It is a file, because no function knows the routes of another; a test
 * fails when the file says anything else than the routes.
 */
final class ReferenceCalls {
  static final List<Operation<ReferenceCalls>> OPERATIONS =
      List.of(Operation.get("/v1/openapi", SECRET_KEY, ReferenceCalls::document));

  private static final String FILE = "openapi.json";

  /** Levels of nesting in the document, and some to spare. */
  private static final int DEPTH = 32;

  HttpResponse document(HttpRequest request, EnvironmentId environment) {
    request.query().heeding(Set.of());
    try (var file = ReferenceCalls.class.getResourceAsStream(FILE)) {
      return HttpResponse.ok(JsonText.parse(file.readAllBytes(), DEPTH));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
