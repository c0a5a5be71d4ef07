package dev.carillon.functions.engage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.Listener;
import dev.carillon.json.Json;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.events.EventPayloads;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.MessageOrigin;
import dev.carillon.recipient.RecipientId;
import dev.carillon.task.StepsTask;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.EventSources;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plays each payload in {@code events} that is for this function through its handler. */
class EventsTest {
  private static final String EXPECTED =
      """
      queue-engage-by-machine, created machine_link_clicked, 1, ''
      queue-engage-click, created link_clicked, 1, ''
      queue-engage-open, created read, 1, ''
      queue-engage-poison, created, 0, '{"itemIdentifier":"059f36b4-87a3-44ab-83d2-661975710000"}'
      queue-engage-unknown-message, created, 0, ''
      """;

  private static final EnvironmentId LOCAL = new EnvironmentId("local");
  private static final MessageId ID = new MessageId("37pcsdaWZgZounTGP8TSxTMWo8w");
  private static final TriggerId TRIGGER = TriggerId.parse("019b8d63-64e0-8150-ba86-84e244628d50");
  private static final RecipientId ELLIE = RecipientId.user("ellie");
  private static final Instant START = Instant.parse("2026-01-05T09:01:00Z");

  private final InMemoryPorts ports = InMemoryPorts.at(new MutableClock(START));

  EventsTest() {
    ports.messages().create(message(), MessageContent.NOTHING);
  }

  @ParameterizedTest
  @CsvSource(textBlock = EXPECTED)
  void does_as_expected(String event, String timeline, int kept, String failures)
      throws IOException {
    assertThat(play(event)).isEqualTo(EventPayloads.batchAnswer(failures));
    assertThat(timeline()).isEqualTo(timeline);
    assertThat(ports.trackingEvents().ofMessage(LOCAL, ID)).hasSize(kept);
  }

  @Test
  void no_payload_is_left_out() throws IOException {
    EventPayloads.assertNoneLeftOut("queue-engage", EXPECTED);
  }

  @Test
  void what_arrives_twice_is_recorded_once_and_told_again_under_the_same_id() throws IOException {
    var source = EventSources.message("new-comment", "link_clicked");
    ports
        .listeners()
        .add(
            LOCAL,
            new Listener(
                ELLIE, source, TRIGGER, Optional.empty(), "wait", 1, 0, START.plusSeconds(3_600)));
    play("queue-engage-click");
    play("queue-engage-click");
    assertThat(timeline()).isEqualTo("created link_clicked");
    assertThat(ports.trackingEvents().ofMessage(LOCAL, ID)).hasSize(1);
    assertThat(
            ports.tasks().queued().stream()
                .map(task -> ((StepsTask.Match) task).event())
                .distinct())
        .hasSize(1);
  }

  @Test
  void a_click_moves_no_delivery_status() throws IOException {
    play("queue-engage-click");
    assertThat(ports.messages().find(LOCAL, ID).orElseThrow().status())
        .isEqualTo(DeliveryStatus.SENT);
  }

  private String play(String event) throws IOException {
    return EventPayloads.play(
        event, (in, out) -> new EngageHandler(ports).handleRequest(in, out, null));
  }

  private String timeline() {
    return String.join(
        " ",
        ports.messages().find(LOCAL, ID).orElseThrow().events().stream()
            .map(Message.Event::type)
            .toList());
  }

  private static Message message() {
    return new Message(
            new MessageOrigin(
                LOCAL,
                ID,
                new ChannelId(UUID.fromString("11111111-2222-8333-8444-555555555555")),
                ChannelType.EMAIL,
                ELLIE,
                List.of(),
                Optional.empty(),
                new Message.Source(
                    new WorkflowKey("new-comment"),
                    new VersionId(UUID.fromString("5e0cbf1a-7b0e-8a00-9f00-0123456789ab")),
                    List.of(),
                    new StepRef("email"),
                    TRIGGER,
                    RunId.of(TRIGGER, ELLIE)),
                Json.Obj.EMPTY,
                Json.Obj.EMPTY,
                START),
            DeliveryStatus.SENT)
        .noted("created", Message.madeAs(true, true, Optional.empty(), Optional.empty()), START);
  }
}
