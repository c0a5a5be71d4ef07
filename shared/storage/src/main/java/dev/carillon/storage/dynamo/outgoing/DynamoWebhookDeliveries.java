package dev.carillon.storage.dynamo.outgoing;

import dev.carillon.channel.ChannelId;
import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Retention;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.TenantId;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.HourIndex;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.trigger.TraceContext;
import dev.carillon.webhook.WebhookAnswer;
import dev.carillon.webhook.WebhookDeliveries;
import dev.carillon.webhook.WebhookDelivery;
import dev.carillon.webhook.WebhookDelivery.State;
import dev.carillon.webhook.WebhookEvent;
import dev.carillon.webhook.WebhookEventType;
import dev.carillon.webhook.WebhookSubject;
import dev.carillon.webhook.WebhookTrace;
import dev.carillon.webhook.WebhookTry;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The logs of webhook endpoints in the table: an item for each event and endpoint, by the hour of
 * the event and sixteen shards.
 */
public final class DynamoWebhookDeliveries implements WebhookDeliveries {
  private static final int REMEMBERED = 1_000;

  private final DynamoTable table;
  private final Retention retention;
  private final Map<WebhookEndpointId, HourIndex> hours = new ConcurrentHashMap<>();

  public DynamoWebhookDeliveries(DynamoTable table, Retention retention) {
    this.table = table;
    this.retention = retention;
  }

  private HourIndex hours(WebhookEndpointId endpoint) {
    if (hours.size() >= REMEMBERED) {
      hours.clear();
    }
    return hours.computeIfAbsent(endpoint, it -> new HourIndex(table, OutgoingKeys.webhookLog(it)));
  }

  @Override
  public boolean create(WebhookDelivery delivery) {
    WebhookEvent event = delivery.event();
    hours(delivery.endpoint()).note(event.environment(), WebhookEvent.second(event.id()));
    return table.putIf(item(delivery), Condition.NEW);
  }

  @Override
  public Optional<WebhookDelivery> find(
      EnvironmentId environment, WebhookEndpointId endpoint, String event) {
    return WebhookEvent.isId(event)
        ? table
            .get(OutgoingKeys.webhookDelivery(environment, endpoint, event))
            .map(item -> read(environment, endpoint, item))
        : Optional.empty();
  }

  @Override
  public boolean save(WebhookDelivery delivery) {
    return delivery.revision() > 0
        && table.putIf(item(delivery), Condition.revision(delivery.revision()));
  }

  @Override
  public void delete(EnvironmentId environment, WebhookEndpointId endpoint, String event) {
    table.deleteIf(OutgoingKeys.webhookDelivery(environment, endpoint, event), Condition.NONE);
  }

  @Override
  public Page<WebhookDelivery> newestFirst(
      EnvironmentId environment,
      WebhookEndpointId endpoint,
      TimeRange range,
      Predicate<WebhookDelivery> wanted,
      PageRequest page) {
    return hours(endpoint)
        .newestFirst(
            environment,
            range.start(),
            range.end(),
            page,
            position ->
                WebhookEvent.isId(position)
                    ? Optional.of(WebhookEvent.second(position))
                    : Optional.empty(),
            item ->
                Optional.of(read(environment, endpoint, item))
                    .filter(it -> range.contains(it.event().at()))
                    .filter(wanted));
  }

  /** One that is to be tried has its last try before it. */
  private long end(WebhookDelivery delivery) {
    Instant kept =
        delivery.due().filter(delivery.insertedAt()::isBefore).orElse(delivery.insertedAt());
    return retention.end(kept).getEpochSecond();
  }

  private Item item(WebhookDelivery delivery) {
    WebhookEvent event = delivery.event();
    return Item.at(
            OutgoingKeys.webhookDelivery(event.environment(), delivery.endpoint(), event.id()))
        .number(Item.REVISION, delivery.revision() + 1)
        .number(Item.TTL, end(delivery))
        .bytes(Item.BODY, CompressedJson.pack(write(delivery)));
  }

