package dev.carillon.functions.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.api.ApiFixture;
import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.run.Run.State;
import dev.carillon.run.RunEvent;
import dev.carillon.run.RunOrigin;
import dev.carillon.run.StepOutcome;
import dev.carillon.run.Wait;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.trigger.FanoutPages;
import dev.carillon.trigger.FanoutPages.Reached;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditCallsTest {
  private static final String AUDIT = "GET /v1/audit";
  private static final RecipientId ISLAND = new RecipientId("islands", "nublar");
  private static final StepRef STEP = new StepRef("delay_1");

  private final ApiFixture park = new ApiFixture();

  @Test
  void each_recipient_of_a_trigger_has_one_outcome() {
    TriggerId trigger = accept("a", ada(), bea(), cai(), dan());
    ended(trigger, ada(), "opted_out");
    waiting(trigger, bea(), Duration.ofHours(1), true);
    failed(trigger, cai());
    var reply = ofTrigger(trigger);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(counts(reply)).isEqualTo("accepted 4, delivered 0, skipped 1, failed 1, waiting 2");
    assertThat(reply.at("in_progress")).isEqualTo(Json.of(1));
    assertThat(reply.at("reasons.skipped.opted_out")).isEqualTo(Json.of(1));
    assertThat(reply.at("reasons.failed.step_failed")).isEqualTo(Json.of(1));
    assertThat(reply.at("reasons.waiting.delay")).isEqualTo(Json.of(1));
    assertThat(reply.at("reasons.waiting.not_started")).isEqualTo(Json.of(1));
    assertThat(reply.at("balanced")).isEqualTo(Json.TRUE);
    assertThat(reply.body().list("violations")).isEmpty();
    assertThat(reply.at("complete")).isEqualTo(Json.TRUE);
  }

  @Test
  void whoever_is_reached_through_a_subscription_is_accepted_once() {
    TriggerId trigger = accept("a", ISLAND, ada());
    ended(trigger, ISLAND, "opted_out");
    park.ports
        .fanoutPages()
        .enroll(
            ApiFixture.DEVELOPMENT,
            trigger,
            "1.0",
            new FanoutPages.NotedPage(
                List.of(
                    new Reached(ada(), ISLAND),
                    new Reached(bea(), ISLAND),
                    new Reached(bea(), ISLAND)),
                List.of()));
    ended(trigger, ada(), "opted_out");
    ended(trigger, bea(), "opted_out");
    assertThat(counts(ofTrigger(trigger)))
        .isEqualTo("accepted 3, delivered 0, skipped 3, failed 0, waiting 0");
    assertThat(ofTrigger(trigger).at("balanced")).isEqualTo(Json.TRUE);
  }

  @Test
  void a_run_that_waits_without_a_hint_breaks_a_rule() {
    TriggerId trigger = accept("a", ada());
    waiting(trigger, ada(), Duration.ofHours(1), false);
    var reply = ofTrigger(trigger);
    assertThat(reply.at("balanced")).isEqualTo(Json.FALSE);
    assertThat(reply.each("violations", "code")).containsExactly("not_listed");
    assertThat(reply.text("violations.0.workflow_recipient_run_id"))
        .isEqualTo(RunId.of(trigger, ada()).toString());
  }

  @Test
  void a_hint_that_the_sweeper_moved_counts() {
    TriggerId trigger = accept("a", ada());
    Run run = waiting(trigger, ada(), Duration.ofMinutes(1), false);
    Wait wait = ((State.Waiting) run.state()).on();
    park.clock.advance(Duration.ofMinutes(4));
    park.ports
        .timers()
        .put(wait.timer(run).listedAt(Minutes.of(park.clock.instant().minusSeconds(60))));
    assertThat(ofTrigger(trigger).at("balanced")).isEqualTo(Json.TRUE);
  }

  @Test
  void a_hint_that_the_sweeper_put_an_hour_ahead_counts() {
    TriggerId trigger = accept("a", ada());
    Run run = waiting(trigger, ada(), Duration.ofMinutes(1), false);
    Wait wait = ((State.Waiting) run.state()).on();
    park.clock.advance(Duration.ofHours(25));
    park.ports
        .timers()
        .put(wait.timer(run).listedAt(Minutes.of(park.clock.instant().plusSeconds(3_600))));
    assertThat(ofTrigger(trigger).each("violations", "code")).containsExactly("overdue");
  }

  @Test
  void a_wait_that_is_long_over_breaks_a_rule() {
    TriggerId trigger = accept("a", ada());
    waiting(trigger, ada(), Duration.ofMinutes(1), true);
    park.clock.advance(Duration.ofMinutes(7));
    assertThat(ofTrigger(trigger).each("violations", "code")).containsExactly("overdue");
  }

  @Test
  void a_recipient_without_a_run_is_on_its_way_for_an_hour_and_then_breaks_a_rule() {
    TriggerId trigger = accept("a", ada());
    assertThat(ofTrigger(trigger).at("balanced")).isEqualTo(Json.TRUE);
    park.clock.advance(Duration.ofMinutes(61));
    assertThat(ofTrigger(trigger).each("violations", "code")).containsExactly("stalled");
    park.clock.advance(Duration.ofDays(29).plusHours(12));
    assertThat(counts(ofTrigger(trigger))).contains("waiting 1");
  }

  @Test
  void a_trigger_that_was_not_fanned_out_within_an_hour_breaks_a_rule() {
    TriggerId trigger = accepted("a", List.of(ada()));
    ended(trigger, ada(), "opted_out");
    assertThat(ofTrigger(trigger).at("fanned_out")).isEqualTo(Json.FALSE);
    assertThat(ofTrigger(trigger).at("balanced")).isEqualTo(Json.TRUE);
    park.clock.advance(Duration.ofMinutes(61));
    assertThat(ofTrigger(trigger).each("violations", "code")).containsExactly("stalled");
  }

  @Test
  void a_message_that_is_not_there_breaks_a_rule() {
    TriggerId trigger = accept("a", ada());
    Run run = run(trigger, ada(), new State.Completed());
    var message =
        MessageId.of(park.clock.instant(), run.id(), new StepRef("email_1"), ApiFixture.EMAIL.id());
    park.ports
        .runs()
        .save(run.with(new StepRef("email_1"), new StepOutcome.Sent(List.of(message))));
    assertThat(ofTrigger(trigger).each("violations", "code")).containsExactly("message_missing");
  }

  @Test
  void a_run_that_nobody_asked_for_breaks_a_rule() {
    TriggerId trigger = accept("a", ada());
    ended(trigger, ada(), "opted_out");
    ended(trigger, bea(), "opted_out");
    var reply = ofTrigger(trigger);
    assertThat(reply.each("violations", "code")).containsExactly("not_accepted");
    assertThat(counts(reply)).isEqualTo("accepted 1, delivered 0, skipped 1, failed 0, waiting 0");
  }

  @Test
  void pages_of_an_environment_count_on() {
    for (int i = 0; i < 5; i++) {
      park.clock.advance(Duration.ofSeconds(1));
      TriggerId trigger = accept("trigger " + i, ada(), bea());
      ended(trigger, ada(), "opted_out");
      ended(trigger, bea(), "throttled");
    }
    var seen = new ArrayList<String>();
    Optional<String> after = Optional.empty();
    ApiFixture.Reply reply;
    do {
      reply =
          park.call(
              AUDIT,
              Map.of(),
              "since=2026-01-05T00:00:00Z&page_size=2"
                  + after.map(it -> "&after=" + it).orElse(""));
      seen.add(reply.at("triggers") + " " + counts(reply));
      after = reply.body().object("page_info").text("after");
      assertThat(reply.at("complete")).isEqualTo(Json.of(after.isEmpty()));
    } while (after.isPresent());
    assertThat(seen).hasSize(3);
    assertThat(reply.at("triggers")).isEqualTo(Json.of(5));
    assertThat(counts(reply))
        .isEqualTo("accepted 10, delivered 0, skipped 10, failed 0, waiting 0");
    assertThat(reply.at("reasons.skipped.throttled")).isEqualTo(Json.of(5));
    assertThat(reply.at("balanced")).isEqualTo(Json.TRUE);
  }

  @Test
  void only_what_was_accepted_in_that_time_is_counted() {
    TriggerId early = accept("early", ada());
    park.clock.advance(Duration.ofHours(1));
    accept("late", ada());
    var reply =
        park.call(
            AUDIT, Map.of(), "since=2026-01-05T00:00:00Z&until=" + early.time().plusSeconds(1));
    assertThat(reply.at("triggers")).isEqualTo(Json.of(1));
  }

  @ParameterizedTest
  @CsvSource({
    "'', since",
    "since=yesterday, since",
    "workflow_run_id=x, workflow_run_id",
    "workflow_run_id=00000000-0000-8000-8000-000000000000&since=2026-01-05T00:00:00Z, since",
    "since=2026-01-05T00:00:00Z&recipient=a, recipient"
  })
  void what_is_missing_or_wrong_is_refused_by_name(String query, String field) {
    var reply = park.call(AUDIT, Map.of(), query);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.each("errors", "field")).containsExactly(field);
  }

  @Test
  void a_trigger_of_another_environment_is_missing() {
    TriggerId trigger = accept("a", ada());
    var reply = park.call("sk_elsewhere", AUDIT, Map.of(), "workflow_run_id=" + trigger, "");
    assertThat(reply.status()).isEqualTo(404);
    var all = park.call("sk_elsewhere", AUDIT, Map.of(), "since=2026-01-05T00:00:00Z", "");
    assertThat(all.at("triggers")).isEqualTo(Json.of(0));
  }

  private static RecipientId ada() {
    return RecipientId.user("ada");
  }

  private static RecipientId bea() {
    return RecipientId.user("bea");
  }

  private static RecipientId cai() {
    return RecipientId.user("cai");
  }

  private static RecipientId dan() {
    return RecipientId.user("dan");
  }

  private ApiFixture.Reply ofTrigger(TriggerId trigger) {
    return park.call(AUDIT, Map.of(), "workflow_run_id=" + trigger);
  }

  private static String counts(ApiFixture.Reply reply) {
    return String.join(
        ", ",
        Stream.of("accepted", "delivered", "skipped", "failed", "waiting")
            .map(it -> it + " " + number(reply.at("counts." + it)))
            .toList());
  }

  private static String number(Json json) {
    return json instanceof Json.Num(var value) ? value.toPlainString() : json.toString();
  }

  private TriggerId accept(String cause, RecipientId... recipients) {
    TriggerId id = accepted(cause, List.of(recipients));
    park.ports.triggers().markFannedOut(ApiFixture.DEVELOPMENT, id);
    return id;
  }

  private TriggerId accepted(String cause, List<RecipientId> recipients) {
    Instant now = park.clock.instant();
    TriggerId id = TriggerId.of(now, cause);
    park.ports
        .triggers()
        .accept(
            new Trigger(
                ApiFixture.DEVELOPMENT,
                id,
                ApiFixture.NEW_COMMENT,
                version(),
                recipients.stream()
                    .map(it -> new Trigger.Named(it, Optional.empty(), Json.Obj.EMPTY))
                    .toList(),
                Optional.empty(),
                Optional.empty(),
                Json.Obj.EMPTY,
                Optional.empty(),
                Trigger.Settings.NONE,
                new Trigger.Source.Api()),
            Optional.empty(),
            now);
    return id;
  }

  private void ended(TriggerId trigger, RecipientId recipient, String reason) {
    Json.Obj data = Json.object().with("reason", reason);
    park.ports
        .runs()
        .save(
            run(trigger, recipient, new State.Completed())
                .logged(
                    new LogEntry(
                        park.clock.instant(),
                        RunEvent.STEP_SKIPPED,
                        true,
                        Optional.of(new StepRef("email_1")),
                        "channel",
                        1,
                        data)));
  }

  private void failed(TriggerId trigger, RecipientId recipient) {
    Json.Obj data = Json.object().with("reason", "step_failed");
    park.ports
        .runs()
        .save(
            run(trigger, recipient, new State.Completed())
                .logged(LogEntry.ofRun(park.clock.instant(), RunEvent.RUN_HALTED, true, data)));
  }

  private Run waiting(TriggerId trigger, RecipientId recipient, Duration until, boolean listed) {
    Instant dueAt = park.clock.instant().plus(until);
    var wait = new Wait("ab", 0, STEP, dueAt, Minutes.of(dueAt), new Wait.Kind.Elapse());
    Run run = run(trigger, recipient, new State.Waiting(wait));
    park.ports.runs().save(run);
    Timer hint = wait.timer(run);
    if (listed) {
      park.ports.timers().put(hint);
    }
    return run;
  }

  private Run run(TriggerId trigger, RecipientId recipient, State state) {
    Instant now = park.clock.instant();
    return new Run(
        new RunOrigin(
            ApiFixture.DEVELOPMENT,
            RunId.of(trigger, recipient),
            trigger,
            ApiFixture.NEW_COMMENT,
            version(),
            recipient,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            now),
        state,
        now);
  }

  private static VersionId version() {
    return VersionId.parse("7251cd3f-0028-4d1a-9466-ee79522ba3de");
  }
}
