package dev.carillon.functions.api.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.api.ApiFixture;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.FanoutPages;
import dev.carillon.trigger.FanoutPages.Reached;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCallsTest {
  private static final String EXPLAIN = "GET /v1/explain";
  private static final RecipientId ISLAND = new RecipientId("islands", "nublar");

  private final ApiFixture park = new ApiFixture();

  @Test
  void a_run_is_answered_with_its_messages_and_each_step() {
    var reply = park.call(EXPLAIN, Map.of(), "recipient=jhammond&workflow=new-comment");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().list("items")).hasSize(1);
    assertThat(reply.body().list("reasons")).isEmpty();
    assertThat(reply.text("items.0.outcome")).isEqualTo("delivered");
    assertThat(reply.text("items.0.answer"))
        .isEqualTo(
            "Yes. On feed: It was delivered at 2026-01-05T09:00:00Z."
                + " On email: The provider took it at 2026-01-05T09:00:07Z, after 2 attempts."
                + " On webhook: It was given up at 2026-01-05T09:00:11Z: No answer within 10 s"
                + " (whether the provider took it is not known).");
    assertThat(reply.each("items", "status")).containsExactly("completed");
    assertThat(reply.text("items.0.steps.0.step_ref")).isEqualTo("feed_1");
    assertThat(reply.text("items.0.steps.1.messages.0.attempts.0.result")).isEqualTo("deferred");
    assertThat(reply.text("items.0.steps.1.messages.0.attempts.1.result")).isEqualTo("accepted");
  }

  @ParameterizedTest
  @CsvSource({
    "recipient=jhammond, 1",
    "recipient=jhammond&tenant=ingen, 1",
    "recipient=jhammond&tenant=biosyn, 0",
    "recipient=jhammond&workflow=other, 0",
    "recipient=jhammond&collection=parks, 0",
    "recipient=jhammond&collection=$users, 1",
    "recipient[id]=jhammond&recipient[collection]=$users, 1",
    "recipient=jhammond&since=2026-01-05T09:00:00Z, 1",
    "recipient=jhammond&since=2026-01-05T09:00:01Z, 0",
    "recipient=jhammond&until=2026-01-05T09:00:00Z, 0"
  })
  void only_what_all_parameters_let_through_is_explained(String query, int expected) {
    var reply = park.call(EXPLAIN, Map.of(), query);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().list("items")).hasSize(expected);
    assertThat(reply.body().list("reasons").isEmpty()).isEqualTo(expected > 0);
  }

  @ParameterizedTest
  @CsvSource({
    "workflow=new-comment, recipient",
    "recipient=a&since=yesterday, since",
    "recipient=a&workflow=No Key, workflow",
    "recipient=a&status=paused, status"
  })
  void what_is_missing_or_wrong_is_refused_by_name(String query, String field) {
    var reply = park.call(EXPLAIN, Map.of(), query);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.each("errors", "field")).containsExactly(field);
  }

  @Test
  void a_public_key_may_not_ask() {
    var reply = park.call("pk_local", EXPLAIN, Map.of(), "recipient=jhammond", "");
    assertThat(reply.status()).isEqualTo(403);
  }

  @Test
  void of_another_environment_nothing_is_said() {
    var reply = park.call("sk_elsewhere", EXPLAIN, Map.of(), "recipient=jhammond", "");
    assertThat(reply.body().list("items")).isEmpty();
    assertThat(reply.each("reasons", "code")).containsExactly("recipient_unknown", "no_trigger");
  }

  @Test
  void without_a_run_a_workflow_that_is_not_there_is_named() {
    assertThat(codes("recipient=jhammond&workflow=other"))
        .containsExactly("workflow_unknown", "no_trigger");
  }

  @Test
  void without_a_run_a_workflow_that_is_switched_off_is_named() {
    park.ports.workflows().setActive(ApiFixture.DEVELOPMENT, ApiFixture.NEW_COMMENT, false);
    assertThat(codes("recipient=dnedry&workflow=new-comment"))
        .containsExactly("workflow_inactive", "no_trigger");
    park.ports.workflows().archive(ApiFixture.DEVELOPMENT, ApiFixture.NEW_COMMENT);
    assertThat(codes("recipient=dnedry&workflow=new-comment"))
        .containsExactly("workflow_archived", "no_trigger");
  }

  @Test
  void without_a_run_somebody_nobody_knows_is_named() {
    assertThat(codes("recipient=esattler")).containsExactly("recipient_unknown", "no_trigger");
  }

  @Test
  void triggers_for_others_are_told_from_no_triggers() {
    accept(ApiFixture.HAMMOND, "new-comment");
    assertThat(codes("recipient=dnedry&workflow=new-comment"))
        .containsExactly("not_among_the_recipients");
    assertThat(codes("recipient=dnedry&since=2026-01-06T00:00:00Z")).containsExactly("no_trigger");
  }

  @Test
  void a_trigger_whose_run_has_not_rested_is_on_its_way() {
    accept(ApiFixture.NEDRY, "new-comment");
    assertThat(codes("recipient=dnedry&workflow=new-comment")).containsExactly("on_its_way");
  }

  @Test
  void a_trigger_that_reaches_a_subscriber_is_on_its_way_to_them() {
    TriggerId trigger = accept(ISLAND, "new-comment");
    assertThat(codes("recipient=dnedry")).containsExactly("not_among_the_recipients");
    park.ports
        .fanoutPages()
        .enroll(
            ApiFixture.DEVELOPMENT,
            trigger,
            "0.0",
            new FanoutPages.NotedPage(List.of(new Reached(ApiFixture.NEDRY, ISLAND)), List.of()));
    assertThat(codes("recipient=dnedry")).containsExactly("on_its_way");
  }

  private List<String> codes(String query) {
    var reply = park.call(EXPLAIN, Map.of(), query);
    assertThat(reply.body().list("items")).isEmpty();
    assertThat(reply.each("reasons", "sentence")).allMatch(sentence -> sentence.endsWith("."));
    return reply.each("reasons", "code");
  }

  private TriggerId accept(RecipientId recipient, String workflow) {
    Instant now = park.clock.instant();
    TriggerId id = TriggerId.of(now, "a call for " + recipient.id());
    park.ports
        .triggers()
        .accept(
            new Trigger(
                ApiFixture.DEVELOPMENT,
                id,
                new WorkflowKey(workflow),
                VersionId.parse("7251cd3f-0028-4d1a-9466-ee79522ba3de"),
                List.of(new Trigger.Named(recipient, Optional.empty(), Json.Obj.EMPTY)),
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
}
