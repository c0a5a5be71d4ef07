package dev.carillon.infra.edge;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.WebSocketApi;
import software.constructs.Construct;

/** The WebSocket API that browsers watch feeds on. */
public final class SocketFront extends Construct {
  /** Part of every URL of the API; a WebSocket API has no stage without a name. */
  public static final String STAGE = "live";

  private final WebSocketApi api;

  SocketFront(Construct scope, String id, int messagesPerSecond) {
    super(scope, id);
    api =
        WebSocketApi.Builder.create(this, "Api")
            .apiName(Stack.of(this).getStackName() + " sockets")
            .build();
    var stage =
        CfnStage.Builder.create(this, "Stage")
            .apiId(api.getApiId())
            .stageName(STAGE)
            .autoDeploy(true)
            .defaultRouteSettings(Throttling.at(messagesPerSecond))
            .build();
    NagSuppressions.addResourceSuppressions(
        stage,
        List.of(
            NagPackSuppression.builder()
                .id("AwsSolutions-APIG1")
                .reason(
                    "Access logs of a WebSocket API need a role that is set for the whole account;"
                        + " the function logs connections and joins itself.")
                .build()));
  }

  String id() {
    return api.getApiId();
  }

  /** Where clients connect. */
  String url() {
    return api.getApiEndpoint() + "/" + STAGE;
  }
}
