package dev.carillon.functions.api;

import dev.carillon.access.ApiKey;
import dev.carillon.batch.Activity;
import dev.carillon.batch.BatchId;
import dev.carillon.batch.Batches;
import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.Event;
import dev.carillon.event.Listener;
import dev.carillon.event.PublishEvents;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.message.InMemoryMessages;
import dev.carillon.memory.recipient.InMemoryRecipients;
import dev.carillon.message.Attempt;
import dev.carillon.message.Content;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.FlatData;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.MessageOrigin;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.run.RunEvent;
import dev.carillon.run.RunOrigin;
import dev.carillon.run.StepOutcome;
import dev.carillon.run.Wait;
import dev.carillon.runtime.Ports;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.task.StepsTask;
import dev.carillon.time.RepeatRule;
import dev.carillon.time.RepeatRule.Frequency;
import dev.carillon.timer.Minutes;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.webhook.EndpointHealth;
import dev.carillon.webhook.WebhookAnswer;
import dev.carillon.webhook.WebhookDelivery;
import dev.carillon.webhook.WebhookEndpoint;
import dev.carillon.webhook.WebhookEvent;
import dev.carillon.webhook.WebhookEventType;
import dev.carillon.webhook.WebhookFilter;
import dev.carillon.webhook.WebhookSubject;
import dev.carillon.webhook.WebhookTry;
import dev.carillon.webhook.signature.WebhookSecrets;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.WorkflowReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A park with one user who was told of one comment on three channels, and the handler over it. All
 * ids are the same each time, so that the payloads in {@code events} can name them.
 */
public final class ApiFixture {
  public static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
  public static final EnvironmentId DEVELOPMENT = new EnvironmentId("development");
  public static final EnvironmentId ELSEWHERE = new EnvironmentId("production");
  public static final RecipientId HAMMOND = RecipientId.user("jhammond");
  public static final RecipientId NEDRY = RecipientId.user("dnedry");
  public static final TriggerId TRIGGER = TriggerId.of(START, "the first trigger");
  public static final RunId RUN = RunId.of(TRIGGER, HAMMOND);
  public static final TriggerId DELAYED = TriggerId.of(START, "the second trigger");
  public static final TriggerId COLLECTING = TriggerId.of(START, "the third trigger");
  public static final BatchId BATCH = new BatchId("ab".repeat(32));
  public static final Channel EMAIL =
      channel("8f14e45f-ceea-467f-a0e6-000000000001", "email", ChannelType.EMAIL, "email_aws_ses");
  public static final Channel FEED =
      channel(
          "8f14e45f-ceea-467f-a0e6-000000000002",
          "feed",
          ChannelType.IN_APP_FEED,
          "in_app_feed_carillon");
  public static final Channel WEBHOOK =
      channel(
          "8f14e45f-ceea-467f-a0e6-000000000003",
          "webhook",
          ChannelType.HTTP,
          "http_carillon_webhook");
  public static final WebhookEndpointId HOOK =
      WebhookEndpointId.parse("5e0b1c9a-3f7d-4b52-8f7e-000000000001");
  public static final MessageId FEED_MESSAGE = id(FEED, "feed_1");
  public static final MessageId EMAIL_MESSAGE = id(EMAIL, "email_1");
  public static final MessageId WEBHOOK_MESSAGE = id(WEBHOOK, "webhook_1");
  public static final WorkflowKey NEW_COMMENT = new WorkflowKey("new-comment");
  private static final String WORKFLOW =
      """
      {"name": "New comment", "categories": ["comments"], "steps": [
        {"type": "channel", "ref": "feed_1", "channel_key": "feed", "channel_type": "in_app_feed",
         "template": {"markdown_body": "{{comment}}"}}]}
      """;
  public static final Json.Obj DATA =
      Json.object()
          .with("page_name", "O'Brien & \"Söhne\"")
          .with("comment", Json.object().with("id", Json.of(7)));

  public final MutableClock clock = new MutableClock(START.plusSeconds(60));
  public final InMemoryPorts ports = InMemoryPorts.at(clock);
  public final InMemoryRecipients recipients = ports.recipients();
  public final InMemoryMessages messages = ports.messages();
  private final ApiHandler handler = new ApiHandler(ports);
  private final AtomicInteger requests = new AtomicInteger();

