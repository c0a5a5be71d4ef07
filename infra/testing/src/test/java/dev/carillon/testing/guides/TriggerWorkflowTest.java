package dev.carillon.testing.guides;

import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.said;
import static dev.carillon.testing.scenarios.GuideEngine.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.run.RunEvent;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.FakeOutside;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.testing.scenarios.Scenarios;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.WorkflowKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide to triggering a workflow from another. */
class TriggerWorkflowTest {
  private static final String CHILD_MAIL =
      mail("child of {{actor.name}} in {{tenant.id}}: {{n}} {{workflow.cancellation_key}}");

  private final GuideEngine scene = GuideEngine.open().users("elmo", "ann", "ben");

  private void parent(String settings) {
    scene.workflow(
        "parent",
        step("trigger_workflow", "start", "'workflow_key': 'child'" + settings),
        mail("parent"));
  }

  private TriggerId trigger() {
    return scene.trigger(
        "parent",
        """
        {'recipients': ['elmo'], 'actor': 'ann', 'tenant': 'acme', 'data': {'n': 1},
         'cancellation_key': 'key'}
        """);
  }

  private List<Run> children() {
    return Scenarios.runs(scene.engine).stream()
        .filter(run -> run.workflow().value().equals("child"))
        .toList();
  }

  @Test
  void what_the_step_leaves_out_is_as_in_the_parent() {
    scene.workflow("child", CHILD_MAIL);
    parent("");
    trigger();
    assertThat(scene.mails())
        .containsExactlyInAnyOrder("elmo: parent", "elmo: child of ann in acme: 1 key");
  }

  @Test
  void the_defaults_of_the_guide_written_out_are_the_same() {
    scene.workflow("child", CHILD_MAIL);
    parent(
        """
        , 'recipients': '{{recipient.id}}', 'actor': '{{actor.id}}', 'tenant': '{{tenant.id}}',
        'data': '{{json data}}', 'cancellation_key': '{{workflow.cancellation_key}}'\
        """);
    trigger();
    assertThat(scene.mails())
        .containsExactlyInAnyOrder("elmo: parent", "elmo: child of ann in acme: 1 key");
  }

  @Test
  void what_the_step_says_counts_instead() {
    scene.workflow("child", CHILD_MAIL);
    parent(
        """
        , 'recipients': '{{data.to}}', 'actor': 'ben', 'tenant': 'ingen',
        'data': '{\\"n\\": 5}', 'cancellation_key': 'other-{{recipient.id}}'\
        """);
    scene.trigger(
        "parent",
        "{'recipients': ['elmo'], 'actor': 'ann', 'tenant': 'acme', 'data': {'to': 'ann'}}");
    assertThat(scene.mails())
        .containsExactlyInAnyOrder("elmo: parent", "ann: child of ben in ingen: 5 other-elmo");
  }

  @Test
  void a_workflow_that_triggers_itself_is_stopped_after_ten_in_a_row() {
    scene.workflow(
        "parent", step("trigger_workflow", "start", "'workflow_key': 'parent'"), mail("again"));
    trigger();
    assertThat(scene.mails()).hasSize(11);
    assertThat(
            Scenarios.runs(scene.engine).stream()
                .flatMap(run -> run.log().stream())
                .filter(it -> it.event() == RunEvent.STEP_SKIPPED))
        .singleElement()
        .satisfies(it -> assertThat(it.data().text("reason")).contains("trigger_loop"))
        .satisfies(it -> assertThat(it.ok()).isFalse());
  }

  @Test
  void a_workflow_that_triggers_itself_twice_does_not_grow_beyond_its_root() {
    scene.workflow(
        "parent",
        step("trigger_workflow", "start", "'workflow_key': 'parent'"),
        step("trigger_workflow", "again", "'workflow_key': 'parent'"),
        mail("again"));
    trigger();
    assertThat(scene.mails()).hasSize(103);
    assertThat(
            Scenarios.runs(scene.engine).stream()
                .flatMap(run -> run.log().stream())
                .filter(it -> it.event() == RunEvent.STEP_SKIPPED)
                .map(it -> it.data().text("reason").orElse("")))
        .contains("trigger_tree_full");
  }

