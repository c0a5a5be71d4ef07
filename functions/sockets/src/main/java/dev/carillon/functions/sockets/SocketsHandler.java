package dev.carillon.functions.sockets;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.edge.ApiException;
import dev.carillon.edge.access.Authentication;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.runtime.Priming;
import dev.carillon.socket.Connections;
import dev.carillon.storage.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The function behind the routes of the WebSocket API: what clients of feeds say to it. */
public final class SocketsHandler implements RequestStreamHandler {
  private static final int OK = 200;

  private final Connections connections;
  private final OpenConnection opening;
  private final AnswerFrame answering;
  private final Log log;

  /** As Lambda makes it. */
  public SocketsHandler() {
    this(
        Priming.ofProcess(
            SocketsHandler::new,
            "{\"requestContext\":{\"eventType\":\"DISCONNECT\",\"connectionId\":\"priming\"}}"));
  }

  public SocketsHandler(Environment environment) {
    this(Stores.of(environment));
  }

  /** On these ports, as tests make it. */
  public SocketsHandler(Ports ports) {
    connections = ports.connections();
    log = ports.log();
    opening = new OpenConnection(Authentication.on(ports), connections, ports.clock());
    answering =
        new AnswerFrame(
            connections, new JoinFeed(connections, ports.channels(), ports.tasks()), log);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    out.write(
        JsonText.bytes(
            switch (SocketEvent.of(event)) {
              case SocketEvent.Connect connect -> connected(connect);
              case SocketEvent.Message message ->
                  Json.object().with("statusCode", Json.of(OK)).with("body", answering.to(message));
              case SocketEvent.Disconnect(var connection) -> {
                connections.close(connection);
                log.decision("socket.closed", "connection", connection);
                yield Json.object().with("statusCode", Json.of(OK));
              }
            }));
  }

  /** API Gateway refuses the connection with whatever status is not a 2xx. */
  private Json.Obj connected(SocketEvent.Connect event) {
    int status = OK;
    try {
      var connection = opening.open(event);
      log.decision(
          "socket.opened",
          "connection",
          connection.id(),
          "environment",
          connection.environment().value());
    } catch (ApiException e) {
      status = e.problem().status();
      log.decision("socket.refused", "connection", event.connection(), "code", e.problem().code());
    }
    return Json.object().with("statusCode", Json.of(status));
  }
}
