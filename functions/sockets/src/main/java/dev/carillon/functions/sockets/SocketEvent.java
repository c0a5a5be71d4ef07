package dev.carillon.functions.sockets;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.socket.ConnectionId;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** What a WebSocket API of API Gateway hands over. */
sealed interface SocketEvent {

  /** On which connection. */
  ConnectionId connection();

  /** Somebody wants to connect, and does once this is answered with a 200. */
  record Connect(ConnectionId connection, String apiKey, Optional<String> userToken)
      implements SocketEvent {}

  /** A text came. */
  record Message(ConnectionId connection, String body) implements SocketEvent {}

  /** The connection is closed; that this is told of every one is not promised. */
  record Disconnect(ConnectionId connection) implements SocketEvent {}

  /**
   * Reads the event.
   *
   * @throws IllegalArgumentException when it is none: a matter of how the function is wired
   */
  static SocketEvent of(InputStream event) throws IOException {
    if (!(JsonText.parse(event.readAllBytes()) instanceof Json.Obj json)) {
      throw new IllegalArgumentException("Not an event of a WebSocket API");
    }
    var context = json.object("requestContext");
    var connection = new ConnectionId(text(context, "connectionId"));
    return switch (text(context, "eventType")) {
      case "CONNECT" -> {
        var query = json.object("queryStringParameters");
        yield new Connect(
            connection, query.text("api_key").orElse("").strip(), query.text("user_token"));
      }
      case "MESSAGE" -> new Message(connection, json.text("body").orElse(""));
      case "DISCONNECT" -> new Disconnect(connection);
      default -> throw new IllegalArgumentException("Not an event of a WebSocket API");
    };
  }

  private static String text(Json.Obj context, String name) {
    return context
        .text(name)
        .orElseThrow(
            () -> new IllegalArgumentException("Not an event of a WebSocket API: no " + name));
  }
}
