package dev.carillon.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.ApiMapping;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.CorsHttpMethod;
import software.amazon.awscdk.services.apigatewayv2.CorsPreflightOptions;
import software.amazon.awscdk.services.apigatewayv2.DomainName;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.amazon.awscdk.services.apigatewayv2.HttpRoute;
import software.amazon.awscdk.services.apigatewayv2.HttpRouteIntegration;
import software.amazon.awscdk.services.apigatewayv2.HttpRouteKey;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.amazon.awscdk.services.apigatewayv2.HttpStageAttributes;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** The HTTP API: routes, what browsers may do, and a log of who was answered how. */
final class HttpFront extends Construct {
  /**
   * No header, query string or address: keys travel in the first, user data in the second, and a
   * log needs none of them.
   */
  private static final String LOG_LINE =
      "{\"requestId\":\"$context.requestId\",\"time\":\"$context.requestTime\","
          + "\"routeKey\":\"$context.routeKey\",\"status\":\"$context.status\","
          + "\"responseLength\":\"$context.responseLength\","
          + "\"latency\":\"$context.responseLatency\","
          + "\"error\":\"$context.integrationErrorMessage\"}";

  private static final String DEFAULT_STAGE = "$default";

  private final HttpApi api;
  private final CfnStage stage;
  private final Map<DeployedFunction, HttpLambdaIntegration> integrations = new HashMap<>();

  HttpFront(Construct scope, String id, List<String> browserOrigins) {
    super(scope, id);
    api =
        HttpApi.Builder.create(this, "Api")
            .apiName(Stack.of(this).getStackName())
            .createDefaultStage(false)
            // CORS belongs to a whole HTTP API. The methods are those of the routes a browser has
            // business with: feed, message status, users. Browser clients mark messages by POST;
            // that a page cannot trigger a workflow is a matter of its key, which is public.
            .corsPreflight(
                CorsPreflightOptions.builder()
                    .allowOrigins(browserOrigins)
                    .allowMethods(
                        List.of(
                            CorsHttpMethod.GET,
                            CorsHttpMethod.POST,
                            CorsHttpMethod.PUT,
                            CorsHttpMethod.DELETE))
                    .allowHeaders(
                        List.of(
                            "Authorization",
                            "Content-Type",
                            "X-Knock-Branch",
                            "X-Knock-Client",
                            "X-Knock-User-Token"))
                    .maxAge(Duration.days(1))
                    .build())
            .build();
    var log =
        LogGroup.Builder.create(this, "AccessLog")
            .retention(RetentionDays.ONE_MONTH)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    stage =
        CfnStage.Builder.create(this, "Stage")
            .apiId(api.getApiId())
            .stageName(DEFAULT_STAGE)
            .autoDeploy(true)
            .accessLogSettings(
                CfnStage.AccessLogSettingsProperty.builder()
                    .destinationArn(log.getLogGroupArn())
                    .format(LOG_LINE)
                    .build())
            .build();
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
    return api.getApiEndpoint();
  }

  /** A route that a function answers which has a queue of its own besides. */
  void answeredBy(DeployedFunction function, HttpMethod method, String path) {
    route(
        HttpRouteKey.with(path, method),
        method + " " + path,
        integrations.computeIfAbsent(function, HttpFront::integration));
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

  /**
   * Serves the API under another name too.
   *
   * @param certificate its ARN, in this Region
   * @return what the name's CNAME is to point to
   */
  String servedUnder(String name, String certificate) {
    var domain =
        DomainName.Builder.create(this, name)
            .domainName(name)
            .certificate(Certificate.fromCertificateArn(this, name + "-certificate", certificate))
            .build();
    ApiMapping.Builder.create(this, name + "-mapping")
        .api(api)
        .stage(
            HttpStage.fromHttpStageAttributes(
                this,
                name + "-stage",
                HttpStageAttributes.builder().api(api).stageName(DEFAULT_STAGE).build()))
        .domainName(domain)
        .build()
        .getNode()
        .addDependency(stage);
    return domain.getRegionalDomainName();
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
