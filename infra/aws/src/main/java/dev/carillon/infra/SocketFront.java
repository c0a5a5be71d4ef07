package dev.carillon.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.aws_apigatewayv2_integrations.WebSocketLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.WebSocketApi;
import software.amazon.awscdk.services.apigatewayv2.WebSocketRouteOptions;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.constructs.Construct;

/** The WebSocket API that browsers watch feeds on, and the function that answers on it. */
final class SocketFront extends Construct {
  /** Part of every URL of the API; a WebSocket API has no stage without a name. */
  static final String STAGE = "live";

  /** API Gateway waits for 29 seconds. */
  private static final Duration TIMEOUT = Duration.seconds(29);

  private final WebSocketApi api;
  private final DeployedFunction function;

  SocketFront(Construct scope, String id, FunctionJars jars, OperationalAlarms alarms, int memory) {
    super(scope, id);
    function =
        new DeployedFunction(
            scope, "Sockets", jars, TIMEOUT, memory, "Lets clients watch feeds on sockets");
    alarms.when(
        function,
        "Errors",
        "Clients of feeds could not connect or join.",
        function
            .function()
            .metricErrors(
                MetricOptions.builder().statistic("Sum").period(Duration.minutes(5)).build()),
        ComparisonOperator.GREATER_THAN_THRESHOLD,
        0);
    api =
        WebSocketApi.Builder.create(this, "Api")
            .apiName(Stack.of(this).getStackName() + " sockets")
            .connectRouteOptions(to("Connect").build())
            .disconnectRouteOptions(to("Disconnect").build())
            // What the function returns goes back on the socket.
            .defaultRouteOptions(to("Message").returnResponse(true).build())
            .build();
    var stage =
        CfnStage.Builder.create(this, "Stage")
            .apiId(api.getApiId())
            .stageName(STAGE)
            .autoDeploy(true)
            .build();
    NagSuppressions.addResourceSuppressions(
        api,
        List.of(
            NagPackSuppression.builder()
                .id("AwsSolutions-APIG4")
                .reason(
                    "The handler checks key and user token when a client connects, and at each"
                        + " join whose feed it is.")
                .build()),
        true);
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

  /** An integration of its own for each route: a shared one may be called by the first alone. */
  private WebSocketRouteOptions.Builder to(String id) {
    return WebSocketRouteOptions.builder()
        .integration(new WebSocketLambdaIntegration(id, function.alias()));
  }

  DeployedFunction function() {
    return function;
  }

  /** Where clients connect. */
  String url() {
    return api.getApiEndpoint() + "/" + STAGE;
  }

  /** Lets the function send to connections, and tells it where they are. */
  void sentToBy(DeployedFunction sender) {
    var stack = Stack.of(this);
    sender.set(
        "CONNECTIONS_URL",
        Fn.join(
            "",
            List.of(
                "https://",
                api.getApiId(),
                ".execute-api.",
                stack.getRegion(),
                ".",
                stack.getUrlSuffix(),
                "/",
                STAGE)));
    sender.allow(List.of("execute-api:ManageConnections"), Wildcard.connectionsOf(api));
  }
}
