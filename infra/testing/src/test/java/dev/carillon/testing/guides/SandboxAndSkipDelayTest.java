package dev.carillon.testing.guides;

import static dev.carillon.testing.scenarios.GuideEngine.feed;
import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.said;
import static dev.carillon.testing.scenarios.GuideEngine.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.json.Json;
import dev.carillon.message.ContentCodec;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.MessageContent;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.trigger.TriggerId;
import org.junit.jupiter.api.Test;

/** What a trigger's settings, or a channel's, keep from happening. */
class SandboxAndSkipDelayTest {
  private static final String HOUR = "{'unit': 'hours', 'value': 1}";

  private final GuideEngine scene = GuideEngine.open().user("elmo");

  private TriggerId trigger(String settings) {
    return scene.trigger("flow", "{'recipients': ['elmo'], 'settings': {" + settings + "}}");
  }

  @Test
  void sandbox_mode_makes_and_renders_messages_and_calls_no_provider() {
    scene.workflow("flow", mail("rendered for {{recipient.id}}"));
    trigger("'sandbox_mode': true");
    scene.pass("PT1H");
    assertThat(scene.engine.email().offers()).isEmpty();
    var message = scene.messages().getFirst();
    assertThat(message.status()).isEqualTo(DeliveryStatus.NOT_SENT);
    assertThat(
            scene
                .engine
                .ports()
                .messages()
                .content(InProcessEngine.ENVIRONMENT, message.id())
                .map(MessageContent::content)
                .map(ContentCodec::write)
                .orElseThrow()
                .text("subject_line"))
        .contains("rendered for elmo");
  }

  @Test
  void an_item_in_the_feed_knows_no_sandbox() {
    scene.workflow("flow", feed("x"));
    trigger("'sandbox_mode': true");
    assertThat(scene.messages().getFirst().status()).isEqualTo(DeliveryStatus.DELIVERED);
  }

  @Test
  void a_channel_may_be_a_sandbox_by_itself() {
    var channels = scene.engine.ports().channels();
    Channel email = channels.find(InProcessEngine.ENVIRONMENT, "email").orElseThrow();
    channels.put(
        InProcessEngine.ENVIRONMENT,
        new Channel(
            email.id(),
            email.key(),
            email.name(),
            email.type(),
            email.provider(),
            email.settings().with("sandbox_mode", Json.TRUE),
            email.createdAt(),
            email.updatedAt()));
    scene.workflow("flow", mail("x"));
    trigger("");
    assertThat(scene.engine.email().offers()).isEmpty();
    assertThat(scene.messages().getFirst().status()).isEqualTo(DeliveryStatus.NOT_SENT);
  }

  @Test
  void skip_delay_skips_every_delay() {
    scene.workflow(
        "flow",
        step("delay", "d1", "'delay_for': " + HOUR),
        mail("m1", "one"),
        step("delay", "d2", "'delay_until_field_path': 'data.missing'"),
        mail("m2", "two"));
    var run = scene.run(trigger("'skip_delay': true"), "elmo");
    assertThat(scene.mails()).containsExactly("elmo: one", "elmo: two");
    assertThat(run.log().getFirst().data().text("reason")).contains("skip_delay");
    assertThat(run.errors()).isZero();
  }

  @Test
  void it_skips_neither_batches_nor_throttles_nor_waits_for_events() {
    scene.workflow("flow", step("batch", "'batch_window': " + HOUR), mail("batched"));
    trigger("'skip_delay': true");
    assertThat(scene.mails()).isEmpty();
    scene.pass("PT1H");
    assertThat(scene.mails()).containsExactly("elmo: batched");
    scene.workflow("flow", step("throttle", "'throttle_window': " + HOUR), mail("throttled"));
    trigger("'skip_delay': true");
    trigger("'skip_delay': true");
    assertThat(scene.mails()).containsExactly("elmo: batched", "elmo: throttled");
    scene.workflow(
        "flow",
        step(
            "wait_for_event",
            "wait",
            """
            'event': {'event_type': 'recipient', 'event_key': 'updated'}, 'on_timeout': 'continue'\
            """),
        mail("waited"));
    trigger("'skip_delay': true");
    assertThat(scene.mails()).hasSize(2);
  }

  @Test
  void without_it_delays_last() {
    scene.workflow("flow", step("delay", "'delay_for': " + HOUR), mail("x"));
    var trigger = trigger("");
    assertThat(said(scene.run(trigger, "elmo"), "delay_started").text("until"))
        .contains("2026-01-05T10:00:00Z");
    assertThat(scene.mails()).isEmpty();
  }
}
