package dev.carillon.testing.engine;

import dev.carillon.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP call as a client makes it.
 *
 * @param path from {@code /v1} on, percent-encoded where need be, with its query if it has one
 * @param headers beside the key that the engine adds
 * @param body its text; empty for a call without one
 */
public record Call(String method, String path, Map<String, String> headers, Optional<String> body) {

  public Call {
    headers = Map.copyOf(headers);
  }

  public static Call get(String path) {
    return new Call("GET", path, Map.of(), Optional.empty());
  }

  public static Call delete(String path) {
    return new Call("DELETE", path, Map.of(), Optional.empty());
  }

  public static Call delete(String path, Json.Obj body) {
    return new Call("DELETE", path, Map.of(), Optional.of(InvocationJson.of(body)));
  }

  public static Call put(String path, Json.Obj body) {
    return new Call("PUT", path, Map.of(), Optional.of(InvocationJson.of(body)));
  }

  public static Call post(String path, Json.Obj body) {
    return new Call("POST", path, Map.of(), Optional.of(InvocationJson.of(body)));
  }

  /** A trigger of the workflow; see {@link #once} for a call that may be repeated. */
  public static Call trigger(String workflow, Json.Obj body) {
    return post("/v1/workflows/" + workflow + "/trigger", body);
  }

  public static Call cancel(String workflow, Json.Obj body) {
    return post("/v1/workflows/" + workflow + "/cancel", body);
  }

  public Call with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Call(method, path, more, body);
  }

  /** With an {@code Idempotency-Key}: however often it is made, it is accepted once. */
  public Call once(String idempotencyKey) {
    return with("idempotency-key", idempotencyKey);
  }
}
