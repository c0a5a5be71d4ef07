package dev.carillon.testing.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.message.ContentCodec;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.MessageContent;
import dev.carillon.task.StepsTask;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.FakeProvider;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.engine.InvocationJson;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.Scenarios;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits in an environment, and how it is made to wait no more. */
class WaitingTest {
  static final String EMAIL =
      """
      {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email",
       "template": {"subject": "News", "html_body": "<p>{{total_activities}} {{text}}</p>"}}\
      """;
  private static final String DELAY =
      """
      {"type": "delay", "ref": "delay_1", "settings": {"delay_for": {"unit": "hours", "value": 2}}}\
      """;
  static final String BATCH =
      """
      {"type": "batch", "ref": "batch_1", "settings": {"batch_window": {"unit": "hours", "value": 1}}}\
      """;
  private static final String EVENT =
      """
      {"type": "wait_for_event", "ref": "wait_1", "settings": {
        "event": {"event_type": "recipient", "event_key": "updated"},
        "expires_after": {"unit": "days", "value": 3}}}\
      """;
  private static final String IN_THE_AFTERNOON =
      """
      "send_windows": [{"day": "monday", "type": "send", "from": "12:00:00"},
                       {"day": "tuesday", "type": "send", "from": "12:00:00"}]\
      """;

  @Test
  void whatever_waits_is_listed_in_the_order_in_which_it_is_due() {
    var engine = given();
    var listed = list(engine, "");
    assertThat(listed)
        .extracting(it -> text(it, "type") + " " + text(it, "due_at"))
        .containsExactly(
            "batch 2026-01-05T10:00:00Z",
            "delay 2026-01-05T11:00:00Z",
            "send_window 2026-01-05T12:00:00Z",
            "quiet_hours 2026-01-05T12:00:00Z",
            "schedule 2026-01-06T08:00:00Z",
            "event 2026-01-08T09:00:00Z");
    assertThat(listed).allSatisfy(it -> assertThat(text(it, "recipient")).isEqualTo("ana"));
    assertThat(listed)
        .extracting(it -> text(it, "reason"))
        .contains(
            "It waits at the step delay_1 until 2026-01-05T11:00:00Z.",
            "It collects at the step batch_1 until 2026-01-05T10:00:00Z; the batch holds 1 by now.",
            "Its send window holds it until 2026-01-05T12:00:00Z.",
            "The schedule occurs next at 2026-01-06T08:00:00Z.");
  }

  @Test
  void pages_of_what_waits_hold_each_once() {
    var engine = given();
    var ids = new ArrayList<String>();
    Optional<String> after = Optional.empty();
    do {
      String query = "?page_size=2" + after.map(it -> "&after=" + it).orElse("");
      Json.Obj body = engine.call(Call.get("/v1/waiting" + query)).body();
      assertThat(body.list("items")).hasSizeLessThanOrEqualTo(2);
      ids.addAll(EngineFixtures.texts(body.list("items"), "id"));
      after = body.object("page_info").text("after");
    } while (after.isPresent());
    assertThat(ids)
        .containsExactlyInAnyOrderElementsOf(
            list(engine, "").stream().map(it -> text(it, "id")).toList());
  }

  @Test
  void filters_narrow_what_is_listed() {
    var engine = given();
    assertThat(types(engine, "?type=delay&type=schedule")).containsExactly("delay", "schedule");
    assertThat(types(engine, "?workflow=digest")).containsExactly("batch");
    assertThat(types(engine, "?recipient=bob")).isEmpty();
    assertThat(types(engine, "?recipient=ana")).hasSize(6);
    assertThat(types(engine, "?tenant=acme")).containsExactly("delay");
    assertThat(engine.call(Call.get("/v1/waiting?type=sleep")).status()).isEqualTo(422);
  }

  @Test
  void what_is_over_is_not_listed() {
    var engine = given();
    engine.advance(Duration.ofDays(4));
    assertThat(types(engine, "")).containsExactly("schedule");
  }

  @Test
  void a_wait_that_is_overdue_is_listed_until_it_is_woken() {
    var engine = EngineFixtures.engine("later", workflow(DELAY, EMAIL));
    trigger(engine, "later", it -> it);
    engine.lose(task -> task instanceof StepsTask.Advance);
    engine.advance(Duration.ofHours(5));
    assertThat(types(engine, "")).containsExactly("delay");
  }

