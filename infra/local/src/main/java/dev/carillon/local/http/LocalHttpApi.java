package dev.carillon.local.http;

import dev.carillon.local.functions.InvocationResult;
import dev.carillon.local.functions.LocalFunctions;
import dev.carillon.local.iam.AccessControl;
import dev.carillon.local.iam.AccessRequest;
import dev.carillon.local.iam.Principal;
import dev.carillon.local.template.AccountRegion;
import dev.carillon.local.template.StackTemplate;
import dev.carillon.local.wire.PercentDecoder;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The HTTP API that the template puts before the functions. */
public final class LocalHttpApi {
  /** Bytes of the largest body that API Gateway accepts. */
  public static final int BODY_LIMIT = 10 * 1024 * 1024;

  /**
   * Refused, as by the function of CloudFront where a deployment has a domain: behind a gateway
   * that decodes paths nobody can tell it from one that splits the path.
   */
  private static final Pattern ENCODED_SLASH =
      Pattern.compile("^/v1/.*%2f", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** As the functions call it; what they do not answer themselves has it too. */
  private static final String REQUEST_ID = "x-request-id";

  private static final Principal GATEWAY = new Principal.Service("apigateway.amazonaws.com");

  private final AccessControl access;
  private final String apiId;
  private final HttpApiRoutes routes;
  private final Optional<StackTemplate.Cors> cors;
  private final LocalFunctions functions;
  private final InstantSource clock;

  public LocalHttpApi(
      StackTemplate.Api api, LocalFunctions functions, InstantSource clock, AccessControl access) {
    this.access = access;
    this.apiId = api.id();
    this.routes = new HttpApiRoutes(api.routes());
    this.cors = api.cors();
    this.functions = functions;
    this.clock = clock;
  }

  /** What API Gateway and the function behind it answer. Never throws. */
  public HttpApiResponse answer(HttpApiRequest request) {
    var origin = request.header("origin");
    if (cors.isPresent()
        && origin.isPresent()
        && request.method().equals("OPTIONS")
        && request.header("access-control-request-method").isPresent()) {
      return preflight(cors.get(), origin.get());
    }
    var requestId = UUID.randomUUID().toString();
    var answer = route(request, requestId).with("apigw-requestid", requestId);
    return cors.isPresent() && origin.isPresent()
        ? allowed(answer, cors.get(), origin.get())
        : answer;
  }

  private HttpApiResponse route(HttpApiRequest request, String requestId) {
    if (request.body().length > BODY_LIMIT) {
      return HttpApiResponse.message(413, "Request Entity Too Large");
    }
    var path = PercentDecoder.decoded(request.rawPath());
    if (path.isEmpty()) {
      return HttpApiResponse.problem(
              400,
              "malformed_url",
              "The path of the URL is not percent-encoded UTF-8.",
              "invalid_request_error")
          .with(REQUEST_ID, requestId);
    }
    if (ENCODED_SLASH.matcher(request.rawPath()).find()) {
      return HttpApiResponse.problem(
              422,
              "invalid_params",
              "The path has a slash that is percent-encoded; no id has one.",
              "invalid_request_error")
          .with(REQUEST_ID, requestId);
    }
    var match = routes.match(request.method(), path.get());
    if (match.isEmpty()) {
      return HttpApiResponse.message(404, "Not Found");
    }
    if (!mayInvoke(match.get().route())) {
      return HttpApiResponse.message(500, "Internal Server Error");
    }
    var event = ProxyEvent.of(request, path.get(), match.get(), apiId, requestId, clock.instant());
    return switch (functions.invoke(match.get().route().function(), event)) {
      case InvocationResult.Returned(var payload) ->
          ProxyResponse.read(payload)
              .orElseGet(() -> HttpApiResponse.message(500, "Internal Server Error"));
      case InvocationResult.Failed _ -> HttpApiResponse.message(500, "Internal Server Error");
      case InvocationResult.TimedOut _ -> HttpApiResponse.message(503, "Service Unavailable");
      case InvocationResult.EventTooLarge _ ->
          HttpApiResponse.message(413, "Request Entity Too Large");
    };
  }

  /** The function has to let the API's route call it. */
  private boolean mayInvoke(StackTemplate.Route route) {
    var place = route.key().equals("$default") ? "$default" : route.key().replace(" ", "");
    return access.allows(
        GATEWAY,
        AccessRequest.Need.of("lambda:InvokeFunction", route.integrationUri())
            .with(
                "aws:SourceArn",
                AccountRegion.LOCAL.arn("execute-api", apiId + "/$default/" + place)));
  }

  private static HttpApiResponse preflight(StackTemplate.Cors cors, String origin) {
    var answer = new HttpApiResponse(204, List.of(), new byte[0]);
    if (!allows(cors, origin)) {
      return answer;
    }
    answer = allowed(answer, cors, origin);
    if (!cors.methods().isEmpty()) {
      answer = answer.with("access-control-allow-methods", String.join(",", cors.methods()));
    }
    if (!cors.headers().isEmpty()) {
      answer = answer.with("access-control-allow-headers", String.join(",", cors.headers()));
    }
    return cors.maxAge().isPresent()
        ? answer.with("access-control-max-age", String.valueOf(cors.maxAge().get()))
        : answer;
  }

  /** The API's own headers replace what the function says of origins. */
  private static HttpApiResponse allowed(
      HttpApiResponse answer, StackTemplate.Cors cors, String origin) {
    var plain = answer;
    for (var header : answer.headers()) {
      if (header.name().toLowerCase(Locale.ROOT).startsWith("access-control-")) {
        plain = plain.without(header.name());
      }
    }
    if (!allows(cors, origin)) {
      return plain;
    }
    plain = plain.with("access-control-allow-origin", cors.origins().contains("*") ? "*" : origin);
    if (!cors.exposed().isEmpty()) {
      plain = plain.with("access-control-expose-headers", String.join(",", cors.exposed()));
    }
    return cors.credentials() ? plain.with("access-control-allow-credentials", "true") : plain;
  }

  private static boolean allows(StackTemplate.Cors cors, String origin) {
    return cors.origins().contains("*") || cors.origins().contains(origin);
  }
}