  public ApiFixture() {
    ports.apiKeys().put(Digest.hex("sk_local"), new ApiKey(DEVELOPMENT, ApiKey.Kind.SECRET, false));
    ports.apiKeys().put(Digest.hex("pk_local"), new ApiKey(DEVELOPMENT, ApiKey.Kind.PUBLIC, false));
    ports
        .apiKeys()
        .put(Digest.hex("sk_elsewhere"), new ApiKey(ELSEWHERE, ApiKey.Kind.SECRET, false));
    for (var channel : List.of(EMAIL, FEED, WEBHOOK)) {
      ports.channels().put(DEVELOPMENT, channel);
      ports.channels().put(ELSEWHERE, channel);
    }
    identify(HAMMOND, Json.object().with("name", "John Hammond").with("email", "john@ingen.net"));
    identify(NEDRY, Json.object().with("name", "Dennis Nedry"));
    messages.create(feedMessage(), feedContent());
    messages.create(emailMessage(), emailContent());
    messages.create(webhookMessage(), webhookContent());
    ports.runs().save(run());
    workflow(NEW_COMMENT.value());
    ports.schedules().save(schedule());
    hook();
  }

  /** A webhook that was told of a bounce and did not take it. */
  private void hook() {
    ports
        .webhookEndpoints()
        .save(
            new WebhookEndpoint(
                DEVELOPMENT,
                HOOK,
                "https://hooks.ingen.net/bounces",
                WebhookFilter.of(Set.of(WebhookEventType.MESSAGE_BOUNCED)),
                WebhookSecrets.of(ports.webhookEndpoints().freshSecret()),
                EndpointHealth.GOOD,
                0,
                START));
    var event =
        new WebhookEvent(
            DEVELOPMENT,
            WebhookEvent.id(START, Digest.of("a bounce")),
            WebhookEventType.MESSAGE_BOUNCED,
            START,
            WebhookSubject.NONE,
            Json.object().with("id", EMAIL_MESSAGE.value()),
            Optional.empty());
    ports
        .webhookDeliveries()
        .create(
            WebhookDelivery.of(event, HOOK, START)
                .after(
                    new WebhookTry(
                        "https://hooks.ingen.net/bounces",
                        START,
                        new WebhookAnswer.Status(500, "no", Optional.empty()),
                        20),
                    START)
                .dropped(START));
  }

  /** Commits a workflow under that key. */
  public void workflow(String key) {
    if (WorkflowReader.read(new WorkflowKey(key), (Json.Obj) JsonText.parse(WORKFLOW))
        instanceof WorkflowReader.Read.Ok(var workflow)) {
      ports.workflows().commit(DEVELOPMENT, workflow);
    }
  }

  /** Lets a run of Hammond's wait for an event of that source. */
  public void listens(String source) {
    ports
        .listeners()
        .add(
            DEVELOPMENT,
            new Listener(
                HAMMOND, source, TRIGGER, Optional.empty(), "w", 0, 0, START.plusSeconds(900)));
  }

  /** The events that were told. */
  public List<Event> told() {
    return ports.tasks().queued().stream()
        .map(task -> (StepsTask.Match) task)
        .map(task -> new Event(task.event(), task.recipient(), task.source(), task.data()))
        .toList();
  }

  public PublishEvents tell() {
    return Ports.events(ports);
  }

  /** John is told daily at half past nine. */
  private static Schedule schedule() {
    var daily = new RepeatRule(Frequency.DAILY, 1, Set.of(), OptionalInt.empty(), 9, 30);
    return new Schedule(
        DEVELOPMENT,
        ScheduleId.of("the first schedule", 0),
        new WorkflowKey("new-comment"),
        HAMMOND,
        List.of(daily),
        Optional.empty(),
        Optional.empty(),
        Json.Obj.EMPTY,
        Optional.empty(),
        Optional.of(new TenantId("ingen")),
        Optional.of(START.plus(Duration.ofMinutes(30))),
        Optional.empty(),
        0,
        START,
        START);
  }

  /** The same park, in which a run of Nedry's waits and one of Hammond's holds a batch. */
  public ApiFixture waiting() {
    Instant later = START.plus(Duration.ofHours(2));
    waits(DELAYED, NEDRY, later, new Wait.Kind.Elapse());
    Activity activity =
        new Activity(
            "3800000000000000000000000aa",
            RunId.of(COLLECTING, HAMMOND),
            COLLECTING,
            HAMMOND,
            Optional.empty(),
            START,
            false,
            Json.Obj.EMPTY);
    Batches.Terms terms =
        new Batches.Terms(later, Optional.empty(), Optional.empty(), Integer.MAX_VALUE, false);
    ports.batches().join(DEVELOPMENT, BATCH, activity, terms, START);
    waits(COLLECTING, HAMMOND, later, new Wait.Kind.Collect(BATCH, 1));
    return this;
  }

