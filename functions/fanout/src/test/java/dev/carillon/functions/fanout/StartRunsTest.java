package dev.carillon.functions.fanout;

import static dev.carillon.functions.fanout.FanoutFixture.LOCAL;
import static dev.carillon.functions.fanout.FanoutFixture.TRIGGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.Listener;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.runtime.Ports;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.StepsTask;
import dev.carillon.task.Tasks;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartRunsTest {
  private final FanoutFixture hall = new FanoutFixture();

  @ParameterizedTest
  @CsvSource({"1, 0", "99, 0", "100, 0", "101, 1", "1000, 9"})
  void every_recipient_gets_a_run_a_hundred_to_a_page(int recipients, int furtherPages) {
    var starts = hall.given(FanoutFixture.crowd(recipients)).fanOut();
    assertThat(starts).hasSize(recipients).doesNotHaveDuplicates();
    assertThat(
            hall.ports.tasks().sent().stream().filter(it -> it.task() instanceof FanoutTask.Start))
        .hasSize(furtherPages);
    assertThat(hall.known(RecipientId.user("user-" + (recipients - 1)))).isPresent();
    assertThat(hall.ports.triggers().fannedOut(LOCAL, TRIGGER)).isTrue();
  }

  @Test
  void a_page_starts_its_runs_and_names_the_next_page() {
    hall.given(FanoutFixture.crowd(150));
    hall.start.handle(FanoutFixture.fanout(0));
    var sent = hall.ports.tasks().sent();
    assertThat(sent).hasSize(101).allMatch(it -> it.delay().isZero());
    assertThat(sent.getFirst().task())
        .isEqualTo(
            new StepsTask.Advance(
                LOCAL,
                TRIGGER,
                RecipientId.user("user-0"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(sent.getLast().task()).isEqualTo(FanoutFixture.fanout(100));
  }

  @Test
  void whom_the_call_describes_is_told_to_the_runs_that_wait_for_an_update_and_no_others() {
    var ada = RecipientId.user("ada");
    var bob = RecipientId.user("bob");
    for (var who : List.of(ada, bob)) {
      hall.ports
          .listeners()
          .add(
              LOCAL,
              new Listener(
                  who,
                  "recipient:updated",
                  TRIGGER,
                  Optional.empty(),
                  "w",
                  0,
                  0,
                  TRIGGER.time().plusSeconds(900)));
    }
    hall.given(
        List.of(
            FanoutFixture.described(ada, Json.object().with("plan", "gold")),
            FanoutFixture.named(bob)));
    hall.start.handle(FanoutFixture.fanout(0));
    hall.start.handle(FanoutFixture.fanout(0));
    assertThat(
            hall.ports.tasks().sent().stream()
                .map(it -> it.task())
                .filter(StepsTask.Match.class::isInstance)
                .map(it -> ((StepsTask.Match) it).event())
                .distinct())
        .containsExactly("$users ada updated " + TRIGGER);
  }

  @Test
  void a_trigger_is_fanned_out_only_when_its_last_page_is() {
    hall.given(FanoutFixture.crowd(250));
    for (int from : List.of(0, 100)) {
      hall.start.handle(FanoutFixture.fanout(from));
      assertThat(hall.ports.triggers().fannedOut(LOCAL, TRIGGER)).isFalse();
    }
    hall.start.handle(FanoutFixture.fanout(200));
    assertThat(hall.ports.triggers().fannedOut(LOCAL, TRIGGER)).isTrue();
  }

  @Test
  void a_task_that_comes_before_its_trigger_looks_again_until_it_is_there() {
    hall.start.handle(FanoutFixture.fanout(0));
    assertThat(hall.ports.tasks().sent())
        .containsExactly(new Tasks.Sending(FanoutFixture.fanout(0), Duration.ofSeconds(1)));
    hall.clock.advance(Duration.ofSeconds(1));
    assertThat(hall.given(FanoutFixture.crowd(3)).fanOut().stream().distinct()).hasSize(3);
  }

  @Test
  void a_task_whose_trigger_never_comes_to_exist_is_given_up_after_a_few_looks() {
    hall.ports.tasks().send(FanoutFixture.fanout(0));
    for (int second = 0; second < 1_300; second++) {
      hall.ports
          .tasks()
          .receive(_ -> true, 10)
          .forEach(
              it -> {
                hall.start.handle((FanoutTask.Start) it.task());
                hall.ports.tasks().acknowledge(it);
              });
      hall.clock.advance(Duration.ofSeconds(1));
    }
    assertThat(hall.ports.tasks().queued()).isEmpty();
    assertThat(hall.ports.tasks().sent()).hasSizeBetween(10, 13);
  }

  @Test
  void a_trigger_is_not_given_up_by_a_clock_that_is_ten_minutes_before_the_calls() {
    hall.clock.advance(Duration.ofMinutes(10).plusSeconds(29));
    hall.start.handle(FanoutFixture.fanout(0));
    assertThat(hall.ports.tasks().sent()).hasSize(1);
    assertThat(hall.given(FanoutFixture.crowd(3)).fanOut().stream().distinct()).hasSize(3);
  }

  @Test
  void a_page_whose_tasks_could_not_be_sent_is_not_the_last_word() {
    hall.given(FanoutFixture.crowd(3));
    var failing = failing(hall);
    assertThatThrownBy(() -> failing.handle(FanoutFixture.fanout(0))).hasMessage("queue down");
    assertThat(hall.ports.triggers().fannedOut(LOCAL, TRIGGER)).isFalse();
    assertThat(hall.fanOut()).hasSize(3);
  }

  @Test
  void a_page_done_twice_identifies_nobody_anew_and_means_the_same_runs() {
    hall.given(FanoutFixture.crowd(3));
    hall.start.handle(FanoutFixture.fanout(0));
    RecipientId user = RecipientId.user("user-1");
    hall.clock.advance(Duration.ofMinutes(1));
    hall.ports
        .recipients()
        .identify(
            LOCAL,
            user,
            new Identification(
                Json.object().with("n", Json.of(99)), Optional.empty(), Map.of(), Map.of()),
            "another request",
            hall.clock.instant());
    hall.clock.advance(Duration.ofMinutes(1));
    hall.start.handle(FanoutFixture.fanout(0));
    assertThat(hall.known(user).orElseThrow().properties().get("n")).contains(Json.of(99));
    assertThat(hall.known(user).orElseThrow().updatedAt())
        .isEqualTo(TRIGGER.time().plus(Duration.ofMinutes(1)));
    assertThat(hall.ports.tasks().sent()).hasSize(6);
    assertThat(
            hall.ports.tasks().sent().stream()
                .map(it -> (StepsTask.Advance) it.task())
                .map(it -> RunId.of(it.trigger(), it.recipient()))
                .distinct())
        .hasSize(3);
  }

  @Test
  void who_is_only_named_is_not_made_up() {
    var starts = hall.given(List.of(FanoutFixture.named("nobody"))).fanOut();
    assertThat(starts).hasSize(1);
    assertThat(hall.known(RecipientId.user("nobody"))).isEmpty();
  }

  @Test
  void an_unknown_tenant_becomes_a_stub_and_is_on_every_task() {
    hall.given(
        FanoutFixture.crowd(150),
        Optional.empty(),
        Optional.of(new Trigger.Tenant(FanoutFixture.TENANT, Identification.NOTHING)));
    var starts = hall.fanOut();
    assertThat(hall.known(FanoutFixture.TENANT.recipient()).orElseThrow().properties().fields())
        .isEmpty();
    assertThat(starts)
        .extracting(StepsTask.Advance::tenant)
        .containsOnly(Optional.of(FanoutFixture.TENANT));
    assertThat(hall.ports.tasks().sent())
        .filteredOn(it -> it.task() instanceof FanoutTask.Start)
        .extracting(it -> ((FanoutTask.Start) it.task()).tenant())
        .containsExactly(Optional.of(FanoutFixture.TENANT));
  }

  @Test
  void a_tenant_that_is_known_stays_what_it_is() {
    hall.ports
        .recipients()
        .identify(
            LOCAL,
            FanoutFixture.TENANT.recipient(),
            new Identification(
                Json.object().with("name", "InGen"), Optional.empty(), Map.of(), Map.of()),
            "before",
            hall.clock.instant());
    hall.given(
            FanoutFixture.crowd(1),
            Optional.empty(),
            Optional.of(new Trigger.Tenant(FanoutFixture.TENANT, Identification.NOTHING)))
        .fanOut();
    assertThat(hall.known(FanoutFixture.TENANT.recipient()).orElseThrow().text("name"))
        .contains("InGen");
  }

  @Test
  void tenant_and_actor_are_known_before_any_recipient_and_any_run() {
    var order = new ArrayList<String>();
    hall.given(
        FanoutFixture.crowd(2),
        Optional.of(
            FanoutFixture.described(RecipientId.user("actor"), Json.object().with("a", "b"))),
        Optional.of(new Trigger.Tenant(FanoutFixture.TENANT, Identification.NOTHING)));
    watched(hall.ports, order).handle(FanoutFixture.fanout(0));
    assertThat(order).containsExactly("ingen", "actor", "user-0", "user-1", "sent 2");
  }

  @Test
  void later_pages_leave_tenant_and_actor_alone() {
    var order = new ArrayList<String>();
    hall.given(
        FanoutFixture.crowd(101),
        Optional.of(
            FanoutFixture.described(RecipientId.user("actor"), Json.object().with("a", "b"))),
        Optional.of(new Trigger.Tenant(FanoutFixture.TENANT, Identification.NOTHING)));
    watched(hall.ports, order).handle(FanoutFixture.fanout(100));
    assertThat(order).containsExactly("user-100", "sent 1");
  }

  @Test
  void a_recipient_that_has_grown_too_large_gets_its_run_with_what_was_known() {
    RecipientId big = RecipientId.user("big");
    hall.ports
        .recipients()
        .identify(
            LOCAL,
            big,
            new Identification(
                Json.object().with("name", "Big"), Optional.empty(), Map.of(), Map.of()),
            "before",
            hall.clock.instant());
    var huge = Json.object().with("x", "y".repeat(Recipients.MAX_PROPERTIES_BYTES));
    assertThat(hall.given(List.of(FanoutFixture.described(big, huge))).fanOut()).hasSize(1);
    assertThat(hall.known(big).orElseThrow().properties())
        .isEqualTo(Json.object().with("name", "Big"));
  }

  @Test
  void a_trigger_that_is_gone_starts_nothing() {
    hall.clock.advance(Duration.ofMinutes(20));
    hall.start.handle(FanoutFixture.fanout(0));
    assertThat(hall.ports.tasks().sent()).isEmpty();
  }

  private static StartRuns failing(FanoutFixture hall) {
    var ports = hall.ports;
    Tasks down =
        _ -> {
          throw new IllegalStateException("queue down");
        };
    return FanoutFixture.start(ports, ports.recipients(), down);
  }

  /** Notes who is identified and when tasks are sent. */
  private static StartRuns watched(Ports ports, List<String> order) {
    Recipients recipients =
        new Recipients() {
          @Override
          public Optional<Recipient> find(EnvironmentId environment, RecipientId id) {
            return ports.recipients().find(environment, id);
          }

          @Override
          public Identified identify(
              EnvironmentId environment,
              RecipientId id,
              Identification identification,
              String cause,
              Instant now) {
            order.add(id.id());
            return ports.recipients().identify(environment, id, identification, cause, now);
          }

          @Override
          public Identified change(
              EnvironmentId environment,
              RecipientId id,
              UnaryOperator<Recipient> change,
              Instant now) {
            return ports.recipients().change(environment, id, change, now);
          }

          @Override
          public boolean delete(EnvironmentId environment, RecipientId id) {
            return ports.recipients().delete(environment, id);
          }

          @Override
          public Page<ListedRecipient> of(
              EnvironmentId environment, String collection, PageRequest page) {
            return ports.recipients().of(environment, collection, page);
          }

          @Override
          public Page<ListedRecipient> partOf(
              EnvironmentId environment, String collection, int part, PageRequest page) {
            return ports.recipients().partOf(environment, collection, part, page);
          }
        };
    Tasks tasks = sendings -> order.add("sent " + sendings.size());
    return FanoutFixture.start(ports, recipients, tasks);
  }
}
