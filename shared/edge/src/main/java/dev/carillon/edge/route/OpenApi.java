package dev.carillon.edge.route;

import dev.carillon.access.ManagementScope;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.Limits;
import dev.carillon.edge.access.Ability;
import dev.carillon.edge.access.Access;
import dev.carillon.json.Json;
import dev.carillon.json.Json.Obj;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The routes as an OpenAPI 3.1 document: of each operation its path, who may call it, and what it
 * can answer. Bodies are described as far as all of them are alike: JSON, and errors in one shape.
 */
public final class OpenApi {
  private static final String SECRET = "secretKey";
  private static final String PUBLIC = "publicKey";
  private static final String USER_TOKEN = "userToken";
  private static final String SERVICE = "serviceToken";

  /** First digits of the statuses of errors. */
  private static final List<String> KINDS = List.of("4", "5");

  private OpenApi() {}

  /**
   * The document of all these routes, in the order of their paths and methods: the same routes give
   * the same document.
   */
  public static Obj document(List<RouteDeclaration> routes) {
    Map<String, Obj> paths = new LinkedHashMap<>();
    routes.stream()
        .sorted(
            Comparator.comparing((RouteDeclaration it) -> it.path().toString())
                .thenComparing(RouteDeclaration::method))
        .forEach(
            route ->
                paths.merge(
                    route.path().toString(),
                    Json.object()
                        .with(route.method().name().toLowerCase(Locale.ROOT), operation(route)),
                    Obj::merged));
    return Json.object()
        .with("openapi", "3.1.0")
        .with(
            "info",
            Json.object()
                .with("title", "Carillon")
                .with("version", "1")
                .with(
                    "description",
                    "Made from the table of routes. A parameter of a query that nobody knows is"
                        + " ignored; one that is known and not implemented is refused with 422.")
                .with(
                    "license",
                    Json.object().with("name", "Apache-2.0").with("identifier", "Apache-2.0")))
        .with("servers", Json.array(List.of(Json.object().with("url", "/"))))
        .with("paths", object(paths))
        .with("components", components());
  }

  private static Obj operation(RouteDeclaration route) {
    Obj operation =
        Json.object()
            .with("operationId", id(route))
            .with("tags", Json.array(List.of(Json.of(resource(route)))))
            .with("description", who(route.access()))
            .with(
                "parameters",
                Json.array(route.path().parameters().stream().map(OpenApi::parameter).toList()))
            .with("security", security(route.access()));
    Obj rated =
        route
            .rate()
            .tier()
            .map(tier -> operation.with("x-ratelimit-tier", Json.of(tier.number())))
            .orElse(operation);
    Obj answered =
        route.method() == HttpMethod.GET
            ? rated
            : rated.with(
                "requestBody",
                Json.object()
                    .with("required", Json.FALSE)
                    .with("content", json(Json.object().with("type", "object"))));
    return answered.with("responses", responses());
  }

  /** The resource below the version: {@code users} of {@code /v1/users/{id}}. */
  private static String resource(RouteDeclaration route) {
    List<String> segments = route.path().segments();
    return segments.size() > 1 ? segments.get(1) : segments.getFirst();
  }

  /** The method and the path in one word: {@code get_users_id_preferences}. */
  private static String id(RouteDeclaration route) {
    return route.path().segments().stream()
        .skip(1)
        .map(it -> it.replaceAll("[{}]", "").replaceAll("[^A-Za-z0-9]", "_"))
        .collect(Collectors.joining("_", route.method().name().toLowerCase(Locale.ROOT) + "_", ""));
  }

  private static Json parameter(String name) {
    return Json.object()
        .with("name", name)
        .with("in", "path")
        .with("required", Json.TRUE)
        .with(
            "schema",
            Json.object()
                .with("type", "string")
                .with("minLength", Json.of(1))
                .with("maxLength", Json.of(Limits.ID_CHARACTERS)));
  }

