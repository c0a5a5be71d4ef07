package dev.carillon.infra;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.amazon.awscdk.services.apigatewayv2.HttpRouteKey;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.constructs.Construct;

/** A function behind routes of the HTTP API. */
final class HttpFunction {
  /** API Gateway hangs up after 30 seconds; the function's own end comes first and is logged. */
  private static final Duration TIMEOUT = Duration.seconds(29);

  private final DeployedFunction function;
  private final HttpFront front;
  private final HttpLambdaIntegration integration;

  HttpFunction(
      Construct scope,
      String id,
      FunctionJars jars,
      OperationalAlarms alarms,
      HttpFront front,
      int memory,
      String purpose) {
    this.front = front;
    function = new DeployedFunction(scope, id, jars, TIMEOUT, memory, purpose);
    integration =
        HttpLambdaIntegration.Builder.create(id, function.alias())
            // One permission for the whole API: a function's policy holds 20 KB, which one
            // permission per route would outgrow.
            .scopePermissionToRoute(false)
            .build();
    alarms.when(
        function,
        "Errors",
        "Callers were answered with a 5xx.",
        function
            .function()
            .metricErrors(
                MetricOptions.builder().statistic("Sum").period(Duration.minutes(5)).build()),
        ComparisonOperator.GREATER_THAN_THRESHOLD,
        0);
  }

  DeployedFunction function() {
    return function;
  }

  HttpFunction get(String path) {
    return route(HttpMethod.GET, path);
  }

  HttpFunction post(String path) {
    return route(HttpMethod.POST, path);
  }

  HttpFunction put(String path) {
    return route(HttpMethod.PUT, path);
  }

  HttpFunction delete(String path) {
    return route(HttpMethod.DELETE, path);
  }

  /** Answers whatever no other route takes. */
  HttpFunction everythingElse() {
    front.route(HttpRouteKey.DEFAULT, "EverythingElse", integration);
    return this;
  }

  private HttpFunction route(HttpMethod method, String path) {
    front.route(HttpRouteKey.with(path, method), method + " " + path, integration);
    return this;
  }
}
