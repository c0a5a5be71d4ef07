package dev.carillon.memory.contract.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.memory.contract.Samples;
import dev.carillon.message.MessageId;
import dev.carillon.tracking.Tracked;
import dev.carillon.tracking.TrackedLink;
import dev.carillon.tracking.TrackedMail;
import dev.carillon.tracking.TrackingEvent;
import dev.carillon.tracking.TrackingEvents;
import dev.carillon.tracking.link.LinkTarget;
import dev.carillon.tracking.visitor.MachineSign;
import dev.carillon.tracking.visitor.Visitor;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class TrackingEventsContract {
  private final EnvironmentId environment = Samples.environment();
  private final MessageId message = new MessageId(Ksuid.of(Samples.NOW, Digest.of("tracked")));
  private TrackingEvents events;

  protected abstract TrackingEvents trackingEvents();

  @BeforeEach
  void prepare() {
    events = trackingEvents();
  }

  @Test
  void the_events_of_a_message_are_found_newest_first() {
    TrackingEvent open = event("a", new TrackedMail(environment, message), 1);
    TrackingEvent click = event("b", link(), 2);
    events.put(click);
    events.put(open);
    assertThat(events.ofMessage(environment, message)).containsExactly(click, open);
  }

  @Test
  void one_event_is_found_by_its_instant_and_id() {
    TrackingEvent click = event("b", link(), 2);
    events.put(click);
    assertThat(events.find(environment, message, click.at(), click.id())).contains(click);
    assertThat(events.find(environment, message, click.at(), "c")).isEmpty();
    assertThat(events.find(Samples.environment(), message, click.at(), click.id())).isEmpty();
  }

  @Test
  void an_event_told_twice_is_one() {
    events.put(event("a", link(), 1));
    events.put(event("a", link(), 1));
    assertThat(events.ofMessage(environment, message)).hasSize(1);
  }

  @Test
  void another_environment_or_message_has_its_own() {
    events.put(event("a", link(), 1));
    var other = new MessageId(Ksuid.of(Samples.NOW, Digest.of("other")));
    assertThat(events.ofMessage(Samples.environment(), message)).isEmpty();
    assertThat(events.ofMessage(environment, other)).isEmpty();
  }

  @Test
  void those_of_a_message_are_deleted_together() {
    var other = new MessageId(Ksuid.of(Samples.NOW, Digest.of("other")));
    events.put(event("a", link(), 1));
    events.put(event("b", link(), 2));
    events.put(event("c", new TrackedMail(environment, other), 3));
    events.deleteOf(environment, message);
    events.deleteOf(environment, message);
    assertThat(events.ofMessage(environment, message)).isEmpty();
    assertThat(events.ofMessage(environment, other)).hasSize(1);
  }

  private Tracked link() {
    return new TrackedLink(
        environment,
        message,
        TrackedLink.Kind.LINK,
        3,
        LinkTarget.of("https://acme.example/?a=ü").orElseThrow());
  }

  private static TrackingEvent event(String id, Tracked subject, int seconds) {
    return new TrackingEvent(
        id.repeat(32),
        subject,
        Samples.later(seconds),
        seconds == 1 ? new Visitor.Person() : new Visitor.Automaton(MachineSign.LINK_PREVIEW),
        Optional.of("Mozilla/5.0 (ü)"),
        Optional.of("203.0.113.7"),
        Optional.empty());
  }
}
