package dev.carillon.storage.dynamo.waiting;

import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import dev.carillon.page.Page;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Range;
import dev.carillon.storage.dynamo.Slice;
import dev.carillon.task.DeliveryTask;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.timer.Timer.Subject;
import dev.carillon.timer.Timers;
import dev.carillon.trigger.TriggerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What waits, in the table, by minute and shard. Of one wait and minute there is one item, the one
 * with the latest generation: neither a late repetition nor a late removal of an earlier one
 * touches it.
 */
public final class DynamoTimers implements Timers {
  private static final int PAGE = 100;
  private static final Key WATERMARK = new Key("DUE", "WATERMARK");
  private static final Key NOTED_TO = new Key("DUE", "NOTED");
  private static final String DAYS = "DUE#DAYS";
  private static final String MINUTE = "m";
  private static final String GENERATION = "g";
  private static final String ENVIRONMENT = "e";

  /** How long after its time a note is kept: longer than any sweep is put off. */
  private static final int NOTED_MINUTES = 30 * 24 * 60;

  private static final int MINUTES_PER_DAY = 24 * 60;
  private static final int REMEMBERED = 10_000;

  private final DynamoTable table;
  private final Set<Key> noted = ConcurrentHashMap.newKeySet();

  public DynamoTimers(DynamoTable table) {
    this.table = table;
  }

  @Override
  public void put(Timer item) {
    note(item.minute());
    note(item);
    table.putIf(item(key(item), item), generation(item, "attribute_not_exists(pk) OR #g <= :g"));
  }

  @Override
  public void note(Timer listed) {
    note(
        new Key(WaitingKeys.waiting(listed.environment()), part(listed.minute(), listed.shard())),
        listed.minute());
  }

  @Override
  public OptionalLong notedTo() {
    return minute(NOTED_TO);
  }

  @Override
  public void raiseNotedTo(long minute) {
    raise(NOTED_TO, minute);
  }

  @Override
  public void remove(Timer item) {
    table.deleteIf(key(item), generation(item, "#g <= :g"));
  }

  private static Condition generation(Timer item, String expression) {
    return new Condition(
        expression, Map.of("#g", GENERATION), Map.of(":g", number(item.generation())));
  }

  @Override
  public Page<Timer> page(long minute, int shard, Optional<String> cursor) {
    String partition = partition(minute, shard);
    Slice slice =
        table.query(
            Range.between(partition, Range.LOWEST, Range.HIGHEST),
            PAGE,
            cursor.map(at -> new Key(partition, at).attributes()).orElse(Map.of()));
    return new Page<>(
        slice.items().stream().map(DynamoTimers::read).toList(),
        slice.next().isEmpty() ? Optional.empty() : Optional.of(slice.next().get(Item.SK).s()));
  }

  @Override
  public List<Timer> of(
      EnvironmentId environment, long minute, int shard, Optional<String> after, int size) {
    String partition = partition(minute, shard);
    String prefix = environment.value() + "#";
    Range own = Range.prefix(partition, prefix);
    // A text right behind the name: nothing sorts between the two.
    Range range =
        after.map(name -> Range.between(partition, prefix + name + "!", own.high())).orElse(own);
    return table.query(range, size, Map.of()).items().stream().map(DynamoTimers::read).toList();
  }

  @Override
  public boolean lists(Timer item) {
    return table
        .get(key(item))
        .filter(listed -> listed.number(GENERATION) >= item.generation())
        .isPresent();
  }

  /** Notes that something is listed under the minute, and in its day, before the first item is. */
  private void note(long minute) {
    long day = minute / MINUTES_PER_DAY;
    // The day first: the minutes of a day that is not noted are not found.
    note(new Key(DAYS, Long.toString(day)), (day + 1) * MINUTES_PER_DAY);
    note(new Key(minutesOf(day), Long.toString(minute)), minute);
  }

  /** Once by each instance. */
  private void note(Key key, long until) {
    if (noted.contains(key)) {
      return;
    }
    table.put(Item.at(key).number(Item.TTL, Minutes.start(until + NOTED_MINUTES).getEpochSecond()));
    if (noted.size() >= REMEMBERED) {
      noted.clear();
    }
    noted.add(key);
  }

  @Override
  public List<Long> minutes(long first, long last, int most) {
    var minutes = new ArrayList<Long>();
    long lastDay = last / MINUTES_PER_DAY;
    for (long day : noted(DAYS, first / MINUTES_PER_DAY, lastDay, Integer.MAX_VALUE)) {
      minutes.addAll(noted(minutesOf(day), first, last, most - minutes.size()));
      if (minutes.size() == most) {
        break;
      }
    }
    return minutes;
  }

  /**
   * What is noted there, ascending. Minutes since 1970 have eight digits until the year 2160, and
   * days five, so they sort as texts.
   */
  private List<Long> noted(String partition, long first, long last, int most) {
    var numbers = new ArrayList<Long>();
    var range = Range.between(partition, Long.toString(first), Long.toString(last));
    Map<String, AttributeValue> from = Map.of();
    do {
      Slice slice = table.query(range, Math.min(most - numbers.size(), MINUTES_PER_DAY), from);
      slice.items().forEach(item -> numbers.add(Long.parseLong(item.text(Item.SK))));
      from = slice.next();
    } while (!from.isEmpty() && numbers.size() < most);
    return numbers;
  }

