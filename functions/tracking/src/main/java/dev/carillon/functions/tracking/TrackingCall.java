package dev.carillon.functions.tracking;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.tracking.visitor.RequestFacts;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * A request for a link or a pixel, from an API Gateway event in payload format 2.0. Of a request
 * that anybody may send, only what is needed is read.
 *
 * @param id the gateway's request id
 * @param path as it was asked for, without the query
 * @param query as it was asked for
 */
record TrackingCall(String id, String path, String query, RequestFacts facts) {

  /**
   * @throws IllegalArgumentException when this is no event of payload format 2.0: a matter of how
   *     the function is wired, not of any client
   */
  static TrackingCall of(InputStream event) throws IOException {
    if (!(JsonText.parse(event.readAllBytes()) instanceof Json.Obj json)
        || !json.text("version").equals(Optional.of("2.0"))) {
      throw new IllegalArgumentException("Not an API Gateway event of payload format 2.0");
    }
    Json.Obj context = json.object("requestContext");
    Json.Obj http = context.object("http");
    var headers = new LinkedHashMap<String, String>();
    json.object("headers")
        .fields()
        .forEach(
            (name, value) -> {
              if (value instanceof Json.Str(var text)) {
                headers.put(name, text);
              }
            });
    return new TrackingCall(
        text(context, "requestId"),
        text(json, "rawPath"),
        json.text("rawQueryString").orElse(""),
        new RequestFacts(text(http, "method"), headers, http.text("sourceIp")));
  }

  private static String text(Json.Obj json, String name) {
    return json.text(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException("Not an API Gateway event: " + name + " is no text"));
  }
}
