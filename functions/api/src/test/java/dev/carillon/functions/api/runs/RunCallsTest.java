package dev.carillon.functions.api.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.api.ApiFixture;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.run.Run;
import dev.carillon.run.RunState;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.workflow.StepRef;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunCallsTest {
  private static final String LIST = "GET /v1/workflow_recipient_runs";
  private static final String SHOW = "GET /v1/workflow_recipient_runs/{id}";

  private final ApiFixture park = new ApiFixture();

  @Test
  void a_run_has_its_log_oldest_first() {
    var reply = park.call(SHOW, Map.of("id", ApiFixture.RUN.toString()), "");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("id")).isEqualTo(ApiFixture.RUN.toString());
    assertThat(reply.text("workflow_run_id")).isEqualTo(ApiFixture.TRIGGER.toString());
    assertThat(reply.text("status")).isEqualTo("completed");
    assertThat(reply.text("recipient")).isEqualTo("jhammond");
    assertThat(reply.text("actor")).isEqualTo("dnedry");
    assertThat(reply.text("tenant")).isEqualTo("ingen");
    assertThat(reply.text("trigger_source.type")).isEqualTo("api");
    assertThat(reply.text("trigger_source.cancellation_key")).isEqualTo("comment-7");
    assertThat(reply.at("error_count")).isEqualTo(Json.of(1));
    assertThat(reply.each("events", "event")).containsExactly("message_enqueued", "step_failed");
    assertThat(reply.each("events", "status")).containsExactly("ok", "error");
    assertThat(reply.each("events", "id")).allMatch(Ksuid::isValid).doesNotHaveDuplicates();
    assertThat(reply.text("events.0.data.message_id")).isEqualTo(ApiFixture.FEED_MESSAGE.value());
  }

  @Test
  void a_run_of_a_schedule_names_it() {
    var schedule = ScheduleId.of("a call", 0);
    store(new Trigger.Source.OfSchedule(schedule));
    var reply = park.call(SHOW, Map.of("id", ApiFixture.RUN.toString()), "");
    assertThat(reply.text("trigger_source.type")).isEqualTo("schedule");
    assertThat(reply.text("trigger_source.schedule_id")).isEqualTo(schedule.toString());
  }

  @Test
  void a_run_of_a_step_names_it_and_its_run() {
    var parent = RunId.of(ApiFixture.TRIGGER, ApiFixture.NEDRY);
    store(new Trigger.Source.OfStep(parent, new StepRef("trigger_1")));
    var reply = park.call(LIST, Map.of(), "");
    assertThat(reply.text("items.0.trigger_source.type")).isEqualTo("workflow_step");
    assertThat(reply.text("items.0.trigger_source.step_ref")).isEqualTo("trigger_1");
    assertThat(reply.text("items.0.trigger_source.workflow_recipient_run_id"))
        .isEqualTo(parent.toString());
  }

  private void store(Trigger.Source source) {
    Run run = park.ports.runs().find(ApiFixture.DEVELOPMENT, ApiFixture.RUN).orElseThrow();
    park.ports.runs().save(run.carrying(RunState.NOTHING.from(source)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1-1-1-1-1", "00000000-0000-8000-8000-000000000000"})
  void what_is_no_run_is_not_there(String id) {
    assertThat(park.call(SHOW, Map.of("id", id), "").status()).isEqualTo(404);
  }

  @Test
  void a_run_of_another_environment_is_not_there() {
    assertThat(
            park.call("sk_elsewhere", SHOW, Map.of("id", ApiFixture.RUN.toString()), "", "")
                .status())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1",
    "workflow=new-comment, 1",
    "workflow=other, 0",
    "status[]=completed&status[]=paused, 1",
    "status[]=queued, 0",
    "tenant=ingen, 1",
    "tenant=biosyn, 0",
    "has_errors=true, 1",
    "has_errors=false, 0",
    "recipient=jhammond, 1",
    "recipient=dnedry, 0",
    "recipient[id]=jhammond&recipient[collection]=$users, 1",
    "recipient[id]=jhammond&recipient[collection]=parks, 0",
    "recipient.id=jhammond, 1",
    "starting_at=2026-01-05T09:00:00Z, 1",
    "starting_at=2026-01-05T09:00:01Z, 0",
    "ending_at=2026-01-05T09:00:01%2B00:00, 1",
    "ending_at=2026-01-05T09:00:00Z, 0"
  })
  void a_list_holds_what_all_filters_let_through(String query, int expected) {
    var reply = park.call(LIST, Map.of(), query);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().list("items")).hasSize(expected);
    assertThat(reply.at("page_info.page_size")).isEqualTo(Json.of(50));
    assertThat(reply.at("items.0.events")).isEqualTo(Json.NULL);
  }

  @ParameterizedTest
  @CsvSource({
    "status[]=lost, status",
    "has_errors=perhaps, has_errors",
    "recipient=a&recipient.id=b, recipient",
    "recipient.collection=parks, recipient.id",
    "starting_at=now, starting_at",
    "inserted_at.gt=2026-01-05T09:00:00Z, inserted_at.gt"
  })
  void what_is_unknown_or_wrong_is_refused_by_name(String query, String field) {
    var reply = park.call(LIST, Map.of(), query);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.each("errors", "field")).isEqualTo(List.of(field));
  }
}
