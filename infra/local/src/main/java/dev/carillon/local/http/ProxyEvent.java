package dev.carillon.local.http;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.template.AccountRegion;
import dev.carillon.local.wire.PercentDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes of a request the event of payload format 2.0 that an HTTP API hands to Lambda. */
final class ProxyEvent {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private ProxyEvent() {}

  /**
   * @param path decoded: that is what an HTTP API puts in {@code rawPath}, whatever the name says
   */
  static byte[] of(
      HttpApiRequest request,
      String path,
      HttpApiRoutes.Match match,
      String apiId,
      String requestId,
      Instant now) {
    var event =
        Json.object()
            .with("version", "2.0")
            .with("routeKey", match.route().key())
            .with("rawPath", path)
            .with("rawQueryString", request.rawQuery());
    var cookies = cookies(request);
    if (!cookies.isEmpty()) {
      event = event.with("cookies", Json.texts(cookies));
    }
    event = event.with("headers", headers(request));
    var query = query(request.rawQuery());
    if (!query.isEmpty()) {
      event = event.with("queryStringParameters", texts(query));
    }
    event = event.with("requestContext", context(request, path, match, apiId, requestId, now));
    if (!match.parameters().isEmpty()) {
      event = event.with("pathParameters", texts(match.parameters()));
    }
    if (request.body().length > 0) {
      var text = text(request);
      event =
          event
              .with(
                  "body", text.orElseGet(() -> Base64.getEncoder().encodeToString(request.body())))
              .with("isBase64Encoded", Json.of(text.isEmpty()));
    } else {
      event = event.with("isBase64Encoded", Json.FALSE);
    }
    return JsonText.bytes(event);
  }

  /** To which the gateway adds where the call came from, behind what the client claims. */
  private static final String FORWARDED = "x-forwarded-for";

  private static Json.Obj context(
      HttpApiRequest request,
      String path,
      HttpApiRoutes.Match match,
      String apiId,
      String requestId,
      Instant now) {
    var host = request.header("host").orElse("localhost");
    return Json.object()
        .with("accountId", AccountRegion.LOCAL.account())
        .with("apiId", apiId)
        .with("domainName", host)
        .with("domainPrefix", host.split("[.:]")[0])
        .with(
            "http",
            Json.object()
                .with("method", request.method())
                .with("path", path)
                .with("protocol", request.protocol())
                .with("sourceIp", request.sourceIp())
                .with("userAgent", request.header("user-agent").orElse("")))
        .with("requestId", requestId)
        .with("routeKey", match.route().key())
        .with("stage", "$default")
        .with("time", TIME.format(now))
        .with("timeEpoch", Json.of(now.toEpochMilli()));
  }

  private static Json.Obj headers(HttpApiRequest request) {
    var headers = new LinkedHashMap<String, Json>();
    request.headers().keySet().stream()
        .filter(name -> !name.equals("cookie"))
        .sorted()
        .forEach(name -> headers.put(name, Json.of(request.header(name).orElseThrow())));
    String claimed = request.header(FORWARDED).map(it -> it + ", ").orElse("");
    headers.put(FORWARDED, Json.of(claimed + request.sourceIp()));
    return new Json.Obj(headers);
  }

  private static List<String> cookies(HttpApiRequest request) {
    return request.headers().getOrDefault("cookie", List.of()).stream()
        .flatMap(line -> Arrays.stream(line.split(";")))
        .map(String::strip)
        .filter(cookie -> !cookie.isEmpty())
        .toList();
  }

  /** Values of a name that repeats are joined by commas. Malformed text stays as it is. */
  private static Map<String, String> query(String raw) {
    var parameters = new LinkedHashMap<String, String>();
    for (var pair : raw.split("&")) {
      if (!pair.isEmpty()) {
        var equals = pair.indexOf('=');
        var name = equals < 0 ? pair : pair.substring(0, equals);
        var value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.merge(
            PercentDecoder.decodedQuery(name).orElse(name),
            PercentDecoder.decodedQuery(value).orElse(value),
            (one, other) -> one + "," + other);
      }
    }
    return parameters;
  }

  private static Json.Obj texts(Map<String, String> values) {
    var fields = new LinkedHashMap<String, Json>();
    values.forEach((name, value) -> fields.put(name, Json.of(value)));
    return new Json.Obj(fields);
  }

  /**
   * The body as text; empty when API Gateway would pass it in Base64. Text that is not UTF-8 goes
   * that way too, so that the function sees what was sent.
   */
  private static Optional<String> text(HttpApiRequest request) {
    var type = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    var media = type.split(";")[0].strip();
    var textual =
        media.isEmpty()
            || media.startsWith("text/")
            || media.equals("application/json")
            || media.equals("application/javascript")
            || media.equals("application/xml")
            || media.endsWith("+json")
            || media.endsWith("+xml");
    if (!textual || request.headers().containsKey("content-encoding")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(request.body())).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }
}
