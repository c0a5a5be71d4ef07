package dev.carillon.functions.sockets;

import dev.carillon.edge.ApiException;
import dev.carillon.json.Json;
import dev.carillon.runtime.Log;
import dev.carillon.socket.Connection;
import dev.carillon.socket.ConnectionId;
import dev.carillon.socket.Connections;
import java.util.Optional;

/** Says something to whatever a client sends: one that hears nothing asks again and again. */
final class AnswerFrame {
  private static final String GUIDES = "guides:";
  private static final String CLOSED = "closed";

  private final Connections connections;
  private final JoinFeed feeds;
  private final Log log;

  AnswerFrame(Connections connections, JoinFeed feeds, Log log) {
    this.connections = connections;
    this.feeds = feeds;
    this.log = log;
  }

  /** The text that is sent back. */
  String to(SocketEvent.Message message) {
    return PhoenixFrame.parse(message.body())
        .map(frame -> answer(message.connection(), frame))
        .orElseGet(
            () ->
                new PhoenixFrame(Json.NULL, Json.NULL, "phoenix", "", Json.object())
                    .error("malformed"));
  }

  private String answer(ConnectionId id, PhoenixFrame frame) {
    try {
      return switch (frame.event()) {
        case "heartbeat" -> frame.ok();
        case "phx_join" -> join(id, frame);
        case "phx_leave" -> leave(id, frame);
        default -> frame.error("unmatched event");
      };
    } catch (ApiException e) {
      log.decision("socket.refused", "connection", id, "code", e.problem().code());
      return frame.error(
          Json.object()
              .with("reason", e.problem().code())
              .with(
                  "fields",
                  Json.texts(
                      e.fields().stream().map(it -> it.path() + " " + it.sentence()).toList())));
    } catch (RuntimeException e) {
      // The client joins again after a while, as it would after a lost connection.
      log.failure("socket.failed", e, "connection", id);
      return frame.error("internal_error");
    }
  }

  private String join(ConnectionId id, PhoenixFrame frame) {
    // There are no guides yet; a client whose join is refused would try for ever.
    if (frame.topic().startsWith(GUIDES)) {
      return frame.ok();
    }
    Optional<Connection> connection = connections.find(id);
    boolean joined =
        frame.topic().startsWith(JoinFeed.FEEDS)
            && connection.map(it -> feeds.join(it, frame)).orElse(false);
    log.decision(
        "socket.joined",
        "connection",
        id,
        "environment",
        connection.map(it -> it.environment().value()).orElse(""),
        "joined",
        joined);
    if (joined) {
      return frame.ok();
    }
    return frame.error(frame.topic().startsWith(JoinFeed.FEEDS) ? CLOSED : "unmatched topic");
  }

  private String leave(ConnectionId id, PhoenixFrame frame) {
    if (frame.topic().startsWith(JoinFeed.FEEDS)) {
      connections.find(id).ifPresent(it -> feeds.leave(it, frame));
    }
    return frame.ok();
  }
}
