package dev.carillon.infra;

import dev.carillon.infra.edge.SocketFront;
import dev.carillon.infra.settings.Installation;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.aws_apigatewayv2_integrations.WebSocketLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.IWebSocketApi;
import software.amazon.awscdk.services.apigatewayv2.WebSocketApi;
import software.amazon.awscdk.services.apigatewayv2.WebSocketApiAttributes;
import software.amazon.awscdk.services.apigatewayv2.WebSocketRoute;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.constructs.Construct;

/** The routes of the WebSocket API, which is the edge's, and the function that answers on it. */
final class SocketRoutes extends Construct {
  /** API Gateway waits for 29 seconds. */
  private static final Duration TIMEOUT = Duration.seconds(29);

  private final Installation installation;
  private final IWebSocketApi api;
  private final DeployedFunction function;

  SocketRoutes(
      Construct scope,
      String id,
      Installation installation,
      FunctionJars jars,
      OperationalAlarms alarms,
      int memory) {
    super(scope, id);
    this.installation = installation;
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
        WebSocketApi.fromWebSocketApiAttributes(
            this,
            "Api",
            WebSocketApiAttributes.builder()
                .webSocketId(Fn.importValue(installation.socketApi()))
                .build());
    route("$connect", "Connect", false);
    route("$disconnect", "Disconnect", false);
    // What the function returns goes back on the socket.
    route("$default", "Message", true);
  }

  /** An integration of its own for each route: a shared one may be called by the first alone. */
  private void route(String key, String id, boolean answers) {
    var route =
        WebSocketRoute.Builder.create(this, id)
            .webSocketApi(api)
            .routeKey(key)
            .integration(new WebSocketLambdaIntegration(id, function.alias()))
            .returnResponse(answers)
            .build();
    NagSuppressions.addResourceSuppressions(
        route,
        List.of(
            NagPackSuppression.builder()
                .id("AwsSolutions-APIG4")
                .reason(
                    "The handler checks key and user token when a client connects, and at each"
                        + " join whose feed it is.")
                .build()),
        true);
  }

  DeployedFunction function() {
    return function;
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
                SocketFront.STAGE)));
    sender.allow(
        List.of("execute-api:ManageConnections"),
        Wildcard.connectionsOf(api.getApiId(), installation));
  }
}
