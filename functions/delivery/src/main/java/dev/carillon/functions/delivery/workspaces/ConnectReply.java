package dev.carillon.functions.delivery.workspaces;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** A page that tells the one that opened it how connecting a workspace ended, or a redirect. */
public final class ConnectReply {
  private final int status;
  private final Json.Obj headers;
  private final String html;

  private ConnectReply(int status, Json.Obj headers, String html) {
    this.status = status;
    this.headers = headers;
    this.html = html;
  }

  static ConnectReply redirect(String url) {
    return new ConnectReply(302, Json.object().with("location", url), "");
  }

  static ConnectReply done(String request, Optional<String> nonce) {
    return page(request, 200, "authComplete", "Connected. This window can be closed.", nonce);
  }

  static ConnectReply failed(String request, int status, String sentence, Optional<String> nonce) {
    return page(request, status, "authFailed", "It could not be connected. " + sentence, nonce);
  }

  /** What is told holds no secret, so that it may be told to any page. */
  private static ConnectReply page(
      String request, int status, String type, String sentence, Optional<String> nonce) {
    String id = request.replaceAll("[^A-Za-z0-9=+/_-]", "");
    String told =
        JsonText.write(Json.object().with("type", type).with("nonce", Json.ofNullable(nonce)));
    String escaped = sentence.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return new ConnectReply(
        status,
        Json.object()
            .with("content-type", "text/html; charset=utf-8")
            .with(
                "content-security-policy",
                "default-src 'none'; script-src 'nonce-" + id + "'; frame-ancestors 'none'"),
        "<!doctype html><meta charset=\"utf-8\"><title>Carillon</title><p>"
            + escaped
            + "</p><script nonce=\""
            + id
            + "\">if (opener) opener.postMessage("
            + told
            + ", \"*\");</script>");
  }

  /** Writes it as API Gateway's payload format 2.0 wants it. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(
        JsonText.bytes(
            Json.object()
                .with("statusCode", Json.of(status))
                .with(
                    "headers",
                    headers
                        .with("cache-control", "no-store")
                        .with("referrer-policy", "no-referrer")
                        .with("x-content-type-options", "nosniff"))
                .with("body", html)
                .with("isBase64Encoded", Json.FALSE)));
  }
}
