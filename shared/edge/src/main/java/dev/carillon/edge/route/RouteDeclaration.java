package dev.carillon.edge.route;

import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a route without the code that answers it. The gateway's routes, the
 * authorisation table and the documents of the API are made from these or tied to them by a test.
 *
 * @param access who may call it
 * @param rate how often it may be called
 */
public record RouteDeclaration(HttpMethod method, PathTemplate path, Access access, RateRule rate) {

  /** At the rate of most routes of that kind. */
  public RouteDeclaration(HttpMethod method, PathTemplate path, Access access) {
    this(method, path, access, RateRule.standard(method, access));
  }

  public RouteDeclaration {
    if (access instanceof Access.Client(_, var about, _)
        && about == Access.About.PATH
        && kind(path).isEmpty()) {
      throw new IllegalArgumentException(path + " does not say whom it is about");
    }
  }

  /** What a path can begin with that is about one recipient. */
  private enum Kind {
    USER,
    OBJECT,
    TENANT
  }

  private static Optional<Kind> kind(PathTemplate path) {
    List<String> segments = path.segments();
    int parameters = path.leadingParameters(2);
    if (segments.size() < 3 || !segments.getFirst().equals("v1") || parameters == 0) {
      return Optional.empty();
    }
    return switch (segments.get(1)) {
      case "users" -> Optional.of(Kind.USER);
      case "tenants" -> Optional.of(Kind.TENANT);
      case "objects" -> Optional.of(Kind.OBJECT).filter(_ -> parameters == 2);
      default -> Optional.empty();
    };
  }

  /**
   * Lets a call pass.
   *
   * @param parameters what stands in its path
   * @throws dev.carillon.edge.ApiException when this caller may not make it
   */
  void admit(Caller caller, Map<String, String> parameters) {
    caller.admit(access);
    if (access instanceof Access.Client(var ability, var about, _) && about == Access.About.PATH) {
      caller.check(ability, subject(parameters).orElseThrow());
    }
  }

  /** Whom a call is about; empty when its path does not begin with a recipient. */
  Optional<RecipientId> subject(Map<String, String> parameters) {
    return kind(path)
        .map(
            kind -> {
              List<String> names = path.parameters();
              String first = parameters.get(names.getFirst());
              return switch (kind) {
                case USER -> RecipientId.user(first);
                case TENANT -> new TenantId(first).recipient();
                case OBJECT -> new RecipientId(first, parameters.get(names.get(1)));
              };
            });
  }

  /** As API Gateway calls it: {@code GET /v1/users/{id}}. */
  public String key() {
    return method + " " + path;
  }
}
