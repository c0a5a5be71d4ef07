package dev.carillon.functions.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.accept.TriggerRequest;
import dev.carillon.accept.TriggerWorkflow;
import dev.carillon.json.Json;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.schema.Schemas;
import dev.carillon.task.FanoutTask;
import dev.carillon.trigger.TraceContext;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.trigger.Triggers.Idempotency;
import dev.carillon.workflow.WorkflowKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriggerTest {
  private final IntakeFixture desk = new IntakeFixture();

  @Test
  void an_accepted_call_is_stored_whole_and_its_fan_out_enqueued() throws IOException {
    var answer =
        desk.trigger(
            """
            {"recipients": ["ellie"], "tenant": "ingen", "cancellation_key": "c1",
             "data": {"comment": "O'Brien & \\"Söhne\\" 🦖"},
             "settings": {"skip_delay": true}}
            """);
    Trigger trigger = stored(answer);
    assertThat(trigger.recipients())
        .extracting(Trigger.Named::id)
        .containsExactly(RecipientId.user("ellie"));
    assertThat(trigger.tenantId()).contains(new TenantId("ingen"));
    assertThat(trigger.cancellationKey()).contains("c1");
    assertThat(trigger.data().text("comment")).contains("O'Brien & \"Söhne\" 🦖");
    assertThat(trigger.settings()).isEqualTo(new Trigger.Settings(false, true));
    assertThat(desk.ports.tasks().queued())
        .containsExactly(
            new FanoutTask.Start(IntakeFixture.LOCAL, trigger.id(), trigger.tenantId(), 0));
  }

  @Test
  void a_workflow_that_is_switched_off_is_inactive_and_one_that_is_archived_is_not_there()
      throws IOException {
    desk.ports.workflows().setActive(IntakeFixture.LOCAL, IntakeFixture.NEW_COMMENT, false);
    var inactive = desk.trigger("{\"recipients\": [\"ellie\"]}");
    assertThat(inactive.status()).isEqualTo(422);
    assertThat(inactive.json().text("code")).contains("workflow_inactive");
    desk.ports.workflows().setActive(IntakeFixture.LOCAL, IntakeFixture.NEW_COMMENT, true);
    assertThat(desk.trigger("{\"recipients\": [\"ellie\"]}").status()).isEqualTo(200);
    desk.ports.workflows().archive(IntakeFixture.LOCAL, IntakeFixture.NEW_COMMENT);
    var archived = desk.trigger("{\"recipients\": [\"ellie\"]}");
    assertThat(archived.status()).isEqualTo(404);
    assertThat(archived.json().text("code")).contains("workflow_missing");
    assertThat(desk.ports.tasks().queued()).hasSize(1);
  }

  @Test
  void a_recipient_named_three_ways_is_one_recipient_with_all_that_was_said() throws IOException {
    var trigger =
        stored(
            desk.trigger(
                """
                {"recipients": ["ellie", {"id": "ellie", "name": "Ellie", "plan": {"a": 1}},
                  {"id": "ellie", "collection": "$users", "plan": {"b": 2}, "$trigger_data": {"x": 1}}]}
                """));
    assertThat(trigger.recipients()).hasSize(1);
    Trigger.Named ellie = trigger.recipients().getFirst();
    assertThat(ellie.identification().map(Identification::properties))
        .hasValueSatisfying(
            properties -> {
              assertThat(properties.text("name")).contains("Ellie");
              assertThat(properties.object("plan").fields()).containsOnlyKeys("a", "b");
              assertThat(properties.fields())
                  .doesNotContainKeys("id", "collection", "$trigger_data");
            });
    assertThat(ellie.data().fields()).containsOnlyKeys("x");
  }

  @Test
  void the_same_call_with_one_idempotency_key_is_answered_alike_and_says_so() throws IOException {
    var key = Map.of("idempotency-key", "order-1");
    var first = desk.trigger("{\"recipients\": [\"ellie\"]}", key);
    var second = desk.trigger("{\"recipients\": [\"ellie\"]}", key);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(first.headers().get("idempotent-replayed")).isEmpty();
    assertThat(second.headers().text("idempotent-replayed")).contains("true");
    assertThat(second.headers().text("original-x-request-id")).contains("request-1");
  }

  @Test
  void a_call_is_part_of_the_trace_that_it_names_and_junk_names_none() throws IOException {
    String id = "4bf92f3577b34da6a3ce929d0e0e4736";
    String body = "{\"recipients\": [\"ellie\"]}";
    Trigger traced =
        stored(desk.trigger(body, Map.of("traceparent", "00-" + id + "-00f067aa0ba902b7-00")));
    assertThat(traced.trace()).isEqualTo(new TraceContext(id, false));
    Trigger junk = stored(desk.trigger(body, Map.of("traceparent", "00-" + id + "-0-00")));
    assertThat(junk.trace()).isEqualTo(TraceContext.of(junk.id()));
  }

  @Test
  void a_call_repeated_within_another_trace_is_still_the_same_call() throws IOException {
    String parent = "00-4bf92f3577b34da6a3ce929d0e0e473%s-00f067aa0ba902b7-01";
    String body = "{\"recipients\": [\"ellie\"]}";
    var first =
        desk.trigger(body, Map.of("idempotency-key", "k", "traceparent", parent.formatted(6)));
    var second =
        desk.trigger(body, Map.of("idempotency-key", "k", "traceparent", parent.formatted(7)));
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(stored(second).trace().id()).endsWith("6");
  }

  @Test
  void another_call_with_the_same_idempotency_key_is_refused() throws IOException {
    var key = Map.of("idempotency-key", "order-1");
    desk.trigger("{\"recipients\": [\"ellie\"]}", key);
    var other = desk.trigger("{\"recipients\": [\"alan\"]}", key);
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.json().text("code")).contains("idempotency_mismatch");
    assertThat(desk.ports.tasks().queued()).hasSize(1);
  }

  @Test
  void a_repeated_call_is_answered_alike_although_the_workflow_takes_no_more_triggers()
      throws IOException {
    var key = Map.of("idempotency-key", "order-1");
    var first = desk.trigger("{\"recipients\": [\"ellie\"]}", key);
    desk.ports.workflows().setActive(IntakeFixture.LOCAL, IntakeFixture.NEW_COMMENT, false);
    var inactive = desk.trigger("{\"recipients\": [\"ellie\"]}", key);
    desk.ports.workflows().archive(IntakeFixture.LOCAL, IntakeFixture.NEW_COMMENT);
    var archived = desk.trigger("{\"recipients\": [\"ellie\"]}", key);
    assertThat(List.of(inactive, archived))
        .allSatisfy(
            again -> {
              assertThat(again.body()).isEqualTo(first.body());
              assertThat(again.headers().text("idempotent-replayed")).contains("true");
            });
    assertThat(desk.ports.tasks().queued()).as("the first call's own").hasSize(1);
    assertThat(desk.trigger("{\"recipients\": [\"alan\"]}", key).json().text("code"))
        .contains("idempotency_mismatch");
    assertThat(desk.trigger("{\"recipients\": [\"ellie\"]}").json().text("code"))
        .contains("workflow_missing");
  }

  @Test
  void an_expiry_is_an_instant_in_the_future_and_kept_with_the_trigger() throws IOException {
    String later = desk.clock.instant().plusSeconds(60).toString();
    var key = Map.of("idempotency-key", "order-1");
    var accepted = desk.trigger(expiring(later), key);
    assertThat(stored(accepted).settings().expiresAt()).contains(Instant.parse(later));
    for (String wrong : List.of(desk.clock.instant().toString(), "soon", "2020-01-01T00:00:00Z")) {
      var refused = desk.trigger(expiring(wrong));
      assertThat(refused.status()).as(wrong).isEqualTo(422);
      assertThat(refused.json().text("code")).contains("invalid_params");
      assertThat(refused.body()).contains("expires_at");
    }
    desk.clock.advance(Duration.ofSeconds(90));
    assertThat(desk.trigger(expiring(later), key).body())
        .as("accepted once is accepted for good")
        .isEqualTo(accepted.body());
  }

  private static String expiring(String at) {
    return "{\"recipients\": [\"ellie\"], \"expires_at\": \"" + at + "\"}";
  }

  @Test
  void an_idempotency_key_is_forgotten_after_a_day() throws IOException {
    var key = Map.of("idempotency-key", "order-1");
    var first = desk.trigger("{\"recipients\": [\"ellie\"]}", key);
    desk.clock.advance(Duration.ofHours(24).plusMillis(1));
    var second = desk.trigger("{\"recipients\": [\"ellie\"]}", key);
    assertThat(second.headers().get("idempotent-replayed")).isEmpty();
    assertThat(second.body()).isNotEqualTo(first.body());
  }

  @Test
  void eight_repetitions_before_the_fan_out_enqueue_nothing_more() throws IOException {
    var key = Map.of("idempotency-key", "order-1");
    for (int i = 0; i < 9; i++) {
      desk.trigger("{\"recipients\": [\"ellie\"]}", key);
    }
    assertThat(desk.ports.tasks().queued()).hasSize(1);
  }

  @Test
  void a_trigger_whose_fan_out_could_not_be_enqueued_is_not_stored() throws IOException {
    var ports = desk.ports;
    var failing =
        new TriggerWorkflow(
            ports.workflows(),
            ports.recipients(),
            ports.triggers(),
            _ -> {
              throw new IllegalStateException("queue down");
            },
            new Schemas(),
            desk.clock);
    var asked =
        new TriggerRequest(
            List.of(new Trigger.Named(RecipientId.user("ellie"), Optional.empty(), Json.object())),
            Optional.empty(),
            Optional.empty(),
            Json.object(),
            Optional.of("c1"),
            Trigger.Settings.NONE);
    for (var key : List.of(Optional.<Idempotency>empty(), Optional.of(key(asked)))) {
      assertThatThrownBy(
              () ->
                  failing.handle(
                      new TriggerWorkflow.Command(
                          IntakeFixture.LOCAL,
                          IntakeFixture.NEW_COMMENT,
                          asked,
                          TriggerWorkflow.Cause.ofCall("r"),
                          key)))
          .hasMessage("queue down");
    }
    var triggers = ports.triggers();
    assertThat(
            triggers.newestFirst(IntakeFixture.LOCAL, TimeRange.ALL, PageRequest.first(10)).items())
        .as("what audits look at")
        .isEmpty();
    assertThat(triggers.before(IntakeFixture.LOCAL, key(asked), desk.clock.instant()))
        .as("the key is free for the repetition")
        .isEmpty();
  }

  private static Idempotency key(TriggerRequest asked) {
    return new Idempotency("order-1", asked.meaning(), "r");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"recipients": ["a"], "data": {"x": 1, "y": {"a": 1, "b": 2}}} | {"data": {"y": {"b": 2, "a": 1}, "x": 1}, "recipients": ["a"]}
          {"recipients": ["a"], "data": {"x": 1}}                | {"recipients": ["a"], "data": {"x": 1.0}}
          {"recipients": ["a"], "data": {"x": 100}}              | {"recipients": ["a"], "data": {"x": 1e2}}
          {"recipients": ["a"], "data": {"x": "é"}}              | {"recipients": ["a"], "data": {"x": "\u00e9"}}
          {"recipients": ["a"]}                                  | {"recipients": ["a"], "tenant": null, "actor": null}
          {"recipients": ["a"]}                                  | {"recipients": ["a"], "data": null, "cancellation_key": null}
          {"recipients": ["a"]}                                  | {"recipients": ["a"], "data": {}, "settings": {}}
          {"recipients": ["a"]}                                  | {"recipients": ["a"], "settings": {"sandbox_mode": null, "skip_delay": false}}
          {"recipients": ["a"]}                                  | {"recipients": ["a", "a"]}
          {"recipients": [{"id": "a", "name": "A", "age": 5}]}   | {"recipients": [{"age": 5.0, "name": "A", "id": "a", "collection": "$users"}]}
          """)
  void a_call_that_means_the_same_is_a_repetition_however_it_is_written(String first, String again)
      throws IOException {
    var key = Map.of("idempotency-key", "order-1");
    var answer = desk.trigger(first, key);
    var repeated = desk.trigger(again, key);
    assertThat(repeated.status()).isEqualTo(200);
    assertThat(repeated.headers().text("idempotent-replayed")).contains("true");
    assertThat(repeated.body()).isEqualTo(answer.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"recipients": ["a"], "data": {"x": 1}}        | {"recipients": ["a"], "data": {"x": "1"}}
          {"recipients": ["a"], "data": {"x": null}}     | {"recipients": ["a"], "data": {}}
          {"recipients": ["a"], "data": {"x": [1, 2]}}   | {"recipients": ["a"], "data": {"x": [2, 1]}}
          {"recipients": ["a"]}                          | {"recipients": [{"id": "a", "name": "A"}]}
          {"recipients": ["a"]}                          | {"recipients": ["a"], "settings": {"skip_delay": true}}
          {"recipients": ["a"], "tenant": "t"}           | {"recipients": ["a"], "tenant": {"id": "t", "name": "T"}}
          """)
  void a_call_that_means_something_else_is_none(String first, String other) throws IOException {
    var key = Map.of("idempotency-key", "order-1");
    desk.trigger(first, key);
    assertThat(desk.trigger(other, key).json().text("code")).contains("idempotency_mismatch");
  }

  @Test
  void thirty_two_calls_at_once_with_one_idempotency_key_are_one_trigger() throws Exception {
    Callable<String> call =
        () -> desk.trigger("{\"recipients\": [\"ellie\"]}", Map.of("idempotency-key", "k")).body();
    try (var threads = Executors.newFixedThreadPool(8)) {
      var bodies =
          threads.invokeAll(IntStream.range(0, 32).mapToObj(_ -> call).toList()).stream()
              .map(future -> future.resultNow())
              .collect(Collectors.toSet());
      assertThat(bodies).hasSize(1);
    }
  }

  @Test
  void a_thousand_recipients_are_accepted_and_one_more_is_not() throws IOException {
    assertThat(desk.trigger(recipients(1_000)).status()).isEqualTo(200);
    var refused = desk.trigger(recipients(1_001));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("\"field\":\"recipients\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                     | recipients
          {"recipients": []}                                     | recipients
          {"recipients": "ellie"}                                | recipients
          {"recipients": [null]}                                 | recipients[0]
          {"recipients": ["a/b"]}                                | recipients[0]
          {"recipients": ["a#b"]}                                | recipients[0]
          {"recipients": ["a\\u0000b"]}                          | recipients[0]
          {"recipients": [{"collection": "teams"}]}              | recipients[0].id
          {"recipients": ["a"], "data": []}                      | data
          {"recipients": ["a"], "tenant": 5}                     | tenant
          {"recipients": ["a"], "actor": {"name": "x"}}          | actor.id
          {"recipients": ["a"], "cancellation_key": 5}           | cancellation_key
          {"recipients": ["a"], "settings": {"speed": 5}}        | settings.speed
          {"recipients": ["a"], "receipients": []}               | receipients
          {"recipients": [{"id": "a", "created_at": "today"}]}   | recipients[0].created_at
          {"recipients": [{"id": "a", "preferences": []}]}       | recipients[0].preferences
          """)
  void what_is_wrong_is_named(String body, String field) throws IOException {
    var refused = desk.trigger(body);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().text("code")).contains("invalid_params");
    assertThat(refused.body()).contains("\"field\":\"" + field + "\"");
    assertThat(desk.ports.tasks().queued()).isEmpty();
  }

  @Test
  void an_actor_that_is_identified_in_the_call_need_not_be_known() throws IOException {
    assertThat(desk.trigger("{\"recipients\": [\"a\"], \"actor\": {\"id\": \"b\"}}").status())
        .isEqualTo(200);
    assertThat(desk.trigger("{\"recipients\": [\"a\"], \"actor\": \"b\"}").status()).isEqualTo(422);
  }

  @Test
  void cancelling_marks_every_trigger_of_the_key_before_it_answers() throws IOException {
    var body = "{\"recipients\": [\"ellie\", \"alan\"], \"cancellation_key\": \"c\"}";
    TriggerId first = id(desk.trigger(body));
    TriggerId second = id(desk.trigger(body));
    assertThat(desk.cancel("{\"cancellation_key\": \"c\"}").status()).isEqualTo(204);
    for (TriggerId trigger : new TriggerId[] {first, second}) {
      assertThat(
              desk.ports
                  .triggers()
                  .cancelled(IntakeFixture.LOCAL, trigger, RecipientId.user("ellie")))
          .isTrue();
    }
    assertThat(desk.cancel("{\"cancellation_key\": \"c\"}").status()).isEqualTo(204);
  }

  @Test
  void cancelling_for_one_recipient_leaves_the_others() throws IOException {
    var trigger =
        id(desk.trigger("{\"recipients\": [\"ellie\", \"alan\"], \"cancellation_key\": \"c\"}"));
    desk.cancel("{\"cancellation_key\": \"c\", \"recipients\": [\"ellie\"]}");
    var triggers = desk.ports.triggers();
    assertThat(triggers.cancelled(IntakeFixture.LOCAL, trigger, RecipientId.user("ellie")))
        .isTrue();
    assertThat(triggers.cancelled(IntakeFixture.LOCAL, trigger, RecipientId.user("alan")))
        .isFalse();
  }

  @Test
  void cancelling_an_unknown_key_is_harmless() throws IOException {
    assertThat(desk.cancel("{\"cancellation_key\": \"nothing\"}").status()).isEqualTo(204);
    assertThat(desk.ports.tasks().queued())
        .containsExactly(
            new FanoutTask.CancelUnder(
                IntakeFixture.LOCAL,
                new WorkflowKey("new-comment"),
                "nothing",
                Optional.empty(),
                Optional.empty()));
  }

  private static String recipients(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"user-" + i + "\"")
        .collect(Collectors.joining(",", "{\"recipients\": [", "]}"));
  }

  private Trigger stored(IntakeFixture.Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    return desk.ports.triggers().find(IntakeFixture.LOCAL, id(answer)).orElseThrow();
  }

  private static TriggerId id(IntakeFixture.Answer answer) {
    return TriggerId.parse(answer.json().text("workflow_run_id").orElseThrow());
  }
}
