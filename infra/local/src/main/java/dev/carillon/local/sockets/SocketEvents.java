package dev.carillon.local.sockets;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.http.HttpApiRequest;
import dev.carillon.local.wire.PercentDecoder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** What a WebSocket API hands to Lambda, event by event of a connection. */
final class SocketEvents {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final String apiId;
  private final String stage;
  private final String connection;
  private final HttpApiRequest request;
  private final Instant connectedAt;

  /**
   * @param request that opened the connection
   */
  SocketEvents(
      String apiId, String stage, String connection, HttpApiRequest request, Instant connectedAt) {
    this.apiId = apiId;
    this.stage = stage;
    this.connection = connection;
    this.request = request;
    this.connectedAt = connectedAt;
  }

  byte[] connect(Instant now) {
    var headers = new LinkedHashMap<String, Json>();
    var allHeaders = new LinkedHashMap<String, Json>();
    request
        .headers()
        .forEach(
            (name, values) -> {
              headers.put(name, Json.of(values.getLast()));
              allHeaders.put(name, Json.texts(values));
            });
    var query = new LinkedHashMap<String, List<String>>();
    for (var pair : request.rawQuery().split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        var value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
        query.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
      }
    }
    var parameters = new LinkedHashMap<String, Json>();
    var allParameters = new LinkedHashMap<String, Json>();
    query.forEach(
        (name, values) -> {
          parameters.put(name, Json.of(values.getLast()));
          allParameters.put(name, Json.texts(values));
        });
    var event =
        Json.object()
            .with("headers", new Json.Obj(headers))
            .with("multiValueHeaders", new Json.Obj(allHeaders));
    if (!parameters.isEmpty()) {
      event =
          event
              .with("queryStringParameters", new Json.Obj(parameters))
              .with("multiValueQueryStringParameters", new Json.Obj(allParameters));
    }
    return bytes(event.with("requestContext", context("$connect", "CONNECT", now)));
  }

  byte[] message(String text, Instant now) {
    return bytes(
        Json.object()
            .with(
                "requestContext",
                context("$default", "MESSAGE", now).with("messageId", UUID.randomUUID().toString()))
            .with("body", text));
  }

  byte[] disconnect(int code, String reason, Instant now) {
    return bytes(
        Json.object()
            .with(
                "headers",
                Json.object()
                    .with("Host", host())
                    .with("x-api-key", "")
                    .with("X-Forwarded-For", "")
                    .with("x-restapi", ""))
            .with(
                "requestContext",
                context("$disconnect", "DISCONNECT", now)
                    .with("disconnectStatusCode", Json.of(code))
                    .with("disconnectReason", reason)));
  }

  private Json.Obj context(String routeKey, String eventType, Instant now) {
    var id = UUID.randomUUID().toString();
    return Json.object()
        .with("routeKey", routeKey)
        .with("eventType", eventType)
        .with("extendedRequestId", id)
        .with("requestTime", TIME.format(now))
        .with("messageDirection", "IN")
        .with("stage", stage)
        .with("connectedAt", Json.of(connectedAt.toEpochMilli()))
        .with("requestTimeEpoch", Json.of(now.toEpochMilli()))
        .with(
            "identity",
            Json.object()
                .with("userAgent", request.header("user-agent").orElse(""))
                .with("sourceIp", request.sourceIp()))
        .with("requestId", id)
        .with("domainName", host())
        .with("connectionId", connection)
        .with("apiId", apiId);
  }

  private String host() {
    return request.header("host").orElse("localhost");
  }

  private static byte[] bytes(Json.Obj event) {
    return JsonText.bytes(event.with("isBase64Encoded", Json.FALSE));
  }

  private static String decoded(String text) {
    return PercentDecoder.decodedQuery(text).orElse(text);
  }
}
