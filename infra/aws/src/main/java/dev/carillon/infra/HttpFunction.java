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
  private final String id;
  private final HttpRoutes front;
  private final HttpLambdaIntegration integration;

  HttpFunction(
      Construct scope,
      String id,
      FunctionJars jars,
      OperationalAlarms alarms,
      HttpRoutes front,
      int memory,
      String purpose) {
    this.id = id;
    this.front = front;
    function = new DeployedFunction(scope, id, jars, TIMEOUT, memory, purpose);
    integration = HttpRoutes.integration(function);
    alarms.when(
        function,
        "Errors",
        "The function itself failed: no memory, no time, or it could not begin.",
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

  /** A route of its own in the API: the function answers it instead of {@code api}. */
  HttpFunction answers(HttpMethod method, String path) {
    front.route(HttpRouteKey.with(path, method), method + " " + path, integration);
    return this;
  }

  /** Answers whatever no other route takes. */
  HttpFunction answersEverythingElse() {
    // By its own permission: API Gateway names this route <stage>/$default, one part less than the
    // others, and a permission for all routes of three parts would not let it in.
    front.route(
        HttpRouteKey.DEFAULT,
        "EverythingElse",
        new HttpLambdaIntegration(id + "EverythingElse", function.alias()));
    return this;
  }
}
