package dev.carillon.testing.guides;

import static dev.carillon.testing.scenarios.GuideEngine.condition;
import static dev.carillon.testing.scenarios.GuideEngine.feed;
import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.said;
import static dev.carillon.testing.scenarios.GuideEngine.step;
import static dev.carillon.testing.scenarios.GuideEngine.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.audience.Audience;
import dev.carillon.audience.Audiences;
import dev.carillon.channel.Channel;
import dev.carillon.json.Json;
import dev.carillon.message.Engagement;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.Run;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.engine.InvocationJson;
import dev.carillon.testing.scenarios.GuideEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions where they can stand: on the trigger, a step, a branch, a channel. */
class ConditionsTest {
  private final GuideEngine scene =
      GuideEngine.open().user("elmo", "'plan': 'pro', 'tags': ['a', 'b']");

  private Run trigger(String data) {
    return scene.run(
        scene.trigger(
            "flow",
            "{'recipients': ['elmo'], 'tenant': {'id': 'acme', 'tier': 'gold'},"
                + " 'data': {"
                + data
                + "}}"),
        "elmo");
  }

  private static String all(String... conditions) {
    return "{'all': [" + String.join(", ", conditions) + "]}";
  }

  @Test
  void trigger_conditions_that_do_not_hold_halt_the_run_before_its_first_step() {
    scene.with(
        "flow",
        "'name': 'f', 'conditions': " + all(condition("data.shouldExecute", "equal_to", "'true'")),
        mail("x"));
    var halted = trigger("'shouldExecute': false");
    assertThat(GuideEngine.log(halted)).containsExactly("run run_halted", "run run_completed");
    assertThat(said(halted, "run_halted").text("reason")).contains("trigger_conditions");
    assertThat(InvocationJson.of(said(halted, "run_halted"))).contains("data.shouldExecute");
    trigger("'shouldExecute': true");
    assertThat(scene.mails()).hasSize(1);
  }

  @Test
  void trigger_conditions_are_asked_for_each_recipient() {
    scene.user("ann", "'plan': 'free'");
    scene.with(
        "flow",
        "'name': 'f', 'conditions': " + all(condition("recipient.plan", "equal_to", "'pro'")),
        mail("x"));
    scene.trigger("flow", "{'recipients': ['elmo', 'ann']}");
    assertThat(scene.mails()).containsExactly("elmo: x");
  }