  private static Json write(WebhookDelivery delivery) {
    WebhookEvent event = delivery.event();
    var fields =
        new DocumentFields()
            .put("t", event.type().wireName())
            .put("a", event.at())
            .put("w", event.subject().workflow(), it -> Json.of(it.value()))
            .put("c", event.subject().channel(), it -> Json.of(it.toString()))
            .put("n", event.subject().tenant(), it -> Json.of(it.value()))
            .put("d", event.data())
            .put("e", event.details(), it -> it)
            .put("g", event.trace(), it -> Json.of(it.context().toString()))
            .put("h", event.trace().flatMap(WebhookTrace::parent), Json::of)
            .put("y", delivery.tries(), DynamoWebhookDeliveries::write)
            .put("i", delivery.insertedAt());
    return switch (delivery.state()) {
      case State.Pending(var made, var next) ->
          fields.put("s", "p").put("m", made).put("x", next).json();
      case State.Taken(var at) -> fields.put("s", "t").put("x", at).json();
      case State.Dropped(var at) -> fields.put("s", "d").put("x", at).json();
    };
  }

  private static Json write(WebhookTry made) {
    var fields =
        new DocumentFields().put("u", made.url()).put("a", made.at()).put("k", made.tookMillis());
    return switch (made.answer()) {
      case WebhookAnswer.Status(var status, var body, var retryAfter) ->
          fields
              .put("s", status)
              .put("b", body)
              .put("r", retryAfter, it -> Json.of(it.toMillis()))
              .json();
      case WebhookAnswer.Silence(var why) -> fields.put("w", why.wireName()).json();
    };
  }

  private static WebhookDelivery read(
      EnvironmentId environment, WebhookEndpointId endpoint, Item item) {
    Json.Obj document = CompressedJson.unpackObject(item.bytes(Item.BODY));
    String type = DocumentFields.text(document, "t");
    Instant at = DocumentFields.time(document, "x");
    var event =
        new WebhookEvent(
            environment,
            item.text(Item.SK),
            WebhookEventType.named(type)
                .orElseThrow(() -> new IllegalStateException("No type of event: " + type)),
            DocumentFields.time(document, "a"),
            new WebhookSubject(
                document.text("w").map(WorkflowKey::new),
                document.text("c").map(it -> new ChannelId(UUID.fromString(it))),
                document.text("n").map(TenantId::new)),
            document.object("d"),
            document.get("e").map(DocumentFields::object),
            document
                .text("g")
                .map(it -> new WebhookTrace(TraceContext.parse(it), document.text("h"))));
    String state = DocumentFields.text(document, "s");
    return new WebhookDelivery(
        event,
        endpoint,
        switch (state) {
          case "p" -> new State.Pending((int) DocumentFields.number(document, "m"), at);
          case "t" -> new State.Taken(at);
          case "d" -> new State.Dropped(at);
          default -> throw new IllegalStateException("No state of a delivery: " + state);
        },
        DocumentFields.list(document, "y", DynamoWebhookDeliveries::made),
        item.number(Item.REVISION),
        DocumentFields.time(document, "i"));
  }

  private static WebhookTry made(Json json) {
    Json.Obj document = DocumentFields.object(json);
    WebhookAnswer answer =
        document
            .text("w")
            .<WebhookAnswer>map(why -> new WebhookAnswer.Silence(WebhookAnswer.Why.named(why)))
            .orElseGet(
                () ->
                    new WebhookAnswer.Status(
                        (int) DocumentFields.number(document, "s"),
                        document.text("b").orElse(""),
                        document
                            .get("r")
                            .map(_ -> Duration.ofMillis(DocumentFields.number(document, "r")))));
    return new WebhookTry(
        DocumentFields.text(document, "u"),
        DocumentFields.time(document, "a"),
        answer,
        DocumentFields.number(document, "k"));
  }
}