  @Test
  void send_now_ends_a_delay_at_once() {
    var engine = EngineFixtures.engine("later", workflow(DELAY, EMAIL));
    trigger(engine, "later", it -> it);
    assertThat(act(engine, "send_now")).isEqualTo("sent_now");
    engine.settle();
    assertThat(sentAt(engine)).containsExactly(EngineFixtures.MONDAY);
    assertThat(list(engine, "")).isEmpty();
    assertThat(engine.ports().timers().all()).isEmpty();
    engine.advance(Duration.ofHours(5));
    assertThat(sentAt(engine)).hasSize(1);
  }

  @Test
  void send_now_ends_quiet_hours_at_once() {
    var engine = EngineFixtures.engine("quiet", workflow(quietly()));
    trigger(engine, "quiet", it -> it);
    assertThat(act(engine, "send_now")).isEqualTo("sent_now");
    engine.settle();
    assertThat(sentAt(engine)).containsExactly(EngineFixtures.MONDAY);
    assertThat(list(engine, "")).isEmpty();
  }

  @Test
  void send_now_lets_a_held_message_go() {
    var engine = EngineFixtures.engine("held", workflow(held()));
    trigger(engine, "held", it -> it);
    assertThat(act(engine, "send_now")).isEqualTo("sent_now");
    engine.settle();
    assertThat(sentAt(engine)).containsExactly(EngineFixtures.MONDAY);
    assertThat(engine.ports().timers().all()).isEmpty();
    engine.advance(Duration.ofHours(5));
    assertThat(sentAt(engine)).hasSize(1);
  }

  @Test
  void a_wait_that_is_over_in_a_moment_is_left_to_end_by_itself() {
    var engine = EngineFixtures.engine("later", workflow(DELAY, EMAIL));
    trigger(engine, "later", it -> it);
    engine.advance(Duration.ofMinutes(119).plusSeconds(30));
    assertThat(act(engine, "send_now")).isEqualTo("due_anyway");
    engine.advance(Duration.ofSeconds(30));
    assertThat(sentAt(engine)).containsExactly(EngineFixtures.MONDAY.plus(Duration.ofHours(2)));
  }

  @Test
  void send_now_is_found_by_the_sweeper_when_its_wake_is_lost() {
    var engine = EngineFixtures.engine("later", workflow(DELAY, EMAIL));
    trigger(engine, "later", it -> it);
    var until = engine.now().plusSeconds(60);
    engine.lose(task -> task instanceof StepsTask.Advance && engine.now().isBefore(until));
    act(engine, "send_now");
    engine.advance(Duration.ofMinutes(10));
    assertThat(sentAt(engine)).hasSize(1);
  }

  @Test
  void flush_closes_a_batch_with_what_it_holds() {
    var engine = EngineFixtures.engine("digest", workflow(BATCH, EMAIL));
    trigger(engine, "digest", it -> it);
    engine.advance(Duration.ofMinutes(10));
    trigger(engine, "digest", it -> it);
    assertThat(act(engine, "flush")).isEqualTo("flushed");
    engine.settle();
    assertThat(sentAt(engine)).containsExactly(EngineFixtures.MONDAY.plus(Duration.ofMinutes(10)));
    assertThat(EngineFixtures.messages(engine))
        .singleElement()
        .satisfies(
            message ->
                assertThat(message.id().time())
                    .isEqualTo(EngineFixtures.MONDAY.plus(Duration.ofMinutes(10))));
    engine.advance(Duration.ofHours(5));
    assertThat(sentAt(engine)).hasSize(1);
    assertThat(engine.ports().timers().all()).isEmpty();
  }