  @Test
  void many_runs_of_one_call_may_each_trigger_a_workflow() {
    scene.workflow("child", CHILD_MAIL);
    parent("");
    var everybody = IntStream.range(0, 150).mapToObj(i -> "'u" + i + "'").toList();
    scene.users(IntStream.range(0, 150).mapToObj(i -> "u" + i).toArray(String[]::new));
    scene.trigger("parent", "{'recipients': %s}".formatted(everybody));
    assertThat(scene.mails()).hasSize(300);
  }

  @Test
  void an_archived_child_is_told_as_archived_and_not_as_missing() {
    scene.workflow("child", CHILD_MAIL);
    parent("");
    scene.engine.ports().workflows().archive(InProcessEngine.ENVIRONMENT, new WorkflowKey("child"));
    trigger();
    assertThat(
            Scenarios.runs(scene.engine).stream()
                .flatMap(run -> run.log().stream())
                .filter(it -> it.event() == RunEvent.STEP_SKIPPED)
                .map(it -> it.data().text("reason").orElse("")))
        .containsExactly("workflow_archived");
  }

  @Test
  void what_a_call_says_about_somebody_who_has_no_room_left_is_told_in_the_runs_log() {
    scene.workflow("flow", mail("{{recipient.email}}"));
    scene.must(
        Call.put(
            "/v1/users/full",
            Json.object().with("email", "old@example.com").with("blob", "x".repeat(250_000))));
    scene.pass("PT1S");
    scene.trigger(
        "flow",
        "{'recipients': [{'id': 'full', 'email': 'new@example.com', 'more': '%s'}]}"
            .formatted("y".repeat(20_000)));
    assertThat(
            Scenarios.runs(scene.engine).stream()
                .flatMap(run -> run.log().stream())
                .filter(it -> it.event() == RunEvent.IDENTIFICATION_LEFT_OUT))
        .singleElement()
        .satisfies(it -> assertThat(it.data().text("recipient")).contains("full"));
  }

  @Test
  void it_is_told_also_by_explain_and_of_a_call_right_behind_the_one_that_filled_the_record() {
    scene.workflow("flow", mail("{{recipient.email}}"));
    scene.must(
        Call.put(
            "/v1/users/full",
            Json.object().with("email", "old@example.com").with("blob", "x".repeat(250_000))));
    scene.trigger(
        "flow",
        "{'recipients': [{'id': 'full', 'email': 'new@example.com', 'more': '%s'}]}"
            .formatted("y".repeat(20_000)));
    assertThat(scene.mails()).containsExactly("full: old@example.com");
    Json.Obj why =
        (Json.Obj)
            scene
                .must(Call.get("/v1/explain?recipient=full&workflow=flow"))
                .body()
                .list("items")
                .getFirst();
    assertThat(why.text("answer").orElseThrow())
        .startsWith("Yes. What the call says about")
        .contains("was not stored");
  }

  @Test
  void whoever_is_described_as_known_already_is_told_nothing_of() {
    scene.workflow("flow", mail("{{recipient.email}}"));
    scene.pass("PT1S");
    scene.trigger("flow", "{'recipients': [{'id': 'elmo', 'plan': 'gold'}]}");
    scene.pass("PT1S");
    scene.trigger("flow", "{'recipients': [{'id': 'elmo', 'plan': 'gold'}]}");
    assertThat(
            Scenarios.runs(scene.engine).stream()
                .flatMap(run -> run.log().stream())
                .filter(it -> it.event() == RunEvent.IDENTIFICATION_LEFT_OUT))
        .isEmpty();
  }

  @Test
  void one_that_takes_its_time_may_go_on_for_ever() {
    scene.workflow(
        "parent",
        mail("again"),
        step("delay", "'delay_for': {'unit': 'hours', 'value': 1}"),
        step("trigger_workflow", "start", "'workflow_key': 'parent'"));
    trigger();
    scene.pass("PT20H");
    assertThat(scene.mails()).hasSize(21);
  }

  @Test
  void recipients_may_be_a_list() {
    scene.workflow("child", CHILD_MAIL);
    parent(", 'recipients': '[\\\"ann\\\", \\\"ben\\\"]'");
    trigger();
    assertThat(children())
        .extracting(run -> run.recipient().id())
        .containsExactlyInAnyOrder("ann", "ben");
  }

