package dev.carillon.tracking;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import dev.carillon.tracking.link.LinkTarget;
import dev.carillon.tracking.visitor.MachineSign;
import dev.carillon.tracking.visitor.Visitor;
import java.time.Instant;
import java.util.Optional;

/**
 * A {@link TrackingEvent} as JSON, for queues and streams: {@code {"v": 1, "id", "environment",
 * "message", "at", "link": {"kind", "index", "url"}, "machine", "user_agent", "ip", "referer"}};
 * {@code link} is absent for an open, {@code machine} for a person.
 */
public final class TrackingEventDocument {
  private static final int VERSION = 1;

  private TrackingEventDocument() {}

  public static Json.Obj write(TrackingEvent event) {
    var json =
        Json.object()
            .with("v", Json.of(VERSION))
            .with("id", event.id())
            .with("environment", event.subject().environment().value())
            .with("message", event.subject().message().value())
            .with("at", event.at().toString());
    json =
        switch (event.subject()) {
          case TrackedMail _ -> json;
          case TrackedLink link ->
              json.with(
                  "link",
                  Json.object()
                      .with("kind", link.kind().wireName())
                      .with("index", Json.of(link.index()))
                      .with("url", link.target().value()));
        };
    json =
        switch (event.visitor()) {
          case Visitor.Person() -> json;
          case Visitor.Automaton(var sign) -> json.with("machine", sign.wireName());
        };
    json = with(json, "user_agent", event.userAgent());
    json = with(json, "ip", event.address());
    return with(json, "referer", event.referer());
  }

  private static Json.Obj with(Json.Obj json, String key, Optional<String> value) {
    return value.map(text -> json.with(key, text)).orElse(json);
  }

  /**
   * @throws IllegalArgumentException when this is no such document
   */
  public static TrackingEvent read(Json.Obj json) {
    if (!json.get("v").equals(Optional.of(Json.of(VERSION)))) {
      throw new IllegalArgumentException("Not a tracking event of version " + VERSION);
    }
    var environment = new EnvironmentId(text(json, "environment"));
    var message = new MessageId(text(json, "message"));
    return new TrackingEvent(
        text(json, "id"),
        json.get("link")
            .<Tracked>map(_ -> link(environment, message, json.object("link")))
            .orElseGet(() -> new TrackedMail(environment, message)),
        Instant.parse(text(json, "at")),
        json.text("machine")
            .<Visitor>map(name -> new Visitor.Automaton(sign(name)))
            .orElseGet(Visitor.Person::new),
        json.text("user_agent"),
        json.text("ip"),
        json.text("referer"));
  }

  private static TrackedLink link(EnvironmentId environment, MessageId message, Json.Obj json) {
    if (json.get("index").orElse(Json.NULL) instanceof Json.Num(var index)) {
      return new TrackedLink(
          environment,
          message,
          TrackedLink.Kind.named(text(json, "kind"))
              .orElseThrow(() -> new IllegalArgumentException("Not a kind of link")),
          index.intValueExact(),
          new LinkTarget(text(json, "url")));
    }
    throw new IllegalArgumentException("A link without an index");
  }

  private static MachineSign sign(String name) {
    return MachineSign.named(name)
        .orElseThrow(() -> new IllegalArgumentException("Not a sign of a machine: " + name));
  }

  private static String text(Json.Obj json, String key) {
    return json.text(key)
        .orElseThrow(() -> new IllegalArgumentException("A tracking event without " + key));
  }
}
