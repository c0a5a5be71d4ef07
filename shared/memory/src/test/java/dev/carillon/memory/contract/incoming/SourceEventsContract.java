package dev.carillon.memory.contract.incoming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.memory.contract.Samples;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import dev.carillon.source.ActionType;
import dev.carillon.source.SourceEvent;
import dev.carillon.source.SourceEvent.ActionOutcome;
import dev.carillon.source.SourceEvent.State;
import dev.carillon.source.SourceEvents;
import dev.carillon.source.SourceEvents.Tally;
import dev.carillon.source.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class SourceEventsContract {
  private static final SourceId SOURCE = new SourceId("src_12345678");

  private final EnvironmentId environment = Samples.environment();
  private SourceEvents events;

  protected abstract SourceEvents sourceEvents();

  @BeforeEach
  void prepare() {
    events = sourceEvents();
  }

  private SourceEvent event(int number) {
    return event(number, "Order Placed", Optional.of("key-1"), Samples.NOW.plusSeconds(number));
  }

  private SourceEvent event(int number, String type, Optional<String> key, Instant at) {
    return new SourceEvent(
        environment,
        "shop",
        SourceEvent.id(at, SOURCE, "request " + number),
        type,
        Json.object().with("body", Samples.DATA).with("headers", Json.object().with("a", "b")),
        key,
        at,
        Optional.of("enforced:verified"),
        false,
        new State.Received(),
        0);
  }

  private static SourceEvent rehearsed(SourceEvent event) {
    return new SourceEvent(
        event.environment(),
        event.source(),
        event.id(),
        event.type(),
        event.sent(),
        Optional.empty(),
        event.receivedAt(),
        Optional.empty(),
        true,
        event.state(),
        0);
  }

  private SourceEvent ofUser(int number, String source, String user) {
    Instant at = Samples.NOW.plusSeconds(number);
    return new SourceEvent(
        environment,
        source,
        SourceEvent.id(at, SOURCE, "request " + number),
        "Order Placed",
        Json.object().with("body", Json.object().with("userId", user)),
        Optional.empty(),
        at,
        Optional.empty(),
        false,
        new State.Received(),
        0);
  }

  @Test
  void what_is_kept_of_a_user_is_found_and_can_be_deleted() {
    var user = RecipientId.user("ada#1");
    for (int i = 0; i < 9; i++) {
      events.create(ofUser(i, i % 2 == 0 ? "shop" : "crm", "ada#1"));
    }
    events.create(ofUser(20, "shop", "bob"));
    events.create(event(21));
    var found = Samples.walk(4, page -> events.of(environment, user, page));
    assertThat(found).hasSize(9).doesNotHaveDuplicates();
    assertThat(found.getFirst()).isEqualTo(ofUser(8, "shop", "ada#1").stored());
    assertThat(found.get(1).source()).isEqualTo("crm");
    assertThat(Samples.walk(4, page -> events.of(Samples.environment(), user, page))).isEmpty();
    found.forEach(events::delete);
    events.delete(found.getFirst());
    assertThat(Samples.walk(4, page -> events.of(environment, user, page))).isEmpty();
    assertThat(events.find(environment, "shop", found.getFirst().id())).isEmpty();
    assertThat(Samples.walk(4, page -> events.of(environment, RecipientId.user("bob"), page)))
        .hasSize(1);
  }

  @Test
  void whom_its_actions_made_known_an_event_is_kept_of() {
    events.create(event(1));
    var known =
        new ActionOutcome(
            ActionType.USERS_IDENTIFY,
            Json.object(),
            Optional.of(Json.object().with("id", "eve")),
            Optional.empty());
    events.save(event(1).stored().with(new State.Done(List.of(known))));
    assertThat(Samples.walk(4, page -> events.of(environment, RecipientId.user("eve"), page)))
        .extracting(SourceEvent::id)
        .containsExactly(event(1).id());
  }

  @Test
  void an_event_is_found_as_it_was_stored_whatever_became_of_it() {
    assertThat(events.create(event(1))).isTrue();
    assertThat(events.create(event(1))).as("again").isFalse();
    assertThat(events.find(environment, "shop", event(1).id())).contains(event(1).stored());
    assertThat(events.find(environment, "other", event(1).id())).isEmpty();
    assertThat(events.find(environment, "shop", "sev_1")).as("no id").isEmpty();
    var done =
        event(1)
            .stored()
            .with(
                new State.Done(
                    List.of(
                        new ActionOutcome(
                            ActionType.USERS_IDENTIFY,
                            Samples.DATA,
                            Optional.of(Samples.DATA),
                            Optional.empty()),
                        new ActionOutcome(
                            ActionType.WORKFLOWS_TRIGGER,
                            Samples.DATA,
                            Optional.empty(),
                            Optional.of("recipients is required")))));
    assertThat(events.save(done)).isTrue();
    assertThat(events.save(done)).as("from what was read before").isFalse();
    assertThat(events.find(environment, "shop", done.id())).contains(done.stored());
    events.create(event(2));
    var repeated = event(2).stored().with(new State.Repeated(event(1).id()));
    assertThat(events.save(repeated)).isTrue();
    assertThat(events.find(environment, "shop", repeated.id())).contains(repeated.stored());
    assertThat(events.save(event(3))).as("there is none").isFalse();
  }

  @Test
  void what_is_wanted_within_the_range_is_listed_newest_first() {
    for (int i = 0; i < 10; i++) {
      events.create(event(i));
    }
    var page =
        events.newestFirst(
            environment,
            "shop",
            new TimeRange(Samples.NOW.plusSeconds(3), Samples.NOW.plusSeconds(8)),
            it -> !it.id().equals(event(5).id()),
            PageRequest.first(3));
    assertThat(page.items())
        .extracting(SourceEvent::id)
        .containsExactly(event(7).id(), event(6).id(), event(4).id());
    assertThat(page.next()).contains(event(4).id());
  }

  @Test
  void for_a_day_one_event_is_that_of_its_key_unless_it_lets_go() {
    SourceEvent first = event(1);
    SourceEvent second = event(2);
    assertThat(events.claim(first, Samples.NOW)).isEqualTo(first.id());
    assertThat(events.claim(first, Samples.NOW)).as("again").isEqualTo(first.id());
    assertThat(events.claim(second, Samples.NOW)).isEqualTo(first.id());
    events.release(second);
    assertThat(events.claim(second, Samples.NOW)).as("not its own").isEqualTo(first.id());
    events.release(first);
    assertThat(events.claim(second, Samples.NOW)).isEqualTo(second.id());
    SourceEvent other = event(3, "Order Sent", Optional.of("key-1"), Samples.NOW);
    assertThat(events.claim(other, Samples.NOW)).as("of another type").isEqualTo(other.id());
    Instant tomorrow = Samples.NOW.plus(SourceEvents.REMEMBERED).plusSeconds(1);
    assertThat(events.claim(event(4), tomorrow)).isEqualTo(event(4).id());
  }

  @Test
  void what_came_in_is_counted_by_its_type_for_thirty_days() {
    Instant now = Samples.NOW.plus(Duration.ofDays(20)).truncatedTo(ChronoUnit.MILLIS);
    events.create(event(1));
    events.create(event(1));
    events.create(event(2, "Order Placed", Optional.empty(), now));
    events.create(event(3, "a/b #1", Optional.empty(), now));
    events.create(rehearsed(event(4, "Tried", Optional.empty(), now)));
    assertThat(events.tallies(environment, "shop", now))
        .containsExactly(new Tally("Order Placed", 2, now), new Tally("a/b #1", 1, now));
    assertThat(events.tallies(environment, "shop", now.plus(Duration.ofDays(20))))
        .extracting(Tally::count)
        .containsExactly(1L, 1L);
    assertThat(events.tallies(environment, "other", now)).isEmpty();
  }
}