  @Test
  void there_is_one_child_for_each_recipient_of_the_parent() {
    scene.workflow("child", CHILD_MAIL);
    parent("");
    scene.trigger("parent", "{'recipients': ['elmo', 'ann', 'ben']}");
    assertThat(children()).extracting(Run::trigger).doesNotHaveDuplicates().hasSize(3);
    assertThat(children())
        .extracting(run -> run.recipient().id())
        .containsExactlyInAnyOrder("elmo", "ann", "ben");
  }

  @Test
  void the_child_runs_in_its_newest_committed_version() {
    scene.workflow("child", mail("old"));
    parent("");
    scene.workflow("child", mail("new"));
    trigger();
    assertThat(scene.mails()).contains("elmo: new").doesNotContain("elmo: old");
  }

  @Test
  void the_data_a_parent_fetched_is_handed_down() {
    scene.workflow("child", CHILD_MAIL);
    scene.workflow(
        "parent",
        step("http_fetch", "fetch", "'url': 'https://api.example/'"),
        step("trigger_workflow", "start", "'workflow_key': 'child'"));
    scene.engine.outside().says(FakeOutside.json(200, "{\"n\": 42}"));
    trigger();
    assertThat(scene.mails()).containsExactly("elmo: child of ann in acme: 42 key");
  }

  @Test
  void an_inactive_child_is_not_triggered_and_the_parent_goes_on() {
    scene.workflow("child", CHILD_MAIL);
    parent("");
    scene.must(Call.put("/v1/workflows/child/activate", GuideEngine.json("{'status': false}")));
    var run = scene.run(trigger(), "elmo");
    assertThat(said(run, "step_skipped").text("reason")).contains("workflow_inactive");
    assertThat(children()).isEmpty();
    assertThat(scene.mails()).containsExactly("elmo: parent");
  }

  @Test
  void a_child_that_does_not_exist_is_an_error_and_the_parent_goes_on() {
    parent("");
    var run = scene.run(trigger(), "elmo");
    assertThat(said(run, "step_skipped").text("reason")).contains("workflow_missing");
    assertThat(scene.mails()).containsExactly("elmo: parent");
  }

