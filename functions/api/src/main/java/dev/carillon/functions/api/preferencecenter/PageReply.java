package dev.carillon.functions.api.preferencecenter;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A page. It bears a link that opens it in its address: so it is not cached, tells nobody where its
 * reader comes from, is not framed, runs nothing and sends its form to itself alone.
 *
 * @param html the whole page; empty for an answer without one
 */
public record PageReply(int status, String html) {

  /** Writes it as API Gateway's payload format 2.0 wants it. */
  public void writeTo(OutputStream out) throws IOException {
    Json.Obj headers =
        Json.object()
            .with("content-type", "text/html; charset=utf-8")
            .with("cache-control", "no-store")
            // Nothing of the link goes elsewhere; without any, its own form would be a stranger's.
            .with("referrer-policy", "same-origin")
            .with("x-content-type-options", "nosniff")
            .with("x-frame-options", "DENY")
            .with("x-robots-tag", "noindex, nofollow")
            .with(
                "content-security-policy",
                "default-src 'none'; style-src 'unsafe-inline'; img-src https:; form-action"
                    + " 'self'; base-uri 'none'; frame-ancestors 'none'");
    out.write(
        JsonText.bytes(
            Json.object()
                .with("statusCode", Json.of(status))
                .with(
                    "headers",
                    status == 405
                        ? headers.with("allow", "GET, HEAD, POST")
                        : status == 503 ? headers.with("retry-after", "2") : headers)
                .with("body", html)
                .with("isBase64Encoded", Json.FALSE)));
  }
}
