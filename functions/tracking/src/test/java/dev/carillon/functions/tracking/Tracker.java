package dev.carillon.functions.tracking;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.outgoing.InMemoryShortLinks;
import dev.carillon.memory.outgoing.InMemoryTracking;
import dev.carillon.message.MessageId;
import dev.carillon.runtime.Log;
import dev.carillon.tracking.RecordTracking;
import dev.carillon.tracking.TrackedLink;
import dev.carillon.tracking.link.KeyRing;
import dev.carillon.tracking.link.LinkDomains;
import dev.carillon.tracking.link.LinkKey;
import dev.carillon.tracking.link.LinkTarget;
import dev.carillon.tracking.link.LinkTokens;
import dev.carillon.tracking.link.ShortLinks;
import dev.carillon.tracking.link.ShortenedLinks;
import dev.carillon.tracking.link.StandardLinks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The function over ports in memory, and what is asked of it. */
final class Tracker {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final EnvironmentId ENVIRONMENT = new EnvironmentId("production");
  static final MessageId MESSAGE = new MessageId(Ksuid.of(NOON, Digest.of("m")));
  static final LinkDomains DOMAINS =
      new LinkDomains("links.acme.example", "go.acme.test", "opens.acme.example");
  static final String SAFARI =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1";

  final MutableClock clock = new MutableClock(NOON);
  final InMemoryShortLinks shortLinks = new InMemoryShortLinks();
  final InMemoryTracking told = new InMemoryTracking();
  final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  KeyRing keys = KeyRing.of(key(1));
  ShortLinks looked = shortLinks;
  RecordTracking telling = told;
  private int requests;

  /** What was answered. */
  record Answered(int status, Map<String, String> headers, String body, boolean base64) {
    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  static LinkKey key(int id) {
    var secret = new byte[LinkKey.LEAST_BYTES];
    secret[0] = (byte) id;
    return new LinkKey(id, secret);
  }

  LinkTokens tokens() {
    return new LinkTokens(keys);
  }

  TrackedLink link(String url) {
    return new TrackedLink(
        ENVIRONMENT, MESSAGE, TrackedLink.Kind.LINK, 0, LinkTarget.of(url).orElseThrow());
  }

  /** The path of a standard link there. */
  String standard(String url) {
    return path(links().to(LinkTarget.of(url).orElseThrow(), TrackedLink.Kind.LINK));
  }

  String shortened(String url) {
    var links = new ShortenedLinks(keys, shortLinks, DOMAINS, ENVIRONMENT, MESSAGE);
    return path(links.to(LinkTarget.of(url).orElseThrow(), TrackedLink.Kind.LINK));
  }

  String pixel() {
    return path(links().pixel());
  }

  private StandardLinks links() {
    return new StandardLinks(tokens(), DOMAINS, ENVIRONMENT, MESSAGE);
  }

  static String path(String address) {
    return address.substring(address.indexOf('/', "https://".length()));
  }

  Answered get(String path) {
    return ask("GET", path, "", Map.of("user-agent", SAFARI));
  }

  Answered get(String path, String query) {
    return ask("GET", path, query, Map.of("user-agent", SAFARI));
  }

  Answered ask(String method, String path, String query, Map<String, String> headers) {
    return play(event("request " + requests++, method, path, query, headers));
  }

  /** Puts an event of the gateway through the handler. */
  Answered play(Json.Obj event) {
    var log =
        new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), clock, Optional.empty());
    var follow = new FollowLink(new LinkTokens(keys), looked, telling, clock, log);
    return answered(new TrackingHandler(follow), event);
  }

  static Json.Obj event(
      String id, String method, String path, String query, Map<String, String> headers) {
    var sent = new LinkedHashMap<String, Json>();
    headers.forEach((name, value) -> sent.put(name, Json.of(value)));
    return Json.object()
        .with("version", "2.0")
        .with("routeKey", "$default")
        .with("rawPath", path)
        .with("rawQueryString", query)
        .with("headers", new Json.Obj(sent))
        .with(
            "requestContext",
            Json.object()
                .with("requestId", id)
                .with(
                    "http",
                    Json.object()
                        .with("method", method)
                        .with("path", path)
                        .with("sourceIp", "203.0.113.9")))
        .with("isBase64Encoded", Json.FALSE);
  }

  static Answered answered(TrackingHandler handler, Json.Obj event) {
    try {
      var out = new ByteArrayOutputStream();
      handler.handleRequest(new ByteArrayInputStream(JsonText.bytes(event)), out, null);
      var json = (Json.Obj) JsonText.parse(out.toByteArray());
      var headers = new LinkedHashMap<String, String>();
      json.object("headers")
          .fields()
          .forEach((name, value) -> headers.put(name, ((Json.Str) value).value()));
      return new Answered(
          ((Json.Num) json.get("statusCode").orElseThrow()).value().intValueExact(),
          headers,
          json.text("body").orElse(""),
          json.get("isBase64Encoded").equals(Optional.of(Json.TRUE)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
