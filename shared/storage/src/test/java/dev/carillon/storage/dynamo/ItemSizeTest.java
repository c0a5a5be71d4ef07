package dev.carillon.storage.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.batch.Activity;
import dev.carillon.batch.BatchId;
import dev.carillon.batch.Batches;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Retention;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.message.Attempt;
import dev.carillon.message.Content;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.MessageOrigin;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.run.RunEvent;
import dev.carillon.run.RunOrigin;
import dev.carillon.run.RunState;
import dev.carillon.run.StepOutcome;
import dev.carillon.storage.dynamo.message.DynamoMessages;
import dev.carillon.storage.dynamo.message.MessageKeys;
import dev.carillon.storage.dynamo.outgoing.DynamoWebhookDeliveries;
import dev.carillon.storage.dynamo.outgoing.OutgoingKeys;
import dev.carillon.storage.dynamo.run.DynamoRuns;
import dev.carillon.storage.dynamo.run.RunKeys;
import dev.carillon.storage.dynamo.waiting.DynamoBatches;
import dev.carillon.storage.dynamo.waiting.WaitingKeys;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TraceContext;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.webhook.WebhookAnswer;
import dev.carillon.webhook.WebhookDelivery;
import dev.carillon.webhook.WebhookEvent;
import dev.carillon.webhook.WebhookEventType;
import dev.carillon.webhook.WebhookSubject;
import dev.carillon.webhook.WebhookTrace;
import dev.carillon.webhook.WebhookTry;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A write costs one unit for each 1,024 bytes of the item: what changes must stay below that. */
class ItemSizeTest {
  private static final int UNIT = 1_024;
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00.123Z");
  private static final EnvironmentId ENVIRONMENT =
      new EnvironmentId("production-" + UUID.randomUUID());
  private static final RecipientId RECIPIENT =
      RecipientId.user("0b6f0f4e-2f0c-4e0e-a7d4-6a1d8f3c2b11");
  private static final TriggerId TRIGGER = TriggerId.of(NOW, "call");
  private static final RunId RUN = RunId.of(TRIGGER, RECIPIENT);
  private static final StepRef STEP = new StepRef("email_1");
  private static final ChannelId CHANNEL =
      new ChannelId(UUID.fromString("9d3ec5fc-2f5a-4d7f-8a52-08e3f6c6c1d7"));
  private static final WorkflowKey WORKFLOW = new WorkflowKey("order-shipped");
  private static final VersionId VERSION =
      new VersionId(UUID.fromString("5e0cbf1a-7b0e-8a00-9f00-0123456789ab"));
  private static final MessageId MESSAGE = MessageId.of(NOW, RUN, STEP, CHANNEL);

  private static final TraceContext TRACE =
      new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", true);

  private final DynamoTable table = LocalTable.table(InstantSource.fixed(NOW));

  @Test
  void a_run_of_one_step_takes_one_unit() {
    Run run =
        new Run(
                new RunOrigin(
                    ENVIRONMENT,
                    RUN,
                    TRIGGER,
                    WORKFLOW,
                    VERSION,
                    RECIPIENT,
                    Optional.of(RecipientId.user("7f1ad7d2-7a44-4f0b-9a3c-2f0c1c9be001")),
                    Optional.of(new TenantId("acme-incorporated")),
                    Optional.of("order-4711"),
                    NOW),
                new Run.State.Completed(),
                NOW)
            .logged(entry("run_started", Json.Obj.EMPTY))
            .logged(entry("step_started", Json.Obj.EMPTY))
            .logged(
                entry(
                    "conditions_evaluated",
                    Json.object()
                        .with("variable", "recipient.plan")
                        .with("operator", "equal_to")
                        .with("argument", "pro")
                        .with("value", "pro")
                        .with("result", Json.TRUE)))
            .logged(entry("message_enqueued", Json.object().with("message_id", MESSAGE.value())))
            .logged(entry("run_completed", Json.Obj.EMPTY))
            .with(STEP, new StepOutcome.Sent(List.of(MESSAGE)))
            .carrying(
                RunState.NOTHING.from(
                    new Trigger.Source.Api(Optional.empty(), Optional.of(TRACE))));
    var runs = new DynamoRuns(table, Retention.days(30));
    assertThat(runs.save(run)).isTrue();
    assertThat(size(RunKeys.run(ENVIRONMENT, RUN))).isLessThan(UNIT);
  }

  private static LogEntry entry(String event, Json.Obj data) {
    return new LogEntry(NOW, RunEvent.named(event), true, Optional.of(STEP), "channel", 1, data);
  }

