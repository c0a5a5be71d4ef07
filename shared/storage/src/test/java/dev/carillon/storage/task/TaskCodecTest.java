package dev.carillon.storage.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.audience.Audiences.Member;
import dev.carillon.bulk.BulkOperationId;
import dev.carillon.change.ChangeId;
import dev.carillon.channel.ChannelId;
import dev.carillon.content.CommitId;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.socket.ConnectionId;
import dev.carillon.socket.WatchedFeed;
import dev.carillon.task.BroadcastTask;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.ErasedPart;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.StepsTask;
import dev.carillon.task.Task;
import dev.carillon.task.WakeTask;
import dev.carillon.task.WebhooksTask;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

public class TaskCodecTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final EnvironmentId ENVIRONMENT = new EnvironmentId("production");
  private static final TriggerId TRIGGER = TriggerId.of(NOW, "call");
  private static final RecipientId OBJECT = new RecipientId("projects", "ü \uFFFF 🎉 \" \u0000");
  private static final Optional<TenantId> TENANT = Optional.of(new TenantId("acme \uFFFE"));
  private static final MessageId MESSAGE =
      MessageId.of(NOW, RunId.of(TRIGGER, OBJECT), new StepRef("s"), new ChannelId(new UUID(1, 2)));

  private static final WatchedFeed FEED =
      new WatchedFeed(ENVIRONMENT, new ChannelId(new UUID(1, 2)), "ü \uFFFF 🎉");

  public static final List<Task> TASKS =
      List.of(
          new FanoutTask.Start(ENVIRONMENT, TRIGGER, TENANT, 300),
          new FanoutTask.Start(ENVIRONMENT, TRIGGER, Optional.empty(), 0),
          new FanoutTask.Start(
              ENVIRONMENT,
              TRIGGER,
              TENANT,
              3,
              Optional.of(
                  new FanoutTask.Place(
                      FanoutTask.Piece.WHOLE, 0, Optional.empty(), false, Optional.empty()))),
          new FanoutTask.Start(
              ENVIRONMENT,
              TRIGGER,
              Optional.empty(),
              999,
              Optional.of(
                  new FanoutTask.Place(
                      FanoutTask.Piece.WHOLE,
                      12_345,
                      Optional.of("2SUB#$users#ü"),
                      true,
                      Optional.of(new FanoutTask.Member(99, FanoutTask.Piece.WHOLE, 7))))),
          new FanoutTask.Start(
              ENVIRONMENT,
              TRIGGER,
              TENANT,
              1,
              Optional.of(
                  new FanoutTask.Place(
                      new FanoutTask.Piece(3, 16),
                      7,
                      Optional.of("2SUB#$users#ü\nSUB$"),
                      false,
                      Optional.empty()))),
          new FanoutTask.Start(
              ENVIRONMENT,
              TRIGGER,
              TENANT,
              1,
              Optional.of(
                  new FanoutTask.Place(
                      FanoutTask.Piece.WHOLE,
                      7,
                      Optional.empty(),
                      true,
                      Optional.of(new FanoutTask.Member(0, new FanoutTask.Piece(16, 16), 9))))),
          new FanoutTask.Cancel(ENVIRONMENT, TRIGGER, Optional.of(OBJECT), Optional.of("3abc")),
          new FanoutTask.Cancel(ENVIRONMENT, TRIGGER, Optional.empty(), Optional.empty()),
          new FanoutTask.CancelUnder(
              ENVIRONMENT,
              new WorkflowKey("new-comment"),
              "comment #1 \"ü\"",
              Optional.of(OBJECT),
              Optional.of("WAITS#a")),
          new FanoutTask.CancelUnder(
              ENVIRONMENT, new WorkflowKey("new-comment"), "c", Optional.empty(), Optional.empty()),
          new BroadcastTask.Announce(FEED, NOW.plusNanos(1_000), MESSAGE),
          new BroadcastTask.Greet(FEED, new ConnectionId("L0SM9cOFvHcCIhw=")),
          new StepsTask.Advance(
              ENVIRONMENT,
              TRIGGER,
              OBJECT,
              TENANT,
              Optional.empty(),
              Optional.of(new StepsTask.Wake("w#1", 4, 29_460_000))),
          new StepsTask.Advance(
              ENVIRONMENT,
              TRIGGER,
              RecipientId.user("u"),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()),
          new DeliveryTask.Deliver(
              ENVIRONMENT,
              MESSAGE,
              TENANT,
              8,
              Optional.of(new DeliveryTask.Cancellable(TRIGGER, OBJECT)),
              OptionalLong.empty(),
              Optional.of(new DeliveryTask.Slot(1_767_603_660, Optional.empty()))),
          new DeliveryTask.Deliver(
              ENVIRONMENT,
              MESSAGE,
              TENANT,
              2,
              Optional.empty(),
              OptionalLong.empty(),
              Optional.of(
                  new DeliveryTask.Slot(
                      1_767_603_660, Optional.of(new ChannelId(new UUID(1, 2)))))),
          new DeliveryTask.Poll(ENVIRONMENT, MESSAGE, TENANT, 10),
          new DeliveryTask.Deliver(
              ENVIRONMENT, MESSAGE, Optional.empty(), 1, Optional.empty(), OptionalLong.empty()),
          new FanoutTask.Erase(
              ENVIRONMENT, OBJECT, NOW.plusNanos(7), ErasedPart.FEEDS, Optional.of("a b")),
          new FanoutTask.Erase(ENVIRONMENT, OBJECT, NOW, ErasedPart.SUBSCRIBERS, Optional.empty()),
          new FanoutTask.Bulk(ENVIRONMENT, new BulkOperationId(new UUID(3, 4)), 950),
          new WebhooksTask.Stream(ENVIRONMENT, new WebhooksTask.Subject.OfMessage(MESSAGE, 3), NOW),
          new WebhooksTask.Offer(
              ENVIRONMENT,
              new WebhookEndpointId(new UUID(7, 1)),
              new WebhooksTask.Subject.OfEmail(MESSAGE, 4),
              NOW),
          new WebhooksTask.Offer(
              ENVIRONMENT,
              new WebhookEndpointId(new UUID(7, 1)),
              new WebhooksTask.Subject.OfCommit(new CommitId(new UUID(7, 2))),
              NOW),
          new WebhooksTask.Offer(
              ENVIRONMENT,
              new WebhookEndpointId(new UUID(7, 1)),
              new WebhooksTask.Subject.OfSave(
                  new ContentId(ContentType.TRANSLATION, "de-CH/admin//acme"),
                  new VersionId(new UUID(7, 3)),
                  new ChangeId(new UUID(7, 4))),
              NOW),
          new WebhooksTask.Offer(
              ENVIRONMENT,
              new WebhookEndpointId(new UUID(7, 1)),
              new WebhooksTask.Subject.OfSourceAction("shop", 3, NOW.plusNanos(5)),
              NOW),
          new WebhooksTask.Offer(
              ENVIRONMENT,
              new WebhookEndpointId(new UUID(7, 1)),
              new WebhooksTask.Subject.OfActionCommit(new CommitId(new UUID(7, 2)), "shop", 3),
              NOW),
          new WebhooksTask.TraceCall(
              ENVIRONMENT, new WebhookEndpointId(new UUID(7, 1)), "evt_1", NOW.plusNanos(7)),
          new WebhooksTask.Trace(
              ENVIRONMENT,
              new WebhooksTask.Subject.OfRun(
                  new TriggerId(new UUID(7, 5)),
                  RecipientId.user("ada"),
                  WebhooksTask.RunChange.COMPLETED),
              NOW),
          new FanoutTask.OfSource(ENVIRONMENT, "shop", "sev_2NZ2nQv2pFq9Gd1v8o1Xr3kQm7T"),
          new FanoutTask.FromBus(
              ENVIRONMENT, "shop", Json.object().with("detail", Json.object().with("ü", "🎉"))),
          new FanoutTask.Settle(ENVIRONMENT, RecipientId.user("ü"), "req 1"),
          new FanoutTask.SettleAll(
              ENVIRONMENT, "c", NOW, Set.of("pro"), Set.of(), Optional.empty()),
          new FanoutTask.SettleAll(
              ENVIRONMENT, "c", NOW, Set.of("pro", "ü"), Set.of("ü"), Optional.of("3R#a")),
          new FanoutTask.Entered(
              ENVIRONMENT, "pro", new Member(RecipientId.user("a"), Optional.empty()), NOW),
          new FanoutTask.Entered(
              ENVIRONMENT,
              "pro",
              new Member(RecipientId.user("a"), Optional.of(new TenantId("acme"))),
              NOW),
          new FanoutTask.MarkAll(ENVIRONMENT, new BulkOperationId(new UUID(3, 4))),
          new FanoutTask.SendOut(ENVIRONMENT, "new-year", 2, 29_460_061),
          new FanoutTask.ReachMembers(
              ENVIRONMENT,
              "new-year",
              2,
              new FanoutTask.AudiencePlace(15, 70_000, Optional.of("0a#b\n"), 7_000_000_000L),
              16),
          new FanoutTask.ReachMembers(
              ENVIRONMENT, "new-year", 2, FanoutTask.AudiencePlace.first(0), 16),
          new WakeTask.Drain(29_460_000, Optional.empty()),
          new WakeTask.Drain(29_460_000, Optional.of(new WakeTask.Part(0, Optional.empty()))),
          new WakeTask.Drain(29_460_000, Optional.of(new WakeTask.Part(15, Optional.of("a#b")))),
          new WakeTask.Sweep());

  @Test
  void every_task_reads_as_it_was_written_and_its_body_is_ascii() {
    for (Task task : TASKS) {
      String body = TaskCodec.body(task);
      assertThat(body).matches("[\\x20-\\x7E]+");
      assertThat(TaskCodec.parse(body)).isEqualTo(task);
    }
  }

  @Test
  void the_wire_form_bears_its_version() {
    assertThat(TaskCodec.body(new WakeTask.Drain(5, Optional.empty())))
        .isEqualTo("{\"type\":\"drain.v1\",\"minute\":5}");
    assertThat(TaskCodec.body(new WakeTask.Sweep())).isEqualTo("{\"type\":\"sweep.v1\"}");
    assertThat(
            TASKS.stream()
                .map(TaskCodec::body)
                .map(body -> body.substring("{\"type\":\"".length(), body.indexOf("\"", 9)))
                .distinct())
        .containsExactly(
            "fanout.v1",
            "fanout.v2",
            "fanout.v3",
            "cancel.v1",
            "cancel-under.v1",
            "announce.v1",
            "greet.v1",
            "advance.v1",
            "deliver.v1",
            "poll.v1",
            "erase.v1",
            "bulk.v1",
            "stream.v1",
            "hook.v1",
            "hooktrace.v1",
            "trace.v1",
            "source-event.v1",
            "bus-event.v1",
            "settle.v1",
            "settle-all.v1",
            "entered.v1",
            "mark.v1",
            "send-out.v1",
            "reach-members.v1",
            "drain.v1",
            "sweep.v1");
  }

  @Test
  void a_fan_out_that_was_enqueued_before_there_were_places_still_reads() {
    assertThat(
            TaskCodec.parse(
                "{\"type\":\"fanout.v1\",\"environment\":\"production\",\"trigger\":\""
                    + TRIGGER
                    + "\",\"from\":300}"))
        .isEqualTo(new FanoutTask.Start(ENVIRONMENT, TRIGGER, Optional.empty(), 300));
  }

  @Test
  void what_is_no_task_is_refused_without_quoting_it() {
    for (String body :
        List.of(
            "",
            "secret",
            "[]",
            "{}",
            "{\"type\":\"secret.v9\"}",
            "{\"type\":\"drain.v1\"}",
            "{\"type\":\"drain.v1\",\"minute\":\"secret\"}",
            "{\"type\":\"drain.v1\",\"minute\":1.5}",
            "{\"type\":\"fanout.v1\",\"environment\":\"secret#\",\"trigger\":\"x\",\"from\":1}",
            "{\"type\":\"deliver.v1\",\"environment\":\"e\",\"message\":\"secret\"}")) {
      assertThatThrownBy(() -> TaskCodec.parse(body))
          .isInstanceOf(UnreadableTask.class)
          .hasMessageNotContaining("secret");
    }
  }
}
