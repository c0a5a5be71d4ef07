package dev.carillon.infra;

import dev.carillon.infra.settings.Installation;
import dev.carillon.infra.settings.PublicDomain;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpApiAttributes;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.amazon.awscdk.services.apigatewayv2.HttpRoute;
import software.amazon.awscdk.services.apigatewayv2.HttpRouteIntegration;
import software.amazon.awscdk.services.apigatewayv2.HttpRouteKey;
import software.amazon.awscdk.services.apigatewayv2.IHttpApi;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.constructs.Construct;

/** The routes of the HTTP API, which is the edge's, and the functions that they lead to. */
final class HttpRoutes extends Construct {
  private final IHttpApi api;
  private final String url;
  private final Map<DeployedFunction, HttpLambdaIntegration> integrations = new HashMap<>();

  /**
   * @param domain the name that people are given in its place
   */
  HttpRoutes(Construct scope, String id, Installation installation, Optional<PublicDomain> domain) {
    super(scope, id);
    var stack = Stack.of(this);
    var apiId = Fn.importValue(installation.httpApi());
    var ownUrl =
        Fn.join(
            "",
            List.of(
                "https://", apiId, ".execute-api.", stack.getRegion(), ".", stack.getUrlSuffix()));
    api =
        HttpApi.fromHttpApiAttributes(
            this, "Api", HttpApiAttributes.builder().httpApiId(apiId).apiEndpoint(ownUrl).build());
    url = domain.map(it -> "https://" + it.name()).orElse(ownUrl);
  }

  /**
   * Counted where callers are answered: what a function handles is a 5xx without being an error.
   */
  void watchedBy(OperationalAlarms alarms) {
    alarms.when(
        this,
        "Failures",
        "Callers were answered with a 5xx; the log of the function says http.failed, or"
            + " http.overloaded when the table throttled.",
        api.metricServerError(
            MetricOptions.builder().statistic("Sum").period(Duration.minutes(5)).build()),
        ComparisonOperator.GREATER_THAN_THRESHOLD,
        0);
  }

  String url() {
    return url;
  }

  /** A route that a function answers which has a queue of its own besides. */
  void answeredBy(DeployedFunction function, HttpMethod method, String path) {
    route(
        HttpRouteKey.with(path, method),
        method + " " + path,
        integrations.computeIfAbsent(function, HttpRoutes::integration));
  }

  /**
   * For all routes that the function answers. With one permission for the whole API: a function's
   * policy holds 20 KB, which one permission for each route would outgrow.
   */
  static HttpLambdaIntegration integration(DeployedFunction function) {
    return HttpLambdaIntegration.Builder.create(function.getNode().getId(), function.alias())
        .scopePermissionToRoute(false)
        .build();
  }

  void route(HttpRouteKey key, String id, HttpRouteIntegration integration) {
    var route =
        HttpRoute.Builder.create(this, id)
            .httpApi(api)
            .routeKey(key)
            .integration(integration)
            .build();
    NagSuppressions.addResourceSuppressions(
        route,
        List.of(
            NagPackSuppression.builder()
                .id("AwsSolutions-APIG4")
                .reason(
                    "The handler checks the key in its first step; an authorizer would add a"
                        + " second function to each call and cache a revoked key.")
                .build()));
  }
}