  @Test
  void an_email_with_what_it_says_takes_one_unit_from_queued_to_delivered() {
    var messages = new DynamoMessages(table, Retention.days(30));
    Message message =
        traced(message(ChannelType.EMAIL, Json.Obj.EMPTY)).noted("queued", Json.Obj.EMPTY, NOW);
    String page = noise(15_000);
    Json.Obj data = Json.object().with("code", "482913").with("url", "https://acme.example/reset");
    String words = "<p>Hello Ada Lovelace</p> 482913 <a href=\"https://acme.example/reset\">";
    var content = new MessageContent(mail(words + page), data);
    messages.create(message, content, Optional.of(mail("<p>Hello </p><a href=\"\">" + page)));
    assertThat(table.get(MessageKeys.content(ENVIRONMENT, MESSAGE))).isEmpty();
    assertThat(size(MessageKeys.message(ENVIRONMENT, MESSAGE))).isLessThan(UNIT);
    var claimed = new Attempt(1, NOW, new Attempt.Result.Claimed(NOW.plusSeconds(60)), 0);
    Message claim = message.stored().with(claimed, NOW);
    messages.save(claim);
    assertThat(size(MessageKeys.message(ENVIRONMENT, MESSAGE))).isLessThan(UNIT);
    String external = "0107018d2b3c4d5e-0b6f0f4e-2f0c-4e0e-a7d4-6a1d8f3c2b11-000000";
    var accepted =
        new Attempt.Result.Accepted(
            new Attempt.Answer(200, "{\"MessageId\":\"" + external + "\"}"));
    Message sent =
        claim
            .stored()
            .with(claimed.ended(accepted, 87), NOW)
            .known(external)
            .become(DeliveryStatus.SENT, Json.Obj.EMPTY, NOW)
            .become(DeliveryStatus.DELIVERED, Json.Obj.EMPTY, NOW.plusSeconds(4));
    messages.save(sent);
    assertThat(messages.content(ENVIRONMENT, MESSAGE).equals(Optional.of(content))).isTrue();
    assertThat(size(MessageKeys.message(ENVIRONMENT, MESSAGE))).isLessThan(UNIT);
    assertThat(messages.find(ENVIRONMENT, MESSAGE)).contains(sent.stored());
  }

  @Test
  void a_feed_item_with_flat_data_takes_one_unit() {
    var environment = new EnvironmentId("other-" + UUID.randomUUID());
    Message item =
        message(
            ChannelType.IN_APP_FEED,
            Json.object()
                .with("project_id", "4711")
                .with("project_name", "Apollo")
                .with("comment", "Looks good to me, ship it"));
    Message elsewhere = in(environment, traced(item));
    new DynamoMessages(table, Retention.days(30)).create(elsewhere, MessageContent.NOTHING);
    assertThat(size(MessageKeys.message(environment, MESSAGE))).isLessThan(UNIT);
  }

  @Test
  void a_mail_that_is_like_its_template_takes_one_unit_whatever_its_size() {
    String page = noise(15_000);
    var environment = new EnvironmentId("mails-" + UUID.randomUUID());
    Message message = in(environment, message(ChannelType.EMAIL, Json.Obj.EMPTY));
    var content = new MessageContent(mail("<p>Hello Ada Lovelace</p>" + page), Json.Obj.EMPTY);
    new DynamoMessages(table, Retention.days(30))
        .create(message, content, Optional.of(mail("<p>Hello </p>" + page)));
    assertThat(size(MessageKeys.message(environment, MESSAGE))).isLessThan(UNIT);
    // An instance that did not make it finds what it is like.
    Optional<MessageContent> found =
        new DynamoMessages(table, Retention.days(30)).content(environment, MESSAGE);
    assertThat(found.equals(Optional.of(content))).isTrue();
  }

  @Test
  void what_a_mail_says_lies_apart_when_both_would_be_more_than_a_unit() {
    var environment = new EnvironmentId("long-" + UUID.randomUUID());
    Message message = in(environment, message(ChannelType.EMAIL, Json.Obj.EMPTY));
    var content = new MessageContent(mail(noise(700)), Json.Obj.EMPTY);
    var messages = new DynamoMessages(table, Retention.days(30));
    messages.create(message, content);
    assertThat(size(MessageKeys.message(environment, MESSAGE))).isLessThan(UNIT / 2);
    assertThat(messages.content(environment, MESSAGE).equals(Optional.of(content))).isTrue();
    assertThat(
            messages
                .glimpse(environment, MESSAGE)
                .orElseThrow()
                .content()
                .equals(Optional.of(content)))
        .isTrue();
    assertThat(
            messages
                .withContents(environment, List.of(MESSAGE))
                .get(MESSAGE)
                .content()
                .equals(Optional.of(content)))
        .isTrue();
    messages.delete(environment, MESSAGE);
    assertThat(table.get(MessageKeys.content(environment, MESSAGE))).isEmpty();
  }

