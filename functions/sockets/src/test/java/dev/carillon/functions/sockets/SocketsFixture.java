package dev.carillon.functions.sockets;

import dev.carillon.access.ApiKey;
import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.memory.MutableClock;
import dev.carillon.socket.ConnectionId;
import dev.carillon.socket.WatchedFeed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.UUID;

/** An environment with a feed, and the handler over it; one connection is that of the payloads. */
final class SocketsFixture {
  static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
  static final EnvironmentId DEVELOPMENT = new EnvironmentId("development");
  static final ConnectionId CONNECTION = new ConnectionId("Xk203eQhliACIhw=");
  static final ChannelId FEED =
      new ChannelId(UUID.fromString("8f14e45f-ceea-467f-a0e6-000000000002"));
  static final String TOPIC = "feeds:" + FEED + ":jhammond";
  static final WatchedFeed WATCHED = new WatchedFeed(DEVELOPMENT, FEED, "jhammond");

  final MutableClock clock = new MutableClock(START);
  final InMemoryPorts ports = InMemoryPorts.at(clock);
  final SocketsHandler handler = new SocketsHandler(ports);

  SocketsFixture() {
    ports.apiKeys().put(Digest.hex("pk_local"), new ApiKey(DEVELOPMENT, ApiKey.Kind.PUBLIC, false));
    ports
        .channels()
        .put(
            DEVELOPMENT,
            new Channel(
                FEED,
                "feed",
                "Feed",
                ChannelType.IN_APP_FEED,
                "in_app_feed_carillon",
                Json.Obj.EMPTY,
                START,
                START));
  }

  int connect() {
    return connect("pk_local");
  }

  int connect(String apiKey) {
    var answer =
        play(
            Json.object()
                .with("queryStringParameters", Json.object().with("api_key", apiKey))
                .with("requestContext", context("CONNECT")));
    return ((Json.Num) answer.fields().get("statusCode")).value().intValueExact();
  }

  void disconnect() {
    play(Json.object().with("requestContext", context("DISCONNECT")));
  }

  /** The status of the reply to a frame of single-quoted JSON. */
  String say(String frame) {
    var answer =
        play(
            Json.object()
                .with("requestContext", context("MESSAGE"))
                .with("body", frame.replace('\'', '"')));
    var reply = (Json.Arr) JsonText.parse(answer.text("body").orElseThrow());
    return ((Json.Obj) reply.items().getLast()).text("status").orElseThrow();
  }

  String join(int number, String payload) {
    return say("['%d','%d','%s','phx_join',%s]".formatted(number, number, TOPIC, payload));
  }

  private static Json.Obj context(String type) {
    return Json.object().with("eventType", type).with("connectionId", CONNECTION.value());
  }

  private Json.Obj play(Json.Obj event) {
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(new ByteArrayInputStream(JsonText.bytes(event)), out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (Json.Obj) JsonText.parse(out.toByteArray());
  }
}
