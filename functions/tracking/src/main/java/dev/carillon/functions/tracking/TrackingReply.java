package dev.carillon.functions.tracking;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.tracking.link.LinkTarget;
import dev.carillon.tracking.link.TrackingPaths;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is answered. Nothing is cached, nothing is set in the browser, nothing leaks onward. */
sealed interface TrackingReply {

  /** On to where the link leads. */
  record Onward(LinkTarget target) implements TrackingReply {}

  /** The image, whatever was asked for: its bytes tell nothing. */
  record Shown(TrackingPaths.Image image) implements TrackingReply {}

  /** There is no such link; also when there is one that only looks like it. */
  record Missing() implements TrackingReply {}

  /** No link has such a path, and who writes to it means the API, of which there is none either. */
  record NoRoute() implements TrackingReply {}

  /** Links are followed, not written to. */
  record NotAllowed() implements TrackingReply {}

  /** A link could not be looked up for now. */
  record Later() implements TrackingReply {}

  default int status() {
    return switch (this) {
      case Onward _ -> 302;
      case Shown _ -> 200;
      case Missing _, NoRoute _ -> 404;
      case NotAllowed _ -> 405;
      case Later _ -> 503;
    };
  }

  private Map<String, String> headers() {
    var headers = new LinkedHashMap<String, String>();
    headers.put("cache-control", "no-store, no-cache, must-revalidate, max-age=0");
    headers.put("referrer-policy", "no-referrer");
    headers.put("x-content-type-options", "nosniff");
    headers.put("x-robots-tag", "noindex, nofollow");
    switch (this) {
      case Onward(var target) -> headers.put("location", target.value());
      case Shown(var image) -> {
        headers.put("content-type", TrackingImages.type(image));
        headers.put("pragma", "no-cache");
        headers.put("expires", "0");
        headers.put("cross-origin-resource-policy", "cross-origin");
      }
      case Missing _ -> headers.put("content-type", "text/plain; charset=utf-8");
      case NoRoute _ -> headers.put("content-type", "application/json; charset=utf-8");
      case NotAllowed _ -> headers.put("allow", "GET, HEAD");
      case Later _ -> headers.put("retry-after", "5");
    }
    return headers;
  }

  /** As the API says it, whose words are not loaded here. */
  private static String noRoute() {
    return JsonText.write(
        Json.object()
            .with("code", "route_missing")
            .with("message", "There is nothing at this method and path.")
            .with("status", Json.of(404))
            .with("type", "invalid_request_error"));
  }

  /**
   * Writes it as API Gateway's payload format 2.0 wants it.
   *
   * @param request the gateway's id of it
   */
  default void writeTo(OutputStream out, String request, boolean withBody) throws IOException {
    var headers = new LinkedHashMap<String, Json>();
    headers().forEach((name, value) -> headers.put(name, Json.of(value)));
    if (this instanceof NoRoute) {
      headers.put("x-request-id", Json.of(request));
    }
    boolean image = this instanceof Shown && withBody;
    String body =
        switch (this) {
          case Shown(var kind) -> TrackingImages.base64(kind);
          case Missing _ -> "This link does not exist.\n";
          case NoRoute _ -> noRoute();
          case Onward _, NotAllowed _, Later _ -> "";
        };
    out.write(
        JsonText.bytes(
            Json.object()
                .with("statusCode", Json.of(status()))
                .with("headers", new Json.Obj(headers))
                .with("body", withBody ? body : "")
                .with("isBase64Encoded", Json.of(image))));
  }
}