  private void waits(TriggerId trigger, RecipientId recipient, Instant until, Wait.Kind kind) {
    var wait =
        new Wait("0123456789abcdef", 0, new StepRef("wait_1"), until, Minutes.of(until), kind);
    Run waiting =
        new Run(
            new RunOrigin(
                DEVELOPMENT,
                RunId.of(trigger, recipient),
                trigger,
                NEW_COMMENT,
                version(),
                recipient,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                START),
            new Run.State.Waiting(wait),
            START);
    ports.runs().save(waiting);
    ports.timers().put(wait.timer(waiting));
    ports
        .triggers()
        .accept(
            new Trigger(
                DEVELOPMENT,
                trigger,
                NEW_COMMENT,
                version(),
                List.of(new Trigger.Named(recipient, Optional.empty(), Json.Obj.EMPTY)),
                Optional.empty(),
                Optional.empty(),
                Json.Obj.EMPTY,
                Optional.empty(),
                Trigger.Settings.NONE,
                new Trigger.Source.Api()),
            Optional.empty(),
            START);
  }

  /** A call with the secret key and no body. */
  public Reply call(String routeKey, Map<String, String> path, String query) {
    return call(routeKey, path, query, "");
  }

  public Reply call(String routeKey, Map<String, String> path, String query, String body) {
    return call("sk_local", routeKey, path, query, body);
  }

  public Reply call(
      String key, String routeKey, Map<String, String> path, String query, String body) {
    var place = routeKey.startsWith("$") ? "GET /v1/nowhere" : routeKey;
    var method = place.substring(0, place.indexOf(' '));
    var decoded = place.substring(place.indexOf(' ') + 1);
    for (var entry : path.entrySet()) {
      decoded = decoded.replace("{" + entry.getKey() + "}", entry.getValue());
    }
    return play(
        JsonText.bytes(
            Json.object()
                .with("version", "2.0")
                .with("routeKey", "$default")
                .with("rawPath", decoded)
                .with("rawQueryString", query)
                .with("headers", Json.object().with("authorization", "Bearer " + key))
                .with(
                    "requestContext",
                    Json.object()
                        .with("requestId", "request-" + requests.incrementAndGet())
                        .with("http", Json.object().with("method", method)))
                .with("body", body)
                .with("isBase64Encoded", Json.FALSE)));
  }