  @Test
  void data_against_the_childs_schema_fails_the_run() {
    scene.with(
        "child",
        """
        'name': 'child', 'trigger_data_json_schema':
          {'type': 'object', 'properties': {'n': {'type': 'string'}}, 'required': ['n']}\
        """,
        CHILD_MAIL);
    parent("");
    var run = scene.run(trigger(), "elmo");
    assertThat(GuideEngine.log(run))
        .containsExactly("start step_failed", "start run_halted", "run run_completed");
    assertThat(said(run, "step_failed").text("error").orElseThrow()).contains("data");
    assertThat(children()).isEmpty();
    assertThat(scene.mails()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1, 2]", "'no json'", "5"})
  void data_that_comes_to_no_object_fails_the_run_after_three_tries(String raw) {
    scene.workflow("child", CHILD_MAIL);
    parent(", 'data': '{{json data.raw}}'");
    var trigger = scene.trigger("parent", "{'recipients': ['elmo'], 'data': {'raw': " + raw + "}}");
    scene.pass("PT1M");
    var run = scene.run(trigger, "elmo");
    assertThat(run.errors()).isEqualTo(3);
    assertThat(scene.mails()).isEmpty();
    assertThat(children()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'recipients': '{{data.long}}'",
        "'recipients': 'a/b'",
        "'recipients': 'a#b'",
        "'recipients': '{{json data.many}}'",
        "'actor': '{{data.long}}'",
        "'tenant': '{{data.long}}'",
        "'tenant': 'a#b'"
      })
  void whom_no_call_could_name_no_step_can_and_the_run_fails(String setting) {
    scene.workflow("child", CHILD_MAIL);
    parent(", " + setting);
    String many =
        IntStream.rangeClosed(1, 1_001)
            .mapToObj(i -> "'user-" + i + "'")
            .collect(Collectors.joining(",", "[", "]"));
    var trigger =
        scene.trigger(
            "parent",
            "{'recipients': ['elmo'], 'data': {'long': '%s', 'many': %s}}"
                .formatted("x".repeat(257), many));
    scene.pass("PT1M");
    assertThat(said(scene.run(trigger, "elmo"), "run_halted").text("reason"))
        .contains("step_failed");
    assertThat(children()).isEmpty();
  }

  @Test
  void parent_and_child_are_cancelled_apart() {
    scene.workflow(
        "child", step("delay", "'delay_for': {'unit': 'hours', 'value': 1}"), mail("child"));
    scene.workflow(
        "parent",
        step("trigger_workflow", "start", "'workflow_key': 'child'"),
        step("delay", "'delay_for': {'unit': 'hours', 'value': 1}"),
        mail("parent"));
    trigger();
    scene.cancel("parent", "{'cancellation_key': 'key'}");
    scene.pass("PT2H");
    assertThat(scene.mails()).containsExactly("elmo: child");
    trigger();
    scene.cancel("child", "{'cancellation_key': 'key'}");
    scene.pass("PT2H");
    assertThat(scene.mails()).containsExactly("elmo: child", "elmo: parent");
  }

  @Test
  void a_parent_cancelled_before_the_step_triggers_no_child() {
    scene.workflow("child", mail("child"));
    scene.workflow(
        "parent",
        step("delay", "'delay_for': {'unit': 'hours', 'value': 1}"),
        step("trigger_workflow", "start", "'workflow_key': 'child'"));
    trigger();
    scene.cancel("parent", "{'cancellation_key': 'key'}");
    scene.pass("PT2H");
    assertThat(children()).isEmpty();
  }

  @Test
  void an_object_hands_itself_down_and_its_subscribers_are_reached_by_the_child() {
    var project = new RecipientId("projects", "apollo");
    scene.identify(
        project,
        new dev.carillon.recipient.Identification(
            Json.object().with("name", "Apollo"),
            java.util.Optional.empty(),
            java.util.Map.of(),
            java.util.Map.of()));
    scene.workflow("child", mail("child for {{recipient.id}}"));
    scene.workflow("parent", step("trigger_workflow", "start", "'workflow_key': 'child'"));
    scene.trigger("parent", "{'recipients': [{'collection': 'projects', 'id': 'apollo'}]}");
    assertThat(children()).extracting(Run::recipient).containsExactly(project);
  }

  @Test
  void sandbox_mode_and_skip_delay_are_handed_down() {
    scene.workflow(
        "child", step("delay", "'delay_for': {'unit': 'hours', 'value': 1}"), mail("child"));
    parent("");
    scene.trigger(
        "parent",
        "{'recipients': ['elmo'], 'settings': {'sandbox_mode': true, 'skip_delay': true}}");
    assertThat(scene.mails()).isEmpty();
    assertThat(scene.messages()).hasSize(2);
  }

  @Test
  void the_log_names_the_childs_run_and_the_childs_trigger_names_the_step() {
    scene.workflow("child", CHILD_MAIL);
    parent("");
    var run = scene.run(trigger(), "elmo");
    var child = children().getFirst();
    assertThat(said(run, "workflow_triggered"))
        .isEqualTo(
            Json.object()
                .with("workflow", "child")
                .with("workflow_run_id", child.trigger().toString()));
    assertThat(
            scene
                .engine
                .ports()
                .triggers()
                .find(InProcessEngine.ENVIRONMENT, child.trigger())
                .orElseThrow()
                .source())
        .isEqualTo(
            new Trigger.Source.OfStep(
                run.id(),
                new StepRef("start"),
                1,
                run.id(),
                Optional.empty(),
                Optional.of(run.trace())));
  }

  @Test
  void a_step_whose_conditions_do_not_hold_triggers_nothing() {
    scene.workflow("child", CHILD_MAIL);
    scene.workflow(
        "parent",
        GuideEngine.when(
            "[" + GuideEngine.condition("data.n", "equal_to", "'2'") + "]",
            step("trigger_workflow", "start", "'workflow_key': 'child'")),
        mail("parent"));
    trigger();
    assertThat(children()).isEmpty();
  }
}