  @Test
  void an_event_for_an_endpoint_takes_one_unit_from_told_to_taken() {
    var run = RUN.toString();
    Json.Obj shown =
        Json.object()
            .with("__typename", "Message")
            .with("__cursor", Json.NULL)
            .with("id", MESSAGE.value())
            .with("channel_id", CHANNEL.toString())
            .with(
                "channel",
                Json.object()
                    .with("id", CHANNEL.toString())
                    .with("key", "email")
                    .with("name", "Email")
                    .with("provider", "email_aws_ses")
                    .with("type", "email"))
            .with("recipient", RECIPIENT.id())
            .with("actors", Json.texts(List.of("7f1ad7d2-7a44-4f0b-9a3c-2f0c1c9be001")))
            .with("tenant", "acme-incorporated")
            .with("status", "sent")
            .with("engagement_statuses", Json.array(List.of()))
            .with(
                "source",
                Json.object()
                    .with("__typename", "Workflow")
                    .with("key", WORKFLOW.value())
                    .with("version_id", VERSION.toString())
                    .with("step_ref", STEP.value())
                    .with("categories", Json.texts(List.of("orders"))))
            .with("workflow", WORKFLOW.value())
            .with("workflow_run_id", TRIGGER.toString())
            .with("workflow_recipient_run_id", run)
            .with("data", Json.object().with("code", "482913").with("name", "Ada Lovelace"))
            .with("inserted_at", NOW.toString())
            .with("updated_at", NOW.toString());
    var event =
        new WebhookEvent(
            ENVIRONMENT,
            WebhookEvent.id(NOW, Digest.of("event")),
            WebhookEventType.MESSAGE_SENT,
            NOW,
            new WebhookSubject(
                Optional.of(WORKFLOW),
                Optional.of(CHANNEL),
                Optional.of(new TenantId("acme-incorporated"))),
            shown,
            Optional.empty(),
            Optional.of(
                new WebhookTrace(TraceContext.of(TRIGGER), Optional.of("00f067aa0ba902b7"))));
    var deliveries = new DynamoWebhookDeliveries(table, Retention.days(30));
    var endpoint = new WebhookEndpointId(new UUID(7, 1));
    var told = WebhookDelivery.of(event, endpoint, NOW);
    Key key = OutgoingKeys.webhookDelivery(ENVIRONMENT, endpoint, event.id());
    assertThat(deliveries.create(told)).isTrue();
    assertThat(size(key)).isLessThan(UNIT);
    var taken =
        told.stored()
            .after(
                new WebhookTry(
                    "https://hooks.acme.example/carillon",
                    NOW,
                    new WebhookAnswer.Status(200, "{\"ok\": true}", Optional.empty()),
                    87),
                NOW);
    assertThat(deliveries.save(taken)).isTrue();
    assertThat(size(key)).isLessThan(UNIT);
  }

  private static Message traced(Message message) {
    return message.noted(
        "created", Message.madeAs(false, false, Optional.empty(), Optional.of(TRACE)), NOW);
  }

  private static String noise(int length) {
    return new Random(3)
        .ints(length, ' ', '~')
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static Message in(EnvironmentId environment, Message item) {
    return new Message(
        new MessageOrigin(
            environment,
            item.id(),
            item.channel(),
            item.channelType(),
            item.recipient(),
            item.actors(),
            item.tenant(),
            item.source(),
            item.snapshot(),
            item.flatData(),
            NOW),
        item.status(),
        item.engagement(),
        item.attempts(),
        item.events(),
        item.externalId(),
        Optional.empty(),
        0,
        NOW);
  }

  private static Content mail(String html) {
    var envelope =
        new Content.Envelope(Optional.empty(), List.of(), List.of(), List.of(), List.of());
    return new Content.Email(envelope, "x", html, "", Map.of(), List.of(), Json.Obj.EMPTY);
  }

  @Test
  void each_item_of_a_batch_takes_one_unit() {
    var batches = new DynamoBatches(table, Retention.days(30));
    var batch = BatchId.latest(RECIPIENT, WORKFLOW, STEP, Optional.of("project-4711"));
    var activity =
        new Activity(
            Ksuid.of(NOW, Digest.of("activity")),
            RUN,
            TRIGGER,
            RECIPIENT,
            Optional.of(RecipientId.user("7f1ad7d2-7a44-4f0b-9a3c-2f0c1c9be001")),
            NOW,
            true,
            Json.object()
                .with("project_id", "4711")
                .with("project_name", "Apollo")
                .with("comment", "Looks good to me, ship it. ".repeat(9)));
    var terms =
        new Batches.Terms(
            NOW.plusSeconds(3_600),
            Optional.of(Duration.ofHours(1)),
            Optional.empty(),
            Integer.MAX_VALUE,
            false);
    batches.join(ENVIRONMENT, batch, activity, terms, NOW);
    String partition = WaitingKeys.batch(ENVIRONMENT, batch);
    List<Item> items = table.all(Range.between(partition, Range.LOWEST, Range.HIGHEST));
    assertThat(items).hasSize(3).allMatch(item -> size(item.key()) < UNIT);
  }

  private static Message message(ChannelType type, Json.Obj flatData) {
    return new Message(
        new MessageOrigin(
            ENVIRONMENT,
            MESSAGE,
            CHANNEL,
            type,
            RECIPIENT,
            List.of(RecipientId.user("7f1ad7d2-7a44-4f0b-9a3c-2f0c1c9be001")),
            Optional.of(new TenantId("acme-incorporated")),
            new Message.Source(WORKFLOW, VERSION, List.of("orders"), STEP, TRIGGER, RUN),
            Json.object().with("email", "ada.lovelace@example.com").with("name", "Ada Lovelace"),
            flatData,
            NOW),
        DeliveryStatus.QUEUED);
  }

  private int size(Key key) {
    return table.get(key).orElseThrow().size();
  }
}
