package dev.carillon.infra.edge;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigatewayv2.ApiMapping;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.CorsHttpMethod;
import software.amazon.awscdk.services.apigatewayv2.CorsPreflightOptions;
import software.amazon.awscdk.services.apigatewayv2.DomainName;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.amazon.awscdk.services.apigatewayv2.HttpStageAttributes;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** The HTTP API: what browsers may do, how much comes in, and a log of who was answered how. */
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

  HttpFront(Construct scope, String id, List<String> browserOrigins, int requestsPerSecond) {
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
                    // What a page needs to come again in time, and to say which call failed.
                    .exposeHeaders(List.of("Retry-After", "x-request-id"))
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
            .defaultRouteSettings(Throttling.at(requestsPerSecond))
            .build();
  }

  String id() {
    return api.getApiId();
  }

  String url() {
    return api.getApiEndpoint();
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
}
