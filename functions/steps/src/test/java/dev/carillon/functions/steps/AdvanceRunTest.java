package dev.carillon.functions.steps;

import static dev.carillon.functions.steps.StepsFixture.EMAIL;
import static dev.carillon.functions.steps.StepsFixture.FEED;
import static dev.carillon.functions.steps.StepsFixture.WEBHOOK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.channel.ChannelType;
import dev.carillon.functions.steps.AdvanceRun.Result;
import dev.carillon.functions.steps.render.Render;
import dev.carillon.functions.steps.render.RenderTemplates;
import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.Run;
import dev.carillon.run.RunEvent;
import dev.carillon.run.StepOutcome;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.StepsTask;
import dev.carillon.trigger.Trigger;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.Workflow;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdvanceRunTest {
  private static final String FAILING =
      """
      {"type": "channel", "ref": "email", "channel_key": "email", "channel_type": "email",
       "template": {"subject": "{{#each list}}{{#each ../list}}{{#each ../../list}}x{{/each}}{{/each}}{{/each}}",
                    "html_body": "<p></p>"}}\
      """;

  private final StepsFixture stage = new StepsFixture();

  @Test
  void a_run_is_written_once_when_all_its_steps_are_taken() {
    stage.given(FEED, EMAIL, WEBHOOK);
    assertThat(stage.start()).isInstanceOf(Result.Moved.class);
    Run run = stage.run();
    assertThat(run.status()).isEqualTo("completed");
    assertThat(run.revision()).isEqualTo(1);
    assertThat(run.errors()).isZero();
    assertThat(stage.log())
        .containsExactly(
            "message_enqueued feed",
            "message_enqueued email",
            "message_enqueued webhook",
            "run_completed");
    assertThat(stage.messages()).hasSize(3);
    assertThat(run.outcomes().keySet())
        .containsExactly(new StepRef("feed"), new StepRef("email"), new StepRef("webhook"));
  }

  @Test
  void a_feed_message_is_delivered_at_once_and_the_others_are_handed_over() {
    stage.given(FEED, EMAIL, WEBHOOK).start();
    assertThat(stage.messages())
        .extracting(message -> message.source().step().value() + " " + message.status().wireName())
        .containsExactlyInAnyOrder("feed delivered", "email queued", "webhook queued");
    assertThat(stage.deliveries())
        .extracting(DeliveryTask.Deliver::message)
        .containsExactlyInAnyOrderElementsOf(
            stage.messages().stream()
                .filter(message -> message.channelType() != ChannelType.IN_APP_FEED)
                .map(Message::id)
                .toList());
    assertThat(stage.deliveries())
        .allMatch(
            task ->
                task.attempt() == 1
                    && task.run()
                        .equals(
                            Optional.of(
                                new DeliveryTask.Cancellable(
                                    StepsFixture.TRIGGER, StepsFixture.ELLIE))));
  }

  @Test
  void a_message_says_where_it_comes_from_and_what_feeds_are_filtered_by() {
    Json.Obj data =
        StepsFixture.json(
            """
            {"comment": "%s", "n": 5, "yes": true, "nothing": null, "deep": {"a": 1}, "list": [1]}
            """
                .formatted("é".repeat(255) + "🦖🦖"));
    stage.given(data, FEED).start();
    Message message = stage.messages().getFirst();
    assertThat(message.source().run()).isEqualTo(StepsFixture.RUN);
    assertThat(message.source().workflow()).isEqualTo(StepsFixture.WORKFLOW);
    assertThat(message.tenant()).contains(new TenantId("ingen"));
    assertThat(message.snapshot())
        .isEqualTo(Json.object().with("email", "ellie@example.com").with("name", "Ellie"));
    assertThat(message.flatData())
        .isEqualTo(
            Json.object()
                .with("comment", "é".repeat(255) + "🦖")
                .with("n", Json.of(5))
                .with("yes", Json.TRUE)
                .with("nothing", Json.NULL));
    assertThat(
            stage.ports.messages().content(StepsFixture.LOCAL, message.id()).orElseThrow().data())
        .isEqualTo(data);
    assertThat(message.events())
        .extracting(Message.Event::type)
        .containsExactly("created", "queued", "delivered");
  }

  @Test
  void the_log_says_why_a_message_was_made() {
    stage
        .given(
            StepsFixture.when(
                EMAIL,
                "[{\"variable\": \"recipient.name\", \"operator\": \"equal_to\", \"argument\":"
                    + " \"Ellie\"}]"))
        .start();
    Json.Obj said = stage.logged("message_enqueued");
    assertThat(said.text("channel_type")).contains("email");
    assertThat(said.text("message_id")).contains(stage.messages().getFirst().id().value());
    assertThat(said.list("conditions"))
        .containsExactly(
            StepsFixture.json(
                """
                {"variable": "recipient.name", "operator": "equal_to", "argument": "Ellie",
                 "value": "Ellie", "result": true}
                """));
  }

  @Test
  void a_zone_that_is_none_changes_the_clock_and_not_the_way_of_a_run() {
    stage.identify(StepsFixture.ELLIE, "{\"email\": \"e@example.com\", \"timezone\": \"Mars/X\"}");
    stage
        .given(
            """
            {"type": "channel", "ref": "email", "channel_key": "email", "channel_type": "email",
             "template": {"subject": "{{date timestamp '%Y' recipient.timezone}}",
                          "html_body": "<p>{{timezone timestamp 'Europe/Berlin'}}</p>"}}\
            """,
            """
            {"type": "batch", "ref": "batch", "settings": {
              "batch_window": {"unit": "seconds", "value": 5}}}\
            """)
        .start();
    assertThat(stage.logged("message_enqueued").list("zones_ignored"))
        .containsExactly(Json.of("Mars/X"));
    assertThat(stage.run().errors()).isZero();
  }

  @Test
  void a_currency_that_nobody_knows_is_in_the_log() {
    stage
        .given(
            """
            {"type": "channel", "ref": "email", "channel_key": "email", "channel_type": "email",
             "template": {"subject": "{{currency 3 'DOGE'}}", "html_body": "<p>x</p>"}}\
            """)
        .start();
    assertThat(stage.logged("message_enqueued").list("currencies_unknown"))
        .containsExactly(Json.of("DOGE"));
    assertThat(stage.run().errors()).isZero();
  }

  @Test
  void a_task_that_comes_twice_finds_the_run_past_it() {
    stage.given(EMAIL).start();
    int sent = stage.ports.tasks().sent().size();
    assertThat(stage.start()).isEqualTo(new Result.Past(StepsFixture.RUN));
    assertThat(stage.run().revision()).isEqualTo(1);
    assertThat(stage.ports.tasks().sent()).hasSize(sent);
  }

  @Test
  void a_copy_that_does_not_see_the_run_yet_makes_nothing_anew() {
    stage.given(EMAIL).start();
    Run stored = stage.run();
    stage.ports.runs().lookLate();
    assertThat(stage.start()).isEqualTo(new Result.Past(StepsFixture.RUN));
    assertThat(stage.run()).isEqualTo(stored);
    assertThat(stage.messages()).hasSize(1);
    assertThat(stage.deliveries()).containsOnly(stage.deliveries().getFirst());
  }

  @Test
  void a_copy_that_does_not_see_a_waiting_run_yet_sets_its_alarm_again() {
    stage.given(StepsFixture.delay("{\"unit\": \"minutes\", \"value\": 5}"), EMAIL).start();
    Run stored = stage.run();
    stage.ports.runs().lookLate();
    assertThat(stage.start()).isEqualTo(new Result.ArmedAgain(StepsFixture.RUN));
    assertThat(stage.run()).isEqualTo(stored);
    assertThat(stage.messages()).isEmpty();
  }

  @Test
  void a_copy_that_did_not_look_for_the_run_makes_nothing_anew() {
    stage.given(EMAIL).start();
    Run stored = stage.run();
    assertThat(stage.advance.handle(StepsFixture.startTask(), true))
        .isEqualTo(new Result.Past(StepsFixture.RUN));
    assertThat(stage.run()).isEqualTo(stored);
    assertThat(stage.messages()).hasSize(1);
    assertThat(stage.deliveries()).containsOnly(stage.deliveries().getFirst());
  }

  @Test
  void a_copy_that_did_not_look_does_not_tell_of_an_end_that_was_none() {
    stage.given(EMAIL).start();
    stage.ports.recipients().delete(StepsFixture.LOCAL, StepsFixture.ELLIE);
    int sent = stage.ports.tasks().sent().size();
    assertThat(stage.advance.handle(StepsFixture.startTask(), true))
        .isEqualTo(new Result.Past(StepsFixture.RUN));
    assertThat(stage.ports.tasks().sent()).hasSize(sent);
  }

  @Test
  void a_task_that_comes_late_looks_for_the_run() {
    stage.given(EMAIL).start();
    int sent = stage.ports.tasks().sent().size();
    stage.clock.advance(Duration.ofMinutes(6));
    assertThat(stage.advance.handle(StepsFixture.startTask(), true))
        .isEqualTo(new Result.Past(StepsFixture.RUN));
    assertThat(stage.ports.tasks().sent()).hasSize(sent);
  }

  @Test
  void of_two_tasks_at_once_one_moves_the_run() {
    stage.given(EMAIL);
    var slower =
        new StepsWiring(
                stage.ports,
                stage.outside,
                templates -> {
                  Render renderer = new RenderTemplates(templates);
                  return (template, known, scope, zone) -> {
                    stage.start();
                    return renderer.render(template, known, scope, zone);
                  };
                })
            .advanceRun();
    assertThat(slower.handle(StepsFixture.startTask()))
        .isEqualTo(new Result.Past(StepsFixture.RUN));
    assertThat(stage.run().revision()).isEqualTo(1);
    assertThat(stage.messages()).hasSize(1);
    assertThat(stage.deliveries()).containsOnly(stage.deliveries().getFirst());
  }

  @Test
  void
      what_a_copy_made_on_a_way_that_the_run_did_not_go_is_handed_over_when_its_task_comes_again() {
    String ellieOnly =
        "[{\"variable\": \"recipient.name\", \"operator\": \"equal_to\", \"argument\": \"Ellie\"}]";
    Workflow workflow =
        stage.commit(
            "{\"conditions\": " + ellieOnly + ", " + StepsFixture.steps(EMAIL).substring(1));
    stage.triggered(StepsFixture.trigger(workflow));
    var slower =
        new StepsWiring(
                stage.ports,
                stage.outside,
                templates -> {
                  Render renderer = new RenderTemplates(templates);
                  return (template, known, scope, zone) -> {
                    stage.identify(StepsFixture.ELLIE, "{\"name\": \"Sattler\"}");
                    stage.start();
                    return renderer.render(template, known, scope, zone);
                  };
                })
            .advanceRun();
    slower.handle(StepsFixture.startTask());
    assertThat(stage.log()).containsExactly("run_halted", "run_completed");
    assertThat(stage.messages()).hasSize(1);
    int handedOver = stage.deliveries().size();

    // That worker may have died before it handed the message over.
    assertThat(stage.start()).isEqualTo(new Result.Past(StepsFixture.RUN));
    assertThat(stage.deliveries()).hasSize(handedOver + 1);
    assertThat(stage.deliveries().getLast().message()).isEqualTo(stage.messages().getFirst().id());
  }

  @Test
  void a_recipient_that_nobody_identified_ends_the_run_and_says_so() {
    Trigger usual = StepsFixture.trigger(stage.commit(StepsFixture.steps(FEED)));
    RecipientId nobody = RecipientId.user("nobody");
    stage.triggered(
        new Trigger(
            usual.environment(),
            usual.id(),
            usual.workflow(),
            usual.version(),
            List.of(new Trigger.Named(nobody, Optional.empty(), Json.Obj.EMPTY)),
            usual.actor(),
            usual.tenant(),
            usual.data(),
            usual.cancellationKey(),
            usual.settings(),
            new Trigger.Source.Api()));
    var result =
        stage.advance.handle(
            new StepsTask.Advance(
                StepsFixture.LOCAL,
                StepsFixture.TRIGGER,
                nobody,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(result).isInstanceOf(Result.Moved.class);
    Run run = ((Result.Moved) result).run();
    assertThat(run.status()).isEqualTo("completed");
    assertThat(run.errors()).isEqualTo(1);
    assertThat(run.log().getFirst().event()).isEqualTo(RunEvent.RECIPIENT_MISSING);
    assertThat(stage.messages()).isEmpty();
  }

  @Test
  void conditions_of_the_workflow_that_fail_halt_the_run_and_are_in_its_log() {
    Workflow workflow =
        stage.commit(
            "{\"conditions\": [{\"variable\": \"data.amount\", \"operator\": \"greater_than\","
                + " \"argument\": 5}], "
                + StepsFixture.steps(FEED).substring(1));
    stage.triggered(StepsFixture.trigger(workflow)).start();
    assertThat(stage.log()).containsExactly("run_halted", "run_completed");
    Json.Obj said = stage.logged("run_halted");
    assertThat(said.text("reason")).contains("trigger_conditions");
    assertThat(said.list("conditions")).hasSize(1);
    assertThat(stage.messages()).isEmpty();
    assertThat(stage.run().errors()).isZero();
  }

  @Test
  void a_trigger_that_is_gone_is_told_and_nothing_else() {
    assertThat(stage.start()).isEqualTo(new Result.TriggerMissing(StepsFixture.RUN));
    assertThat(stage.ports.runs().find(StepsFixture.LOCAL, StepsFixture.RUN)).isEmpty();
  }

  @Test
  void a_version_that_is_not_there_yet_is_a_matter_for_the_queue() {
    stage.triggered(StepsFixture.trigger(StepsFixture.workflow(StepsFixture.steps(FEED))));
    assertThatThrownBy(stage::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_run_keeps_the_version_it_was_triggered_with() {
    stage.given(FEED, StepsFixture.delay("{\"unit\": \"minutes\", \"value\": 5}"), EMAIL);
    stage.start();
    stage.commit(StepsFixture.steps(WEBHOOK));
    stage.untilIdle();
    assertThat(stage.log())
        .containsExactly(
            "message_enqueued feed",
            "delay_started wait",
            "delay_ended wait",
            "message_enqueued email",
            "run_completed");
  }

  @Test
  void what_was_cancelled_before_its_start_sends_nothing() {
    stage.given(FEED, EMAIL);
    stage.ports.triggers().cancel(StepsFixture.LOCAL, StepsFixture.TRIGGER, StepsFixture.ELLIE);
    stage.start();
    assertThat(stage.run().status()).isEqualTo("cancelled");
    assertThat(stage.log()).containsExactly("run_cancelled");
    assertThat(stage.messages()).isEmpty();
    assertThat(stage.ports.tasks().queued()).isEmpty();
    assertThat(stage.start()).isEqualTo(new Result.Past(StepsFixture.RUN));
  }

  @Test
  void nobody_looks_for_a_cancellation_of_what_cannot_be_cancelled() {
    Trigger usual = StepsFixture.trigger(stage.commit(StepsFixture.steps(EMAIL)));
    stage.triggered(StepsFixture.with(usual, usual.data(), usual.settings(), Optional.empty()));
    stage.ports.triggers().cancel(StepsFixture.LOCAL, StepsFixture.TRIGGER, StepsFixture.ELLIE);
    stage.start();
    assertThat(stage.run().status()).isEqualTo("completed");
    assertThat(stage.deliveries())
        .extracting(DeliveryTask.Deliver::run)
        .containsExactly(Optional.empty());
  }

  @Test
  void a_message_that_exists_is_a_decision_taken_even_when_the_recipient_has_changed() {
    stage.given(EMAIL);
    made();
    stage.identify(StepsFixture.ELLIE, "{\"email\": null}");
    stage.start();
    assertThat(stage.log()).containsExactly("message_enqueued email", "run_completed");
    assertThat(stage.messages()).hasSize(1);
    assertThat(stage.deliveries()).hasSize(1);
  }

  @Test
  void a_message_that_exists_is_not_made_again_when_it_was_since_unsubscribed_from() {
    stage.given(EMAIL);
    made();
    stage.identify(
        StepsFixture.ELLIE,
        new Identification(
            Json.Obj.EMPTY,
            Optional.empty(),
            Map.of("default", StepsFixture.json("{\"channel_types\": {\"email\": false}}")),
            Map.of()));
    stage.start();
    assertThat(stage.log()).containsExactly("message_enqueued email", "run_completed");
  }

  @Test
  void a_message_whose_delivery_has_begun_is_not_handed_over_again() {
    stage.given(EMAIL);
    Message message = made();
    assertThat(
            stage
                .ports
                .messages()
                .save(message.become(DeliveryStatus.SENT, Json.Obj.EMPTY, stage.clock.instant())))
        .isTrue();
    stage.start();
    assertThat(stage.run().outcomes().values())
        .containsExactly(new StepOutcome.Sent(List.of(message.id())));
    assertThat(stage.deliveries()).isEmpty();
  }

  @Test
  void a_channel_in_sandbox_mode_renders_and_hands_nothing_over() {
    stage.channel(
        ChannelType.EMAIL,
        StepsFixture.json(
            "{\"from_address\": \"hello@carillon.example\", \"sandbox_mode\": true}"));
    stage.given(EMAIL, WEBHOOK).start();
    assertThat(stage.messages())
        .extracting(message -> message.source().step().value() + " " + message.status().wireName())
        .containsExactlyInAnyOrder("email not_sent", "webhook queued");
    assertThat(stage.deliveries()).hasSize(1);
  }

  @Test
  void a_trigger_in_sandbox_mode_hands_nothing_over_at_all() {
    stage.given(new Trigger.Settings(true, false), EMAIL, WEBHOOK, FEED).start();
    assertThat(stage.messages())
        .extracting(message -> message.source().step().value() + " " + message.status().wireName())
        .containsExactlyInAnyOrder("email not_sent", "webhook not_sent", "feed delivered");
    assertThat(stage.deliveries()).isEmpty();
    Message email =
        stage.messages().stream()
            .filter(message -> message.channelType() == ChannelType.EMAIL)
            .findFirst()
            .orElseThrow();
    assertThat(email.events().getLast().data().text("reason")).contains("sandbox");
  }

  @Test
  void what_is_expired_when_it_is_made_is_not_sent_nor_shown() {
    var settings =
        new Trigger.Settings(false, false, Optional.empty(), Optional.of(stage.clock.instant()));
    stage.given(settings, EMAIL, FEED).start();
    assertThat(stage.messages())
        .allMatch(message -> message.status() == DeliveryStatus.NOT_SENT)
        .allMatch(it -> it.events().getLast().data().text("reason").equals(Optional.of("expired")))
        .hasSize(2);
    assertThat(stage.deliveries()).isEmpty();
  }

  @Test
  void a_template_that_fails_is_tried_three_times_and_then_the_run_is_halted() {
    stage.given(bomb(), FEED, FAILING, WEBHOOK).start();
    assertThat(stage.run().status()).isEqualTo("paused");
    assertThat(stage.waiting().dueAt()).isEqualTo(stage.clock.instant().plusSeconds(5));
    var start = stage.clock.instant();
    stage.untilIdle();
    assertThat(Duration.between(start, stage.clock.instant())).isEqualTo(Duration.ofSeconds(15));
    assertThat(stage.log())
        .containsExactly(
            "message_enqueued feed",
            "step_failed email",
            "step_failed email",
            "step_failed email",
            "run_halted",
            "run_completed");
    Run run = stage.run();
    assertThat(run.errors()).isEqualTo(3);
    assertThat(run.log().subList(1, 4)).extracting(line -> line.attempt()).containsExactly(1, 2, 3);
    assertThat(run.log().get(1).ok()).isFalse();
    assertThat(run.log().get(1).data().text("error"))
        .hasValueSatisfying(error -> assertThat(error).startsWith("subject"));
    assertThat(stage.logged("run_halted").text("reason")).contains("step_failed");
    assertThat(run.status()).isEqualTo("completed");
    assertThat(stage.messages()).hasSize(1);
    assertThat(stage.ports.timers().all()).isEmpty();
  }

  @Test
  void a_template_that_works_at_the_second_try_goes_on() {
    stage.identify(StepsFixture.ELLIE, "{\"name\": \"El\\nlie\"}");
    stage.channel(
        ChannelType.EMAIL, StepsFixture.json("{\"from_address\": \"{{recipient.name}}@x.io\"}"));
    stage.given(EMAIL, FEED).start();
    stage.identify(StepsFixture.ELLIE, "{\"name\": \"Ellie\"}");
    stage.untilIdle();
    assertThat(stage.log())
        .containsExactly(
            "step_failed email",
            "message_enqueued email",
            "message_enqueued feed",
            "run_completed");
    assertThat(stage.run().log().get(1).attempt()).isEqualTo(2);
  }

  private static Json.Obj bomb() {
    return Json.object().with("list", Json.array(Collections.nCopies(200, Json.of(1))));
  }

  /**
   * Leaves the message of the step {@code email} behind, as a crash before the run's write does.
   */
  private Message made() {
    var first = new StepsFixture();
    first.triggered(
        stage.ports.triggers().find(StepsFixture.LOCAL, StepsFixture.TRIGGER).orElseThrow());
    first.commit(StepsFixture.steps(EMAIL));
    first.start();
    Message made = first.messages().getFirst();
    var content = first.ports.messages().content(StepsFixture.LOCAL, made.id()).orElseThrow();
    Message asCreated =
        new Message(
            made.origin(),
            made.status(),
            made.engagement(),
            made.attempts(),
            made.events(),
            made.externalId(),
            Optional.empty(),
            0,
            made.updatedAt());
    assertThat(stage.ports.messages().create(asCreated, content)).isTrue();
    return stage.messages().getFirst();
  }

  @Test
  void a_message_is_not_held_up_for_a_link_key_that_the_deployment_has_not_got() {
    var stage = new StepsFixture();
    stage
        .given(
            StepsFixture.EMAIL.replace(
                "\"template\"",
                "\"channel_overrides\": {\"link_tracking\": true, \"open_tracking\": true},"
                    + " \"template\""))
        .start();
    assertThat(stage.messages()).hasSize(1);
    assertThat(stage.logged("message_enqueued").get("untracked")).contains(Json.TRUE);
  }
}
