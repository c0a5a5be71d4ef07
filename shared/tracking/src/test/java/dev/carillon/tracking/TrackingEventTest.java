package dev.carillon.tracking;

import static dev.carillon.tracking.Tracking.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.json.Json;
import dev.carillon.tracking.visitor.MachineSign;
import dev.carillon.tracking.visitor.RequestFacts;
import dev.carillon.tracking.visitor.Visitor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrackingEventTest {
  private static final RequestFacts FACTS =
      new RequestFacts(
          "GET",
          Map.of("User-Agent", "Safari", "Referer", "https://mail.example/"),
          Optional.of("203.0.113.9"));

  private static TrackingEvent event(String request, Tracked subject) {
    return TrackingEvent.of(request, subject, NOON, new Visitor.Person(), FACTS);
  }

  @Test
  void an_event_survives_its_document() {
    var machine =
        new TrackingEvent(
            "x",
            Tracking.action("https://acme.example"),
            NOON,
            new Visitor.Automaton(MachineSign.MAIL_SCANNER),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    for (TrackingEvent event :
        List.of(event("1", Tracking.mail()), event("1", Tracking.link("https://a.b")), machine)) {
      assertThat(TrackingEventDocument.read(TrackingEventDocument.write(event))).isEqualTo(event);
    }
  }

  @Test
  void what_is_no_event_is_refused() {
    var good = TrackingEventDocument.write(event("1", Tracking.link("https://a.b")));
    for (Json.Obj wrong :
        List.of(
            Json.object(),
            good.with("v", Json.of(2)),
            good.without("message"),
            good.with("message", "x"),
            good.with("machine", "toaster"),
            good.with("link", Json.TRUE),
            good.with("link", good.object("link").with("url", "javascript:alert(1)")))) {
      assertThatThrownBy(() -> TrackingEventDocument.read(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void one_request_is_one_event_and_two_requests_are_two() {
    assertThat(event("1", Tracking.mail()).id()).isEqualTo(event("1", Tracking.mail()).id());
    assertThat(event("1", Tracking.mail()).id()).isNotEqualTo(event("2", Tracking.mail()).id());
    assertThat(event("1", Tracking.mail()).id()).matches("[0-9a-f]{32}");
  }

  @Test
  void it_keeps_who_asked_and_from_where_within_bounds() {
    var long_ =
        new RequestFacts(
            "GET",
            Map.of("user-agent", "u".repeat(9_000), "referer", "r".repeat(9_000)),
            Optional.of("203.0.113.9"));
    var event = TrackingEvent.of("1", Tracking.mail(), NOON, new Visitor.Person(), long_);
    assertThat(event.userAgent().orElseThrow()).hasSize(TrackingEvent.USER_AGENT);
    assertThat(event.referer().orElseThrow()).hasSize(TrackingEvent.REFERER);
    assertThat(event("1", Tracking.mail()).userAgent()).contains("Safari");
    assertThat(event("1", Tracking.mail()).address()).contains("203.0.113.9");
  }
}