  public Reply play(byte[] event) {
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(new ByteArrayInputStream(event), out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var response = (Json.Obj) JsonText.parse(out.toByteArray());
    var status = ((Json.Num) response.fields().get("statusCode")).value().intValueExact();
    var body = response.text("body").filter(text -> !text.isEmpty());
    return new Reply(
        status, response.object("headers"), body.map(JsonText::parse).orElse(Json.Obj.EMPTY));
  }

  /** The answer to a call. */
  public record Reply(int status, Json.Obj headers, Json json) {

    /** The answer that is an object; the empty one when it is a list. */
    public Json.Obj body() {
      return json instanceof Json.Obj object ? object : Json.Obj.EMPTY;
    }

    /** The answer that is a list. */
    public List<Json.Obj> list() {
      return json instanceof Json.Arr(var items)
          ? items.stream().map(item -> (Json.Obj) item).toList()
          : List.of();
    }

    /** The value at a path of keys and indexes: {@code items.0.id}; JSON null when absent. */
    public Json at(String path) {
      Json at = json;
      for (var part : path.split("\\.")) {
        at =
            switch (at) {
              case Json.Obj object -> object.get(part).orElse(Json.NULL);
              case Json.Arr(var items) when Integer.parseInt(part) < items.size() ->
                  items.get(Integer.parseInt(part));
              case Json.Arr _, Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> Json.NULL;
            };
      }
      return at;
    }

    public String text(String path) {
      return at(path) instanceof Json.Str(var value) ? value : at(path).toString();
    }

    /** That field of each item of the list. */
    public List<String> each(String list, String field) {
      return body().list(list).stream()
          .map(item -> ((Json.Obj) item).text(field).orElse("?"))
          .toList();
    }
  }

  public void identify(RecipientId id, Json.Obj properties) {
    recipients.identify(
        DEVELOPMENT,
        id,
        new Identification(properties, Optional.empty(), Map.of(), Map.of()),
        "seed " + id.id(),
        START);
  }

  public static Message feedMessage() {
    return message(FEED_MESSAGE, FEED, "feed_1")
        .become(DeliveryStatus.DELIVERED, Json.Obj.EMPTY, START);
  }

  public static Message emailMessage() {
    var deferred =
        new Attempt.Result.Deferred(
            Optional.of(new Attempt.Answer(503, "busy")),
            "The provider answered 503",
            Optional.of(START.plusSeconds(5)));
    var accepted = new Attempt.Result.Accepted(new Attempt.Answer(200, "{\"MessageId\":\"m-1\"}"));
    return message(EMAIL_MESSAGE, EMAIL, "email_1")
        .with(new Attempt(1, START.plusSeconds(1), deferred, 20), START.plusSeconds(2))
        .become(DeliveryStatus.DELIVERY_ATTEMPTED, Json.Obj.EMPTY, START.plusSeconds(2))
        .with(new Attempt(2, START.plusSeconds(6), accepted, 30), START.plusSeconds(7))
        .become(DeliveryStatus.SENT, Json.Obj.EMPTY, START.plusSeconds(7))
        .known("m-1");
  }

  public static Message webhookMessage() {
    var silence = new Attempt.Result.Ambiguous("No answer within 10 s", Optional.empty());
    return message(WEBHOOK_MESSAGE, WEBHOOK, "webhook_1")
        .with(new Attempt(1, START.plusSeconds(1), silence, 10_000), START.plusSeconds(11))
        .become(DeliveryStatus.UNDELIVERED, Json.Obj.EMPTY, START.plusSeconds(11));
  }

  public static Message message(MessageId id, Channel channel, String step) {
    return message(DEVELOPMENT, id, channel, step, START);
  }

  public static Message message(
      EnvironmentId environment, MessageId id, Channel channel, String step, Instant at) {
    return new Message(
        new MessageOrigin(
            environment,
            id,
            channel.id(),
            channel.type(),
            HAMMOND,
            List.of(NEDRY),
            Optional.of(new TenantId("ingen")),
            new Message.Source(
                new WorkflowKey("new-comment"),
                version(),
                List.of("collaboration"),
                new StepRef(step),
                TRIGGER,
                RUN),
            Json.object().with("email", "john@ingen.net").with("name", "John Hammond"),
            channel.type() == ChannelType.IN_APP_FEED ? FlatData.of(DATA) : Json.Obj.EMPTY,
            at),
        DeliveryStatus.QUEUED,
        Map.of(),
        List.of(),
        List.of(
            new Message.Event("created", at, Json.Obj.EMPTY),
            new Message.Event("queued", at, Json.Obj.EMPTY)),
        Optional.empty(),
        Optional.empty(),
        0,
        at);
  }

  private static MessageContent feedContent() {
    var body =
        Json.object()
            .with("type", "markdown")
            .with("name", "body")
            .with("content", "**{{ page_name }}**")
            .with("rendered", "<p><strong>O'Brien &amp; \"Söhne\"</strong></p>");
    return new MessageContent(new Content.InAppFeed(new Json.Arr(List.of(body))), DATA);
  }

  private static MessageContent emailContent() {
    return new MessageContent(
        new Content.Email(
            new Content.Envelope(
                Optional.of(new Content.Mailbox(Optional.empty(), "park@ingen.net")),
                List.of(new Content.Mailbox(Optional.empty(), "john@ingen.net")),
                List.of(),
                List.of(),
                List.of()),
            "O'Brien & \"Söhne\"",
            "<p>Hello</p>",
            "Hello",
            Map.of(),
            List.of(),
            Json.Obj.EMPTY),
        DATA);
  }

  private static MessageContent webhookContent() {
    return new MessageContent(
        new Content.Http(
            "PUT",
            "https://hooks.example.com/park/visitors?gate=1",
            List.of(new Content.Field("x-park", "nublar")),
            List.of(new Content.Field("who", "a b")),
            "{\"welcome\":true}"),
        DATA);
  }

  private static Run run() {
    return new Run(
            new RunOrigin(
                DEVELOPMENT,
                RUN,
                TRIGGER,
                new WorkflowKey("new-comment"),
                version(),
                HAMMOND,
                Optional.of(NEDRY),
                Optional.of(new TenantId("ingen")),
                Optional.of("comment-7"),
                START),
            new Run.State.Completed(),
            START)
        .with(new StepRef("feed_1"), new StepOutcome.Sent(List.of(FEED_MESSAGE)))
        .with(new StepRef("email_1"), new StepOutcome.Sent(List.of(EMAIL_MESSAGE)))
        .with(new StepRef("webhook_1"), new StepOutcome.Sent(List.of(WEBHOOK_MESSAGE)))
        .logged(
            new LogEntry(
                START,
                RunEvent.MESSAGE_ENQUEUED,
                true,
                Optional.of(new StepRef("feed_1")),
                "channel",
                1,
                Json.object().with("message_id", FEED_MESSAGE.value())))
        .logged(
            new LogEntry(
                START.plus(Duration.ofSeconds(1)),
                RunEvent.STEP_FAILED,
                false,
                Optional.of(new StepRef("email_1")),
                "channel",
                1,
                Json.Obj.EMPTY));
  }

  private static VersionId version() {
    return VersionId.parse("7251cd3f-0028-4d1a-9466-ee79522ba3de");
  }

  private static MessageId id(Channel channel, String step) {
    return MessageId.of(START, RUN, new StepRef(step), channel.id());
  }

  private static Channel channel(String id, String key, ChannelType type, String provider) {
    return new Channel(
        new ChannelId(UUID.fromString(id)), key, key, type, provider, Json.Obj.EMPTY, START, START);
  }
}