  private static String who(Access access) {
    return switch (access) {
      case Access.SecretKey() -> "Servers: a secret key.";
      case Access.Client(var ability, _, var alone) ->
          "Servers: a secret key. Clients: a public key with the token of a user who may %s; a public key alone where public_keys of the environment is %s or more open."
              .formatted(name(ability), alone.wireName());
      case Access.Management(var scope, var servers) ->
          "A service token that may %s%s."
              .formatted(name(scope), servers ? "; servers: a secret key" : "");
    };
  }

  private static String name(Ability ability) {
    return ability.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String name(ManagementScope scope) {
    return scope.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Json security(Access access) {
    return switch (access) {
      case Access.SecretKey() -> Json.array(List.of(using(SECRET)));
      case Access.Client _ ->
          Json.array(List.of(using(SECRET), using(PUBLIC, USER_TOKEN), using(PUBLIC)));
      case Access.Management(_, var servers) ->
          Json.array(servers ? List.of(using(SERVICE), using(SECRET)) : List.of(using(SERVICE)));
    };
  }

  private static Json using(String... schemes) {
    Obj all = Json.object();
    for (String scheme : schemes) {
      all = all.with(scheme, Json.array(List.of()));
    }
    return all;
  }

  private static Obj responses() {
    Obj responses =
        Json.object()
            .with(
                "200",
                Json.object()
                    .with("description", "It is done, or this is what was asked for.")
                    .with("content", json(Json.object())))
            .with("204", Json.object().with("description", "It is done; there is no body."));
    for (String kind : KINDS) {
      responses =
          responses.with(
              kind + "XX", Json.object().with("$ref", "#/components/responses/" + kind + "XX"));
    }
    return responses;
  }

  private static Obj components() {
    Obj responses = Json.object();
    for (String kind : KINDS) {
      String codes =
          Arrays.stream(ErrorCode.values())
              .filter(it -> Integer.toString(it.status()).startsWith(kind))
              .sorted(Comparator.comparing(ErrorCode::status))
              .map(it -> it.status() + " " + it.code())
              .collect(Collectors.joining(", "));
      responses =
          responses.with(
              kind + "XX",
              Json.object()
                  .with("description", codes)
                  .with("content", json(Json.object().with("$ref", "#/components/schemas/Error"))));
    }
    return Json.object()
        .with("schemas", Json.object().with("Error", error()))
        .with("responses", responses)
        .with(
            "securitySchemes",
            Json.object()
                .with(SECRET, bearer("A secret key (sk_…): servers of the product."))
                .with(PUBLIC, bearer("A public key (pk_…): browsers and apps."))
                .with(SERVICE, bearer("A service token: the management API."))
                .with(
                    USER_TOKEN,
                    Json.object()
                        .with("type", "apiKey")
                        .with("in", "header")
                        .with("name", "X-Knock-User-Token")
                        .with("description", "A JWT of one user, signed by RS256.")));
  }

  private static Obj bearer(String description) {
    return Json.object()
        .with("type", "http")
        .with("scheme", "bearer")
        .with("description", description);
  }

  private static Obj error() {
    Obj text = Json.object().with("type", "string");
    Obj field =
        Json.object()
            .with("type", "object")
            .with(
                "properties",
                Json.object()
                    .with("field", text)
                    .with("message", text)
                    .with(
                        "type", Json.object().with("type", Json.texts(List.of("string", "null")))));
    return Json.object()
        .with("type", "object")
        .with("required", Json.texts(List.of("code", "message", "status", "type")))
        .with(
            "properties",
            Json.object()
                .with(
                    "code",
                    text.with(
                        "enum",
                        Json.texts(
                            Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toList())))
                .with("message", text)
                .with("status", Json.object().with("type", "integer"))
                .with("type", text)
                .with("errors", Json.object().with("type", "array").with("items", field)));
  }

  private static Obj json(Obj schema) {
    return Json.object().with("application/json", Json.object().with("schema", schema));
  }

  private static Obj object(Map<String, Obj> fields) {
    return new Obj(new LinkedHashMap<>(fields));
  }
}
