package dev.carillon.memory.contract.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.CancellableWait;
import dev.carillon.trigger.TraceContext;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.trigger.Triggers;
import dev.carillon.trigger.Triggers.Acceptance;
import dev.carillon.trigger.Triggers.Idempotency;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class TriggersContract {
  private static final Duration RETENTION = Duration.ofDays(30);
  private static final RecipientId ADA = RecipientId.user("ada");

  private final EnvironmentId environment = Samples.environment();
  private final MutableClock clock = new MutableClock(Samples.NOW);
  private Triggers triggers;

  protected abstract Triggers triggers(MutableClock clock, Duration retention);

  @BeforeEach
  void prepare() {
    triggers = triggers(clock, RETENTION);
  }

  private Trigger trigger() {
    return Samples.trigger(environment, Samples.NOW);
  }

  private static Trigger cancellable(Trigger trigger, String key) {
    return new Trigger(
        trigger.environment(),
        trigger.id(),
        trigger.workflow(),
        trigger.version(),
        trigger.recipients(),
        trigger.actor(),
        trigger.tenant(),
        trigger.data(),
        Optional.of(key),
        trigger.settings(),
        new Trigger.Source.Api());
  }

  private Acceptance accept(Trigger trigger) {
    return triggers.accept(trigger, Optional.empty(), clock.instant());
  }

  private Acceptance accept(Trigger trigger, String key, String request) {
    return triggers.accept(
        trigger,
        Optional.of(new Idempotency(key, request, "request-" + trigger.id())),
        clock.instant());
  }

  @Test
  void an_accepted_trigger_is_found_whole() {
    var identification =
        new Identification(
            Samples.DATA,
            Optional.of(Samples.NOW),
            Map.of("default", Samples.DATA),
            Map.of("channel", Samples.DATA));
    var trigger =
        new Trigger(
            environment,
            Samples.triggerId(Samples.NOW),
            Samples.WORKFLOW,
            Samples.VERSION,
            List.of(
                new Trigger.Named(ADA, Optional.of(identification), Samples.DATA),
                new Trigger.Named(
                    new RecipientId("projects", "#1"), Optional.empty(), Json.Obj.EMPTY),
                new Trigger.Named(RecipientId.user("u"), Optional.empty(), Json.Obj.EMPTY)),
            Optional.of(
                new Trigger.Named(
                    RecipientId.user("grace"),
                    Optional.of(Identification.NOTHING),
                    Json.Obj.EMPTY)),
            Optional.of(new Trigger.Tenant(new TenantId("acme"), identification)),
            Samples.DATA,
            Optional.of("key 🎉"),
            new Trigger.Settings(
                true,
                true,
                Optional.of(new Trigger.MailTracking(false, true)),
                Optional.of(Samples.NOW.plusSeconds(60))),
            new Trigger.Source.Api(
                Optional.empty(),
                Optional.of(new TraceContext("0af7651916cd43dd8448eb211c80319c", true))));
    assertThat(accept(trigger)).isEqualTo(new Acceptance.Accepted());
    assertThat(triggers.find(environment, trigger.id())).contains(trigger);
    assertThat(triggers.awaited(environment, trigger.id())).contains(trigger);
    assertThat(triggers.find(environment, Samples.triggerId(Samples.NOW))).isEmpty();
    assertThat(triggers.find(Samples.environment(), trigger.id())).isEmpty();
  }

  @Test
  void what_a_trigger_says_of_somebody_who_was_deleted_goes_and_all_else_stays() {
    List.of(1, 3_000, 400_000).forEach(this::forgets);
  }

  private void forgets(int size) {
    var random = new Random(3);
    var text = new StringBuilder();
    random.ints(size, '!', '{').forEach(it -> text.append((char) it));
    var said =
        Optional.of(
            new Identification(
                Json.object().with("x", text.toString()),
                Optional.empty(),
                Map.of("default", Samples.DATA),
                Map.of()));
    RecipientId bob = RecipientId.user("bob");
    Trigger small = trigger();
    var both =
        new Trigger(
            environment,
            small.id(),
            small.workflow(),
            small.version(),
            List.of(
                new Trigger.Named(ADA, said, Samples.DATA),
                new Trigger.Named(bob, said, Samples.DATA)),
            Optional.of(new Trigger.Named(ADA, said, Json.Obj.EMPTY)),
            Optional.empty(),
            Samples.DATA,
            Optional.of("key"),
            small.settings(),
            small.source());
    accept(both);
    triggers.markFannedOut(environment, both.id());
    for (int i = 0; i < 2; i++) {
      triggers.forget(environment, both.id(), ADA);
      Trigger left = triggers.find(environment, both.id()).orElseThrow();
      assertThat(left.named(ADA))
          .contains(new Trigger.Named(ADA, Optional.empty(), Json.Obj.EMPTY));
      assertThat(left.actor()).isEqualTo(left.named(ADA));
      assertThat(left.named(bob)).isEqualTo(both.named(bob));
      assertThat(left.data()).isEqualTo(Samples.DATA);
    }
    assertThat(triggers.fannedOut(environment, both.id())).isTrue();
    triggers.forget(environment, both.id(), bob);
    assertThat(triggers.find(environment, both.id()).orElseThrow().named(bob))
        .contains(new Trigger.Named(bob, Optional.empty(), Json.Obj.EMPTY));
  }

  @Test
  void data_that_were_for_somebody_who_was_deleted_alone_go_too() {
    Trigger hers = trigger();
    accept(hers);
    triggers.forget(environment, hers.id(), RecipientId.user("bob"));
    assertThat(triggers.find(environment, hers.id())).contains(hers);
    triggers.forget(environment, hers.id(), RecipientId.user("ada"));
    assertThat(triggers.find(environment, hers.id()).orElseThrow().data())
        .isEqualTo(Json.Obj.EMPTY);
    triggers.forget(environment, Samples.triggerId(Samples.NOW), ADA);
  }

  @Test
  void a_large_trigger_is_found_whole() {
    var random = new Random(2);
    var text = new StringBuilder();
    for (int i = 0; i < 1_200_000; i++) {
      text.append((char) ('!' + random.nextInt(90)));
    }
    Trigger small = trigger();
    var trigger =
        new Trigger(
            environment,
            small.id(),
            small.workflow(),
            small.version(),
            small.recipients(),
            small.actor(),
            small.tenant(),
            Json.object().with("text", text.toString()),
            Optional.empty(),
            small.settings(),
            new Trigger.Source.Api());
    accept(trigger);
    triggers.keepUntil(environment, trigger.id(), Samples.NOW.plus(Duration.ofDays(100)));
    clock.advance(Duration.ofDays(99));
    assertThat(triggers.find(environment, trigger.id())).contains(trigger);
  }

  @Test
  void accepting_the_same_trigger_again_changes_nothing() {
    Trigger trigger = trigger();
    assertThat(accept(trigger, "k", "r")).isEqualTo(new Acceptance.Accepted());
    triggers.markFannedOut(environment, trigger.id());
    assertThat(accept(trigger, "k", "r")).isEqualTo(new Acceptance.Accepted());
    assertThat(triggers.fannedOut(environment, trigger.id())).isTrue();
  }

  @Test
  void a_repeated_key_answers_with_the_first_call() {
    Trigger first = trigger();
    Trigger second = trigger();
    accept(first, "key", "request");
    assertThat(accept(second, "key", "request"))
        .isEqualTo(new Acceptance.Repeated(first.id(), "request-" + first.id()));
    assertThat(accept(second, "key", "another")).isEqualTo(new Acceptance.Conflicting());
    assertThat(triggers.find(environment, second.id())).isEmpty();
    assertThat(accept(second, "KEY", "request")).isEqualTo(new Acceptance.Accepted());
  }

  @Test
  void what_a_key_means_can_be_asked_without_storing_anything() {
    Trigger first = trigger();
    var again = new Idempotency("key", "request", "request-2");
    assertThat(triggers.before(environment, again, clock.instant())).isEmpty();
    accept(first, "key", "request");
    assertThat(triggers.before(environment, again, clock.instant()))
        .contains(new Acceptance.Repeated(first.id(), "request-" + first.id()));
    var other = new Idempotency("key", "another", "request-3");
    assertThat(triggers.before(environment, other, clock.instant()))
        .contains(new Acceptance.Conflicting());
    clock.advance(Triggers.IDEMPOTENCY_WINDOW.plusMillis(1));
    assertThat(triggers.before(environment, again, clock.instant())).isEmpty();
  }

  @Test
  void a_key_stands_for_its_window_and_in_its_environment() {
    accept(trigger(), "key", "request");
    clock.advance(Triggers.IDEMPOTENCY_WINDOW);
    assertThat(accept(trigger(), "key", "another")).isEqualTo(new Acceptance.Conflicting());
    clock.advance(Duration.ofMillis(1));
    assertThat(accept(trigger(), "key", "another")).isEqualTo(new Acceptance.Accepted());
    Trigger elsewhere = Samples.trigger(Samples.environment(), Samples.NOW);
    assertThat(accept(elsewhere, "key", "third")).isEqualTo(new Acceptance.Accepted());
  }

  @Test
  void of_two_calls_with_one_key_at_once_one_is_accepted() throws Exception {
    for (int round = 0; round < 5; round++) {
      List<Trigger> calls = List.of(trigger(), trigger(), trigger(), trigger());
      var turn = new AtomicInteger();
      String key = "round" + round;
      List<Acceptance> got =
          Race.run(4, () -> accept(calls.get(turn.getAndIncrement()), key, "request"));
      assertThat(got).filteredOn(Acceptance.Accepted.class::isInstance).hasSize(1);
      assertThat(got).filteredOn(Acceptance.Repeated.class::isInstance).hasSize(3);
      List<TriggerId> stored =
          calls.stream()
              .map(Trigger::id)
              .filter(id -> triggers.find(environment, id).isPresent())
              .toList();
      assertThat(stored).hasSize(1);
      assertThat(got)
          .filteredOn(Acceptance.Repeated.class::isInstance)
          .allMatch(it -> ((Acceptance.Repeated) it).original().equals(stored.getFirst()));
    }
  }

  @Test
  void being_fanned_out_is_noted_once_and_for_all() {
    Trigger trigger = trigger();
    accept(trigger);
    assertThat(triggers.fannedOut(environment, trigger.id())).isFalse();
    triggers.markFannedOut(environment, trigger.id());
    triggers.markFannedOut(environment, trigger.id());
    assertThat(triggers.fannedOut(environment, trigger.id())).isTrue();
    assertThat(triggers.find(environment, trigger.id())).contains(trigger);
  }

  @Test
  void a_trigger_is_kept_for_its_retention_and_as_long_as_a_run_waits() {
    Trigger forgotten = trigger();
    Trigger needed = trigger();
    accept(forgotten);
    accept(needed);
    triggers.find(environment, needed.id());
    triggers.keepUntil(environment, needed.id(), Samples.NOW.plus(Duration.ofDays(60)));
    triggers.keepUntil(environment, needed.id(), Samples.NOW.plus(Duration.ofDays(40)));
    clock.advance(RETENTION.plusMinutes(1));
    assertThat(triggers.find(environment, forgotten.id())).isEmpty();
    assertThat(triggers.find(environment, needed.id())).isPresent();
    clock.advance(Duration.ofDays(30).minusMinutes(2));
    assertThat(triggers.find(environment, needed.id())).isPresent();
  }

  @Test
  void a_cancellation_reaches_one_recipient_of_one_trigger() {
    Trigger trigger = trigger();
    Trigger other = trigger();
    accept(trigger);
    accept(other);
    for (String id : Samples.IDS) {
      assertThat(triggers.cancelled(environment, trigger.id(), RecipientId.user(id))).isFalse();
    }
    for (String id : Samples.IDS) {
      triggers.cancel(environment, trigger.id(), RecipientId.user(id));
      triggers.cancel(environment, trigger.id(), RecipientId.user(id));
      assertThat(triggers.cancelled(environment, trigger.id(), RecipientId.user(id))).isTrue();
    }
    assertThat(triggers.cancelled(environment, trigger.id(), ADA)).isFalse();
    assertThat(triggers.cancelled(environment, other.id(), RecipientId.user("a#b"))).isFalse();
    assertThat(triggers.cancelled(Samples.environment(), trigger.id(), RecipientId.user("a#b")))
        .isFalse();
  }

  @Test
  void a_cancellation_under_a_key_reaches_all_that_was_accepted_before_and_nothing_after() {
    var before = new ArrayList<Trigger>();
    for (int i = 0; i < 3; i++) {
      before.add(cancellable(trigger(), "comment#1"));
      accept(before.getLast());
    }
    Trigger otherKey = cancellable(trigger(), "comment#2");
    accept(otherKey);
    Trigger without = trigger();
    accept(without);
    cancelUnder("comment#1");
    cancelUnder("comment#1");
    Trigger after = cancellable(trigger(), "comment#1");
    accept(after);
    for (Trigger trigger : before) {
      assertThat(triggers.cancelled(environment, trigger.id(), ADA)).isTrue();
      assertThat(triggers.cancelled(Samples.environment(), trigger.id(), ADA)).isFalse();
    }
    for (Trigger trigger : List.of(otherKey, without, after)) {
      assertThat(triggers.cancelled(environment, trigger.id(), ADA)).isFalse();
    }
    cancelUnder("comment#1");
    assertThat(triggers.cancelled(environment, after.id(), ADA)).isTrue();
  }

  @Test
  void a_cancellation_of_some_under_a_key_leaves_the_others_and_what_comes_after() {
    Trigger first = cancellable(trigger(), "k");
    accept(first);
    RecipientId[] some = Samples.IDS.stream().map(RecipientId::user).toArray(RecipientId[]::new);
    cancelUnder("k", some);
    Trigger second = cancellable(trigger(), "k");
    accept(second);
    for (RecipientId one : some) {
      assertThat(triggers.cancelled(environment, first.id(), one)).isTrue();
      assertThat(triggers.cancelled(environment, second.id(), one)).isFalse();
    }
    assertThat(triggers.cancelled(environment, first.id(), ADA)).isFalse();
    cancelUnder("k", ADA);
    assertThat(triggers.cancelled(environment, second.id(), ADA)).isTrue();
    assertThat(triggers.cancelled(environment, second.id(), some[0])).isFalse();
    assertThat(triggers.cancelled(environment, first.id(), some[0])).isTrue();
  }

  @Test
  void a_cancellation_outlives_the_longest_wait() {
    Trigger trigger = cancellable(trigger(), "k");
    Trigger other = cancellable(trigger(), "l");
    for (Trigger one : List.of(trigger, other)) {
      accept(one);
      triggers.keepUntil(environment, one.id(), Samples.NOW.plus(Duration.ofDays(365)));
    }
    triggers.cancel(environment, trigger.id(), ADA);
    cancelUnder("l", ADA);
    clock.advance(Duration.ofDays(365));
    assertThat(triggers.cancelled(environment, trigger.id(), ADA)).isTrue();
    assertThat(triggers.cancelled(environment, other.id(), ADA)).isTrue();
  }

  @Test
  void what_waits_under_a_key_is_found_by_pages_and_what_has_ended_is_not() {
    var expected = new ArrayList<CancellableWait.Found>();
    for (int i = 0; i < 130; i++) {
      Trigger trigger = trigger();
      RecipientId whose = i % 2 == 0 ? ADA : RecipientId.user("a#b");
      var listed = wait("comment#1", trigger.id(), whose, "w", 1);
      triggers.listWait(listed);
      triggers.listWait(listed);
      expected.add(CancellableWait.Found.of(listed));
    }
    TriggerId over = trigger().id();
    triggers.listWait(wait("comment#1", over, ADA, "w", 1));
    triggers.unlistWait(wait("comment#1", over, ADA, "w", 1));
    triggers.unlistWait(wait("comment#1", over, ADA, "w", 1));
    triggers.listWait(wait("comment#2", over, ADA, "w", 1));
    assertThat(under("comment#1", Optional.empty()))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(under("comment#1", Optional.of(ADA)))
        .containsExactlyInAnyOrderElementsOf(
            expected.stream().filter(it -> it.recipient().equals(Optional.of(ADA))).toList());
    assertThat(under("comment#1", Optional.of(RecipientId.user("a")))).isEmpty();
    assertThat(
            triggers
                .waitsUnder(
                    environment,
                    new WorkflowKey("other"),
                    "comment#1",
                    Optional.empty(),
                    Optional.empty())
                .items())
        .isEmpty();
  }

  @Test
  void a_late_removal_of_a_wait_that_was_set_anew_does_not_take_it_off() {
    TriggerId trigger = trigger().id();
    triggers.listWait(wait("k", trigger, ADA, "w", 2));
    triggers.listWait(wait("k", trigger, ADA, "w", 1));
    triggers.unlistWait(wait("k", trigger, ADA, "w", 1));
    assertThat(under("k", Optional.empty())).hasSize(1);
    triggers.unlistWait(wait("k", trigger, ADA, "w", 3));
    assertThat(under("k", Optional.empty())).isEmpty();
  }

  private void cancelUnder(String key, RecipientId... recipients) {
    triggers.cancelUnder(environment, Samples.WORKFLOW, key, List.of(recipients));
  }

  private CancellableWait wait(
      String key, TriggerId trigger, RecipientId recipient, String id, int generation) {
    return new CancellableWait(
        environment,
        Samples.WORKFLOW,
        key,
        trigger,
        recipient,
        id,
        generation,
        clock.instant().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS));
  }

  private List<CancellableWait.Found> under(String key, Optional<RecipientId> recipient) {
    var found = new ArrayList<CancellableWait.Found>();
    Optional<String> cursor = Optional.empty();
    do {
      var page = triggers.waitsUnder(environment, Samples.WORKFLOW, key, recipient, cursor);
      found.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());
    return found;
  }

  @Test
  void triggers_are_listed_newest_first_over_hours_in_pages_of_any_size() {
    List<TriggerId> expected = spread();
    for (int size : new int[] {1, 7, 50}) {
      assertThat(all(environment, TimeRange.ALL, size)).isEqualTo(expected);
    }
    assertThat(all(Samples.environment(), TimeRange.ALL, 10)).isEmpty();
  }

  @Test
  void a_list_of_triggers_holds_those_of_the_time_that_is_wanted_and_begins_where_asked() {
    List<TriggerId> expected = spread();
    var range = new TimeRange(expected.get(20).time(), expected.get(5).time());
    assertThat(all(environment, range, 4))
        .isEqualTo(expected.stream().filter(id -> range.contains(id.time())).toList());
    var before =
        triggers.newestFirst(
            environment,
            TimeRange.ALL,
            new PageRequest(Optional.empty(), Optional.of(expected.get(20).toString()), 5));
    assertThat(before.items()).isEqualTo(expected.subList(15, 20));
    for (String position : List.of("", "#", "~", "zzz", "x".repeat(5000))) {
      triggers.newestFirst(
          environment, TimeRange.ALL, new PageRequest(Optional.of(position), Optional.empty(), 5));
    }
  }

  @Test
  void a_trigger_that_was_not_accepted_or_is_over_is_not_listed() {
    Trigger first = trigger();
    accept(first, "key", "request");
    accept(trigger(), "key", "request");
    assertThat(all(environment, TimeRange.ALL, 10)).containsExactly(first.id());
    clock.advance(RETENTION.plusMinutes(1));
    assertThat(all(environment, TimeRange.ALL, 10)).isEmpty();
  }

  /** Thirty triggers over three days, newest first. */
  private List<TriggerId> spread() {
    var accepted = new ArrayList<TriggerId>();
    for (int i = 0; i < 30; i++) {
      Trigger trigger = Samples.trigger(environment, Samples.later(i < 15 ? i : i * 8_000L));
      accept(trigger);
      accepted.add(trigger.id());
    }
    accepted.sort(Comparator.comparing(TriggerId::toString).reversed());
    return accepted;
  }

  private List<TriggerId> all(EnvironmentId of, TimeRange range, int size) {
    return Samples.walk(size, page -> triggers.newestFirst(of, range, page));
  }
}
