package dev.carillon.edge;

import dev.carillon.access.DeploymentKeys;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One call, from an API Gateway event in payload format 2.0.
 *
 * @param id the gateway's request id
 * @param path decoded: an HTTP API hands paths to Lambda decoded once, {@code rawPath} as well
 * @param pathParameters what stands in the path where the route has a parameter, not yet checked;
 *     empty until the route is known
 * @param rawQuery the query as the client wrote it: the gateway's own map joins repeated keys with
 *     commas, which values may hold
 * @param headers names in lower case
 * @param keys by which cursors are known again
 * @param body the bytes the client sent; empty when there was no body
 */
public record HttpRequest(
    String id,
    String method,
    String path,
    Map<String, String> pathParameters,
    String rawQuery,
    Map<String, String> headers,
    DeploymentKeys keys,
    byte[] body) {

  public HttpRequest {
    pathParameters = Map.copyOf(pathParameters);
    headers = Map.copyOf(headers);
  }

  /**
   * Reads the event.
   *
   * @throws IllegalArgumentException when this is no event of payload format 2.0: a matter of how
   *     the function is wired, not of any client
   */
  public static HttpRequest of(InputStream event, DeploymentKeys keys) throws IOException {
    return of(object("event", JsonText.parse(event.readAllBytes())), keys);
  }

  /** The same of an event that was read already. */
  public static HttpRequest of(Json.Obj json, DeploymentKeys keys) {
    if (!json.text("version").equals(Optional.of("2.0"))) {
      throw new IllegalArgumentException("Not an API Gateway event of payload format 2.0");
    }
    var context = object("requestContext", json.get("requestContext").orElse(Json.NULL));
    var http = object("requestContext.http", context.get("http").orElse(Json.NULL));
    return new HttpRequest(
        text(context, "requestId"),
        text(http, "method"),
        text(json, "rawPath"),
        Map.of(),
        json.text("rawQueryString").orElse(""),
        lowerCased(texts(json, "headers")),
        keys,
        body(json));
  }

  /** This request with what its route found in the path. */
  public HttpRequest withPathParameters(Map<String, String> parameters) {
    return new HttpRequest(id, method, path, parameters, rawQuery, headers, keys, body);
  }

  /** The header, whatever its case; empty when it was not sent. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * The {@code Idempotency-Key}; empty when there is none or it is blank.
   *
   * @throws ApiException when it is longer than {@value Limits#IDEMPOTENCY_KEY_CHARACTERS}
   *     characters
   */
  public Optional<String> idempotencyKey() {
    var key = header("idempotency-key").map(String::strip).filter(it -> !it.isEmpty());
    if (key.isPresent() && key.get().length() > Limits.IDEMPOTENCY_KEY_CHARACTERS) {
      throw ErrorCode.INVALID_PARAMS.at(
          "Idempotency-Key",
          "must have at most " + Limits.IDEMPOTENCY_KEY_CHARACTERS + " characters");
    }
    return key;
  }

  /**
   * The id in the path.
   *
   * @throws ApiException when it breaks the rules of {@link Ids}
   */
  public String pathId(String name) {
    return Ids.checked(name, pathParameter(name));
  }

  /** The part of the path that the route calls {@code name}, unchecked. */
  public String pathParameter(String name) {
    var value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The route has no parameter {" + name + "}");
    }
    return value;
  }

  /**
   * The query's parameters.
   *
   * @throws ApiException when they are not percent-encoded UTF-8
   */
  public Query query() {
    return Query.parse(rawQuery);
  }

  /**
   * The cursors of a list that this call asks for.
   *
   * @param list what makes it this list within the environment: its name, what its path names and,
   *     where a position means nothing under other filters, {@link Query#filters()}
   */
  public Cursors cursors(EnvironmentId environment, String... list) {
    var boundTo = new ArrayList<String>();
    boundTo.add(environment.value());
    boundTo.addAll(List.of(list));
    return new Cursors(keys.key(), boundTo);
  }

  /**
   * The body's fields; no body is an empty object.
   *
   * @throws ApiException when the body is not JSON or not an object
   */
  public RequestFields fields() {
    if (body.length == 0) {
      return RequestFields.of(Json.object(), "");
    }
    try {
      return RequestFields.of(JsonText.parse(body, Limits.BODY_DEPTH), "");
    } catch (MalformedJson e) {
      throw ErrorCode.INVALID_JSON.at("body", e.located());
    }
  }

  private static byte[] body(Json.Obj event) {
    var text = event.text("body").orElse("");
    return event.get("isBase64Encoded").equals(Optional.of(Json.TRUE))
        ? Base64.getDecoder().decode(text)
        : text.getBytes(StandardCharsets.UTF_8);
  }

  private static Json.Obj object(String name, Json json) {
    if (json instanceof Json.Obj object) {
      return object;
    }
    throw new IllegalArgumentException("Not an API Gateway event: " + name + " is no object");
  }

  private static String text(Json.Obj json, String name) {
    return json.text(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException("Not an API Gateway event: " + name + " is no text"));
  }

  private static Map<String, String> texts(Json.Obj json, String name) {
    var texts = new LinkedHashMap<String, String>();
    json.object(name)
        .fields()
        .forEach(
            (key, value) -> {
              if (value instanceof Json.Str(var text)) {
                texts.put(key, text);
              }
            });
    return texts;
  }

  private static Map<String, String> lowerCased(Map<String, String> headers) {
    var lower = new LinkedHashMap<String, String>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    return lower;
  }
}