  @Test
  void step_conditions_that_do_not_hold_skip_the_step_and_the_next_is_taken() {
    scene.workflow(
        "flow",
        when(all(condition("recipient.plan", "equal_to", "'free'")), mail("m1", "one")),
        mail("m2", "two"));
    var run = trigger("");
    assertThat(scene.mails()).containsExactly("elmo: two");
    assertThat(said(run, "step_skipped").text("reason")).contains("conditions_not_met");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          recipient.plan      | equal_to       | 'pro'             | true
          recipient.tags      | contains       | 'b'               | true
          recipient.missing   | empty          | null              | true
          tenant.tier         | equal_to       | 'gold'            | true
          tenant.id           | equal_to       | 'acme'            | true
          data.n              | greater_than   | '4'               | true
          data.n              | equal_to       | 'data.m'          | false
          data.n              | not_equal_to   | 'data.m'          | true
          data.flag           | equal_to       | 'true'            | true
          data.text_flag      | equal_to       | 'true'            | false
          workflow.id         | not_empty      | null              | true
          workflow.categories | contains       | 'big'             | true
          run.total_activities | equal_to      | '1'               | true
          vars.host           | equal_to       | 'here'            | true
          data.text           | contains       | 'ell'             | true
          data.when           | is_timestamp_before | '2026-01-05T10:00:00Z' | true
          data.when           | is_timestamp_before_now | null       | false
          """)
  void every_prefix_can_be_asked_and_arguments_are_json(
      String variable, String operator, String argument, boolean holds) {
    scene.engine.push(
        Map.of("variables.json", "{\"host\": {\"type\": \"public\", \"value\": \"here\"}}"));
    scene.with(
        "flow",
        "'name': 'f', 'categories': ['big']",
        when(all(condition(variable, operator, argument)), mail("x")));
    trigger(
        "'n': 5, 'm': 6, 'flag': true, 'text_flag': 'true', 'text': 'hello',"
            + " 'when': '2026-01-05T09:30:00Z'");
    assertThat(scene.mails()).hasSize(holds ? 1 : 0);
  }

  @Test
  void the_channels_conditions_stand_beside_the_steps() {
    var email =
        scene.engine.ports().channels().find(InProcessEngine.ENVIRONMENT, "email").orElseThrow();
    scene
        .engine
        .ports()
        .channels()
        .put(
            InProcessEngine.ENVIRONMENT,
            new Channel(
                email.id(),
                email.key(),
                email.name(),
                email.type(),
                email.provider(),
                email
                    .settings()
                    .with(
                        "conditions",
                        Json.array(
                            List.of(
                                GuideEngine.json(
                                    condition("recipient.email", "contains", "'@example.com'"))))),
                email.createdAt(),
                email.updatedAt()));
    scene.workflow("flow", when(all(condition("data.n", "equal_to", "'1'")), mail("x")));
    trigger("'n': 1");
    assertThat(scene.mails()).hasSize(1);
    scene.user("elmo", "'email': 'elmo@elsewhere.example'");
    var run = trigger("'n': 1");
    assertThat(said(run, "step_skipped").text("reason")).contains("channel_conditions_not_met");
    assertThat(said(run, "step_skipped").list("conditions")).hasSize(1);
    assertThat(said(run, "step_skipped").list("channel_conditions")).hasSize(1);
    trigger("'n': 2");
    assertThat(scene.mails()).hasSize(1);
  }

  @Test
  void evaluation_stops_at_the_first_that_decides_and_marks_the_rest() {
    scene.workflow(
        "flow",
        when(
            "{'any': [%s, {'all': [%s, %s]}, %s]}"
                .formatted(
                    condition("data.n", "equal_to", "'1'"),
                    condition("data.n", "equal_to", "'2'"),
                    condition("data.m", "equal_to", "'2'"),
                    condition("data.n", "equal_to", "'3'")),
            mail("x")));
    var run = trigger("'n': 2, 'm': 2");
    assertThat(said(run, "message_enqueued").list("conditions"))
        .extracting(item -> ((Json.Obj) item).fields().get("result"))
        .containsExactly(Json.FALSE, Json.TRUE, Json.TRUE, Json.of("not_evaluated"));
  }

  @Test
  void a_mail_goes_out_only_if_the_item_in_the_feed_was_not_seen_within_five_minutes() {
    scene.workflow(
        "flow",
        feed("look"),
        step("delay", "'delay_for': {'unit': 'minutes', 'value': 5}"),
        when(
            all(condition("refs.feed.engagement_status", "not_contains", "'$message.seen'")),
            mail("you missed it")));
    trigger("");
    scene.pass("PT5M");
    assertThat(scene.mails()).containsExactly("elmo: you missed it");
    trigger("");
    engage(Engagement.SEEN);
    scene.pass("PT5M");
    assertThat(scene.mails()).hasSize(1);
  }

  private void engage(Engagement engagement) {
    scene.messages().stream()
        .filter(message -> message.source().step().value().equals("feed"))
        .filter(message -> !message.engagement().containsKey(engagement))
        .forEach(
            message ->
                scene
                    .engine
                    .ports()
                    .messages()
                    .save(message.engaged(engagement, Json.Obj.EMPTY, scene.engine.now())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          delivery_status   | equal_to                 | $message.skipped       | false | false
          delivery_status   | not_equal_to             | $message.skipped       | true  | true
          delivery_status   | less_than                | $message.sent          | false | false
          delivery_status   | greater_than_or_equal_to | $message.delivered     | true  | true
          engagement_status | contains                 | $message.seen          | false | true
          engagement_status | contains                 | $message.seen_not_read | false | true
          engagement_status | not_contains             | $message.read          | true  | true
          engagement_status | contains                 | $message.archived      | false | false
          engagement_status | not_contains             | $message.link_clicked  | true  | true
          status            | less_than                | $message.seen          | true  | false
          """)
  void the_guides_cases_of_a_feed_item_unseen_and_seen(
      String which, String operator, String argument, boolean unseen, boolean seen) {
    scene.workflow(
        "flow",
        feed("look"),
        step("delay", "'delay_for': {'unit': 'minutes', 'value': 5}"),
        when(all(condition("refs.feed." + which, operator, "'" + argument + "'")), mail("x")));
    trigger("");
    scene.pass("PT5M");
    assertThat(scene.mails()).hasSize(unseen ? 1 : 0);
    trigger("");
    engage(Engagement.SEEN);
    scene.pass("PT5M");
    assertThat(scene.mails()).hasSize((unseen ? 1 : 0) + (seen ? 1 : 0));
  }

  @Test
  void a_step_can_ask_whether_another_was_skipped() {
    scene.user("elmo", "'email': null");
    scene.workflow(
        "flow",
        mail("x"),
        when(
            all(condition("refs.email.delivery_status", "equal_to", "'$message.skipped'")),
            feed("no mail for you")));
    trigger("");
    assertThat(scene.messages()).hasSize(1);
  }

  @Test
  void a_static_audience_can_be_asked_for_with_the_tenant_of_the_run() {
    scene.workflow(
        "flow", when(all(condition("recipient", "is_audience_member", "'vips'")), mail("vip")));
    assertThat(InvocationJson.of(said(trigger(""), "step_skipped"))).contains("vips");
    var audiences = scene.engine.ports().audiences();
    audiences.put(InProcessEngine.ENVIRONMENT, "vips", new Audience.Static());
    var member = new Audiences.Member(RecipientId.user("elmo"), Optional.of(new TenantId("acme")));
    audiences.add(InProcessEngine.ENVIRONMENT, "vips", member, scene.engine.now());
    trigger("");
    assertThat(scene.mails()).containsExactly("elmo: vip");
    scene.trigger("flow", "{'recipients': ['elmo'], 'tenant': 'ingen'}");
    assertThat(scene.mails()).hasSize(1);
  }

  @Test
  void conditions_of_the_trigger_show_no_secret_that_the_data_holds() {
    scene.engine.push(
        Map.of("variables.json", "{\"key\": {\"type\": \"secret\", \"value\": \"hunter22\"}}"));
    scene.with(
        "flow",
        "'name': 'flow', 'conditions': " + all(condition("data.key", "empty", "null")),
        mail("x"));
    assertThat(InvocationJson.of(said(trigger("'key': 'hunter22'"), "run_halted")))
        .contains("[secret]")
        .doesNotContain("hunter22");
  }
}
