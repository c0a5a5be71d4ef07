package dev.carillon.infra.edge;

import dev.carillon.infra.settings.PublicDomain;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.cloudfront.AllowedMethods;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.Function;
import software.amazon.awscdk.services.cloudfront.FunctionAssociation;
import software.amazon.awscdk.services.cloudfront.FunctionCode;
import software.amazon.awscdk.services.cloudfront.FunctionEventType;
import software.amazon.awscdk.services.cloudfront.FunctionRuntime;
import software.amazon.awscdk.services.cloudfront.OriginProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.OriginRequestPolicy;
import software.amazon.awscdk.services.cloudfront.OriginSslPolicy;
import software.amazon.awscdk.services.cloudfront.SecurityPolicyProtocol;
import software.amazon.awscdk.services.cloudfront.ViewerProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.origins.HttpOrigin;
import software.constructs.Construct;

/**
 * One name for both APIs, as clients of feeds want it: CloudFront, which leads sockets to the
 * WebSocket API and all else to the HTTP API, and a firewall before it. It caches nothing.
 */
final class OneDomain extends Construct {
  /** Where Knock's clients look for sockets. */
  private static final String SOCKETS = "/ws/v1/websocket";

  /**
   * An HTTP API decodes the path before anybody sees it; then an id with a slash is another path,
   * which may be another call's. So such a slash is refused here, where it is still encoded.
   */
  private static final String NO_ENCODED_SLASH =
      """
      function handler(event) {
        if (!/^\\/v1\\/.*%2f/i.test(event.request.uri)) {
          return event.request;
        }
        return {
          statusCode: 422,
          statusDescription: 'Unprocessable Entity',
          headers: {
            'content-type': { value: 'application/json' },
            'x-request-id': { value: event.context.requestId }
          },
          body: {
            encoding: 'text',
            data: JSON.stringify({
              code: 'invalid_params',
              message: 'The path has a slash that is percent-encoded; no id has one.',
              status: 422,
              type: 'invalid_request_error'
            })
          }
        };
      }
      """;

  private final Distribution distribution;

  OneDomain(Construct scope, String id, PublicDomain domain, HttpFront http, SocketFront sockets) {
    super(scope, id);
    // A WebSocket API answers under its stage's name and nothing below it.
    var toStage =
        Function.Builder.create(this, "ToStage")
            .runtime(FunctionRuntime.JS_2_0)
            .code(
                FunctionCode.fromInline(
                    "function handler(event) { event.request.uri = '/%s'; return event.request; }"
                        .formatted(SocketFront.STAGE)))
            .build();
    var refuseSlash =
        Function.Builder.create(this, "RefuseSlash")
            .runtime(FunctionRuntime.JS_2_0)
            .code(FunctionCode.fromInline(NO_ENCODED_SLASH))
            .build();
    distribution =
        Distribution.Builder.create(this, "Distribution")
            .comment("Carillon at " + domain.name())
            .domainNames(List.of(domain.name()))
            .certificate(Certificate.fromCertificateArn(this, "Certificate", domain.certificate()))
            .minimumProtocolVersion(SecurityPolicyProtocol.TLS_V1_2_2021)
            .defaultBehavior(to(http.id()).functionAssociations(before(refuseSlash)).build())
            .additionalBehaviors(
                Map.of(SOCKETS, to(sockets.id()).functionAssociations(before(toStage)).build()))
            .webAclId(
                switch (domain.firewall()) {
                  case PublicDomain.Firewall.Own _ -> new Firewall(this, "Firewall").arn();
                  case PublicDomain.Firewall.Given(var arn) -> arn;
                  case PublicDomain.Firewall.None _ -> null;
                })
            .build();
    NagSuppressions.addResourceSuppressions(
        distribution,
        List.of(
            accepted("CFR1", "People everywhere are told; nobody is kept out by where they are."),
            accepted("CFR2", "A firewall is the setting firewall; without it there is none."),
            accepted("CFR3", "The HTTP API behind it logs each request, and sockets are logged.")));
  }

  private static List<FunctionAssociation> before(Function function) {
    return List.of(
        FunctionAssociation.builder()
            .function(function)
            .eventType(FunctionEventType.VIEWER_REQUEST)
            .build());
  }

  private static NagPackSuppression accepted(String rule, String reason) {
    return NagPackSuppression.builder().id("AwsSolutions-" + rule).reason(reason).build();
  }

  /**
   * To the API with that id, as it came, but for {@code Host}, by which API Gateway knows its own.
   */
  private BehaviorOptions.Builder to(String api) {
    var stack = Stack.of(this);
    return BehaviorOptions.builder()
        .origin(
            HttpOrigin.Builder.create(
                    "%s.execute-api.%s.%s".formatted(api, stack.getRegion(), stack.getUrlSuffix()))
                .protocolPolicy(OriginProtocolPolicy.HTTPS_ONLY)
                .originSslProtocols(List.of(OriginSslPolicy.TLS_V1_2))
                .build())
        .allowedMethods(AllowedMethods.ALLOW_ALL)
        .cachePolicy(CachePolicy.CACHING_DISABLED)
        .originRequestPolicy(OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER)
        // Keys travel in requests: one that comes without TLS is not led on but refused.
        .viewerProtocolPolicy(ViewerProtocolPolicy.HTTPS_ONLY);
  }

  /** What the name's CNAME is to point to. */
  String pointsTo() {
    return distribution.getDistributionDomainName();
  }
}