  @Test
  void what_comes_after_a_flush_opens_the_next_batch() {
    var engine = EngineFixtures.engine("digest", workflow(BATCH, EMAIL));
    trigger(engine, "digest", it -> it);
    act(engine, "flush");
    trigger(engine, "digest", it -> it);
    assertThat(types(engine, "")).containsExactly("batch");
    engine.advance(Duration.ofHours(2));
    assertThat(sentAt(engine)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "key"})
  void cancel_ends_a_run_that_waits_whether_or_not_it_has_a_key(String key) {
    var engine = EngineFixtures.engine("later", workflow(DELAY, EMAIL));
    trigger(engine, "later", it -> key.isEmpty() ? it : it.with("cancellation_key", key));
    String id = text(list(engine, "").getFirst(), "id");
    assertThat(act(engine, "cancel")).isEqualTo("cancelled");
    engine.advance(Duration.ofHours(5));
    assertThat(Scenarios.runs(engine)).extracting(it -> it.status()).containsExactly("cancelled");
    assertThat(engine.email().offers()).isEmpty();
    assertThat(engine.ports().timers().all()).isEmpty();
    assertThat(engine.call(Call.post("/v1/waiting/" + id + "/cancel", Json.object())).status())
        .as("again")
        .isEqualTo(200);
    assertThat(engine.call(Call.post("/v1/waiting/" + id + "/send_now", Json.object())).status())
        .isEqualTo(409);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "key"})
  void cancelling_who_holds_a_batch_takes_out_only_its_own_activity(String key) {
    var engine = EngineFixtures.engine("digest", workflow(BATCH, EMAIL));
    trigger(engine, "digest", it -> key.isEmpty() ? it : it.with("cancellation_key", key));
    engine.advance(Duration.ofMinutes(10));
    trigger(engine, "digest", it -> it.with("data", Json.object().with("text", "second")));
    assertThat(act(engine, "cancel")).isEqualTo("cancelled");
    engine.settle();
    assertThat(types(engine, "")).containsExactly("batch");
    engine.advance(Duration.ofHours(5));
    assertThat(engine.email().accepted()).hasSize(1);
    assertThat(html(engine)).contains("1 second");
  }

  @Test
  void cancel_drops_a_held_message() {
    var engine = EngineFixtures.engine("held", workflow(held()));
    trigger(engine, "held", it -> it);
    assertThat(act(engine, "cancel")).isEqualTo("cancelled");
    engine.advance(Duration.ofHours(5));
    assertThat(engine.email().offers()).isEmpty();
    assertThat(EngineFixtures.messages(engine))
        .extracting(it -> it.status())
        .containsExactly(DeliveryStatus.NOT_SENT);
    assertThat(engine.ports().timers().all()).isEmpty();
  }

  @Test
  void cancel_leaves_out_one_occurrence_of_a_schedule() {
    var engine = EngineFixtures.engine("news", workflow(EMAIL));
    schedule(engine, "news");
    String id = text(list(engine, "").getFirst(), "id");
    assertThat(act(engine, "cancel")).isEqualTo("cancelled");
    assertThat(list(engine, ""))
        .extracting(it -> text(it, "due_at"))
        .containsExactly("2026-01-07T08:00:00Z");
    assertThat(engine.call(Call.post("/v1/waiting/" + id + "/cancel", Json.object())).status())
        .as("the next occurrence is another one")
        .isEqualTo(409);
    engine.advance(Duration.ofDays(2));
    assertThat(sentAt(engine)).containsExactly(Instant.parse("2026-01-07T08:00:00Z"));
  }

  @Test
  void cancel_ends_a_wait_for_an_event() {
    var engine = EngineFixtures.engine("event", workflow(EVENT, EMAIL));
    trigger(engine, "event", it -> it);
    assertThat(act(engine, "cancel")).isEqualTo("cancelled");
    engine.settle();
    engine.call(Call.put("/v1/users/ana", Json.object().with("title", "head of it")));
    engine.advance(Duration.ofDays(4));
    assertThat(engine.email().offers()).isEmpty();
  }

  @Test
  void an_action_that_does_not_fit_is_refused() {
    var engine = EngineFixtures.engine("digest", workflow(BATCH, EMAIL));
    trigger(engine, "digest", it -> it);
    String id = text(list(engine, "").getFirst(), "id");
    assertThat(list(engine, "").getFirst().list("actions"))
        .containsExactly(Json.of("cancel"), Json.of("flush"));
    assertThat(engine.call(Call.post("/v1/waiting/" + id + "/send_now", Json.object())).status())
        .isEqualTo(422);
  }

  @Test
  void what_is_not_there_is_missing() {
    var engine = given();
    for (String id :
        List.of(
            "x",
            "run_00000000-0000-8000-8000-000000000000_0123456789abcdef",
            "message_0ujtsYcgvSTl8PAuAdqWYSMnLOv",
            "schedule_00000000-0000-8000-8000-000000000000_1")) {
      assertThat(engine.call(Call.post("/v1/waiting/" + id + "/cancel", Json.object())).status())
          .as(id)
          .isEqualTo(404);
    }
  }

  @Test
  void the_log_says_that_somebody_ended_the_wait() {
    var engine = EngineFixtures.engine("later", workflow(DELAY, EMAIL));
    trigger(engine, "later", it -> it);
    act(engine, "send_now");
    engine.settle();
    assertThat(Scenarios.runs(engine).getFirst().log())
        .extracting(entry -> entry.event().wireName())
        .containsExactly(
            "delay_started", "wait_hastened", "delay_ended", "message_enqueued", "run_completed");
  }

  /** One of each kind. */
  private static InProcessEngine given() {
    var engine = InProcessEngine.at(EngineFixtures.MONDAY);
    engine.push(
        Map.of(
            "workflows/later/workflow.json", workflow(DELAY, EMAIL),
            "workflows/digest/workflow.json", workflow(BATCH, EMAIL),
            "workflows/event/workflow.json", workflow(EVENT, EMAIL),
            "workflows/held/workflow.json", workflow(held()),
            "workflows/quiet/workflow.json", workflow(quietly()),
            "workflows/news/workflow.json", workflow(EMAIL)));
    for (String key : List.of("digest", "held", "quiet")) {
      trigger(engine, key, it -> it);
    }
    trigger(engine, "later", it -> it.with("tenant", "acme"));
    schedule(engine, "news");
    // Last: to identify ana once more is the event that it waits for.
    trigger(engine, "event", it -> it);
    return engine;
  }

  private static void schedule(InProcessEngine engine, String workflow) {
    Json.Obj daily =
        Json.object()
            .with("frequency", "daily")
            .with("hours", Json.of(8))
            .with("minutes", Json.of(0));
    Json.Obj body =
        EngineFixtures.to(EngineFixtures.person("ana"))
            .with("workflow", workflow)
            .with("repeats", Json.array(List.of(daily)));
    assertThat(engine.call(Call.post("/v1/schedules", body)).status()).isLessThan(300);
    engine.settle();
  }

  private static String held() {
    return EMAIL.substring(0, EMAIL.length() - 1) + ", " + IN_THE_AFTERNOON + "}";
  }

  private static String quietly() {
    return EMAIL.substring(0, EMAIL.length() - 1)
        + ", "
        + IN_THE_AFTERNOON
        + ", \"send_window_mode\": \"hold\"}";
  }

  static String workflow(String... steps) {
    return "{\"name\": \"News\", \"steps\": [" + String.join(", ", steps) + "]}";
  }

  static void trigger(InProcessEngine engine, String workflow, UnaryOperator<Json.Obj> change) {
    Json.Obj body =
        EngineFixtures.to(EngineFixtures.person("ana"))
            .with("data", Json.object().with("text", "first"));
    assertThat(engine.call(Call.trigger(workflow, change.apply(body))).ok()).isTrue();
    engine.settle();
  }

  private static List<Json.Obj> list(InProcessEngine engine, String query) {
    var answer = engine.call(Call.get("/v1/waiting" + query));
    assertThat(answer.status()).as(InvocationJson.of(answer.body())).isEqualTo(200);
    return answer.body().list("items").stream().map(Json.Obj.class::cast).toList();
  }

  private static List<String> types(InProcessEngine engine, String query) {
    return list(engine, query).stream().map(it -> text(it, "type")).toList();
  }

  /** Does that to the only thing that waits; what came of it. */
  static String act(InProcessEngine engine, String action) {
    var listed = list(engine, "");
    assertThat(listed).hasSize(1);
    String path = "/v1/waiting/" + text(listed.getFirst(), "id") + "/" + action;
    var answer = engine.call(Call.post(path, Json.object()));
    assertThat(answer.status()).as(InvocationJson.of(answer.body())).isEqualTo(200);
    return text(answer.body(), "outcome");
  }

  static String text(Json.Obj object, String field) {
    return object.text(field).orElse("");
  }

  private static List<Instant> sentAt(InProcessEngine engine) {
    return engine.email().accepted().stream().map(FakeProvider.Offer::at).toList();
  }

  private static String html(InProcessEngine engine) {
    return engine
        .ports()
        .messages()
        .content(InProcessEngine.ENVIRONMENT, EngineFixtures.messages(engine).getFirst().id())
        .map(MessageContent::content)
        .map(ContentCodec::write)
        .orElseThrow()
        .text("html_body")
        .orElse("");
  }
}
