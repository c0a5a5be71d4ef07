package dev.carillon.storage;

import dev.carillon.socket.ConnectionId;
import dev.carillon.socket.PushToConnection;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

/** The connections of a WebSocket API of API Gateway: {@code POST /@connections/…}. */
public final class GatewayConnections implements PushToConnection {
  private final ApiGatewayManagementApiClient client;

  public GatewayConnections(ApiGatewayManagementApiClient client) {
    this.client = client;
  }

  @Override
  public Pushed push(ConnectionId connection, String text) {
    try {
      client.postToConnection(
          request -> request.connectionId(connection.value()).data(SdkBytes.fromUtf8String(text)));
      return Pushed.SENT;
    } catch (GoneException _) {
      return Pushed.GONE;
    }
  }
}
