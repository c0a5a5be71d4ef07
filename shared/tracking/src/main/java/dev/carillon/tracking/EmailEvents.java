package dev.carillon.tracking;

import dev.carillon.json.Json;
import dev.carillon.tracking.visitor.Visitor;
import java.time.temporal.ChronoUnit;

/** The {@code email_event} records of the second product. */
public final class EmailEvents {
  private EmailEvents() {}

  /**
   * {@code {"object": "email_event", "id", "type": "opened" | "clicked", "email_id", "created_at",
   * "url", "machine", "metadata": {"user_agent", "ip_address", "referer"}}}. {@code url} is null
   * for an open, {@code machine} for a person; what the request did not say is null.
   */
  public static Json.Obj shown(TrackingEvent event) {
    return Json.object()
        .with("object", "email_event")
        .with("id", event.id())
        .with("type", type(event.subject()))
        .with("email_id", event.subject().message().value())
        .with("created_at", event.at().truncatedTo(ChronoUnit.MICROS).toString())
        .with("url", url(event.subject()))
        .with("machine", machine(event.visitor()))
        .with(
            "metadata",
            Json.object()
                .with("user_agent", Json.ofNullable(event.userAgent()))
                .with("ip_address", Json.ofNullable(event.address()))
                .with("referer", Json.ofNullable(event.referer())));
  }

  private static String type(Tracked subject) {
    return switch (subject) {
      case TrackedMail _ -> "opened";
      case TrackedLink _ -> "clicked";
    };
  }

  private static Json url(Tracked subject) {
    return switch (subject) {
      case TrackedMail _ -> Json.NULL;
      case TrackedLink link -> Json.of(link.target().value());
    };
  }

  private static Json machine(Visitor visitor) {
    return switch (visitor) {
      case Visitor.Person() -> Json.NULL;
      case Visitor.Automaton(var sign) -> Json.of(sign.wireName());
    };
  }
}
