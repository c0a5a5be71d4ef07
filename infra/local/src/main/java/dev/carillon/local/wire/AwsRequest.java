package dev.carillon.local.wire;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A call as it came in. Safe for many threads, which leave the body's bytes as they are. */
public final class AwsRequest {

  // Attribute values nest an object or two per level of the item, which may have 32.
  private static final int DEPTH = 200;

  private final String method;
  private final String rawPath;
  private final String rawQuery;
  private final Map<String, String> headers;
  private final byte[] body;

  /** The body as JSON once somebody has asked: policies and service both look at it. */
  private volatile Optional<Json.Obj> json = Optional.empty();

  /**
   * @param rawPath not decoded, begins with a slash
   * @param rawQuery not decoded, without the question mark; empty when there is none
   * @param headers by lower-case name, the first value of each
   */
  public AwsRequest(
      String method, String rawPath, String rawQuery, Map<String, String> headers, byte[] body) {
    this.method = method;
    this.rawPath = rawPath;
    this.rawQuery = rawQuery;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  public String method() {
    return method;
  }

  /** Not decoded, begins with a slash. */
  public String rawPath() {
    return rawPath;
  }

  public byte[] body() {
    return body;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The path's segments, each decoded. */
  public List<String> segments() {
    return Arrays.stream(rawPath.split("/"))
        .filter(segment -> !segment.isEmpty())
        .map(AwsRequest::pathDecoded)
        .toList();
  }

  /** The query's parameters, decoded; of a repeated one the first. */
  public Map<String, String> query() {
    var parameters = new LinkedHashMap<String, String>();
    for (var pair : rawQuery.split("&")) {
      if (!pair.isEmpty()) {
        var at = pair.indexOf('=');
        var name = at < 0 ? pair : pair.substring(0, at);
        parameters.putIfAbsent(decoded(name), at < 0 ? "" : decoded(pair.substring(at + 1)));
      }
    }
    return parameters;
  }

  /**
   * The body as a JSON object; the empty object when there is no body.
   *
   * @throws AwsError when it is anything else
   */
  public Json.Obj json() {
    if (json.isEmpty()) {
      json = Optional.of(parsed());
    }
    return json.get();
  }

  private Json.Obj parsed() {
    if (body.length == 0) {
      return Json.object();
    }
    try {
      if (JsonText.parse(body, DEPTH) instanceof Json.Obj object) {
        return object;
      }
    } catch (MalformedJson _) {
      // As for any other JSON that is not an object.
    }
    throw new AwsError(400, "SerializationException", "The request body is not a JSON object.");
  }

  /** What follows the dot of {@code X-Amz-Target}: the operation of a JSON protocol. */
  public Optional<String> targetOperation() {
    return header("x-amz-target").map(target -> target.substring(target.lastIndexOf('.') + 1));
  }

  private static String decoded(String text) {
    return PercentDecoder.decodedQuery(text).orElseThrow(AwsRequest::malformed);
  }

  private static String pathDecoded(String text) {
    return PercentDecoder.decoded(text).orElseThrow(AwsRequest::malformed);
  }

  private static AwsError malformed() {
    return new AwsError(400, "ValidationException", "The URL is not percent-encoded UTF-8.");
  }
}