  @Override
  public List<Part> parts(EnvironmentId environment, Part first, long last, int most) {
    String partition = WaitingKeys.waiting(environment);
    var range =
        Range.between(
            partition, part(first.minute(), first.shard()), part(last, Timers.SHARDS - 1));
    var parts = new ArrayList<Part>();
    Map<String, AttributeValue> from = Map.of();
    do {
      Slice slice = table.query(range, most - parts.size(), from);
      slice.items().forEach(item -> parts.add(part(item.text(Item.SK))));
      from = slice.next();
    } while (!from.isEmpty() && parts.size() < most);
    return parts;
  }

  /** Eight digits and one: parts sort as texts by minute and shard. */
  private static String part(long minute, int shard) {
    return minute + "#" + Integer.toHexString(shard);
  }

  private static Part part(String text) {
    int end = text.indexOf('#');
    return new Part(
        Long.parseLong(text.substring(0, end)), Integer.parseInt(text.substring(end + 1), 16));
  }

  private static String minutesOf(long day) {
    return "DUE#MINUTES#" + day;
  }

  @Override
  public OptionalLong watermark() {
    return minute(WATERMARK);
  }

  private OptionalLong minute(Key key) {
    return table.get(key).stream().mapToLong(item -> item.number(MINUTE)).findFirst();
  }

  @Override
  public void raiseWatermark(long minute) {
    raise(WATERMARK, minute);
  }

  private void raise(Key key, long minute) {
    table.updateIf(
        key,
        "SET #m = :m",
        new Condition(
            "attribute_not_exists(#m) OR #m < :m",
            Map.of("#m", MINUTE),
            Map.of(":m", number(minute))));
  }

  private static Item item(Key key, Timer item) {
    Json.Obj document = subject(item.subject()).put("d", item.dueAt()).json();
    return Item.at(key)
        .text(ENVIRONMENT, item.environment().value())
        .number(GENERATION, item.generation())
        .number(MINUTE, item.minute())
        .bytes(Item.BODY, CompressedJson.pack(document));
  }

  private static Timer read(Item item) {
    Json.Obj document = CompressedJson.unpackObject(item.bytes(Item.BODY));
    return new Timer(
        new EnvironmentId(item.text(ENVIRONMENT)),
        subject(document),
        (int) item.number(GENERATION),
        DocumentFields.time(document, "d"),
        item.number(MINUTE));
  }

  private static DocumentFields subject(Timer.Subject subject) {
    return switch (subject) {
      case Subject.OfRun(var trigger, var recipient, var tenant, var waitId) ->
          new DocumentFields()
              .put("t", trigger.toString())
              .put("r", DocumentFields.recipient(recipient))
              .put("n", tenant, it -> Json.of(it.value()))
              .put("w", waitId);
      case Subject.OfMessage(var message, var tenant, var run) ->
          new DocumentFields()
              .put("m", message.value())
              .put("n", tenant, it -> Json.of(it.value()))
              .put("t", run, it -> Json.of(it.trigger().toString()))
              .put("r", run, it -> DocumentFields.recipient(it.recipient()));
      case Subject.OfSchedule(var schedule) -> new DocumentFields().put("s", schedule.toString());
      case Subject.OfBroadcast(var broadcast) -> new DocumentFields().put("b", broadcast);
      case Subject.OfWebhook(var endpoint, var event) ->
          new DocumentFields().put("h", endpoint.toString()).put("v", event);
    };
  }

  private static Subject subject(Json.Obj document) {
    Optional<TenantId> tenant = document.text("n").map(TenantId::new);
    Optional<TriggerId> trigger = document.text("t").map(TriggerId::parse);
    Optional<String> message = document.text("m");
    Optional<String> schedule = document.text("s");
    Optional<String> webhook = document.text("h");
    Optional<String> broadcast = document.text("b");
    if (broadcast.isPresent()) {
      return new Subject.OfBroadcast(broadcast.get());
    }
    if (webhook.isPresent()) {
      return new Subject.OfWebhook(
          WebhookEndpointId.parse(webhook.get()), DocumentFields.text(document, "v"));
    }
    if (schedule.isPresent()) {
      return new Subject.OfSchedule(ScheduleId.parse(schedule.get()));
    }
    if (message.isPresent()) {
      return new Subject.OfMessage(
          new MessageId(message.get()),
          tenant,
          trigger.map(it -> new DeliveryTask.Cancellable(it, recipient(document))));
    }
    return new Subject.OfRun(
        trigger.orElseThrow(), recipient(document), tenant, DocumentFields.text(document, "w"));
  }

  private static RecipientId recipient(Json.Obj document) {
    return DocumentFields.recipient(DocumentFields.require(document, "r"));
  }

  private static Key key(Timer item) {
    return new Key(partition(item.minute(), item.shard()), sort(item));
  }

  private static String partition(long minute, int shard) {
    return "DUE#" + minute + "#" + Integer.toHexString(shard);
  }

  private static String sort(Timer item) {
    return item.environment().value() + "#" + item.name();
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
