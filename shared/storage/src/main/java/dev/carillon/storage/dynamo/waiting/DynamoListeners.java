package dev.carillon.storage.dynamo.waiting;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.Event;
import dev.carillon.event.Listener;
import dev.carillon.event.Listeners;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Keys;
import dev.carillon.storage.dynamo.Range;
import dev.carillon.trigger.TriggerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Those who listen, in the table: an item for each, which takes up the event it claims. */
public final class DynamoListeners implements Listeners {
  private static final Duration REMEMBERED = Duration.ofDays(1);
  private static final String GENERATION = "g";
  private static final String CLAIMED = "c";

  private final DynamoTable table;

  public DynamoListeners(DynamoTable table) {
    this.table = table;
  }

  /** An update rather than a put, which would take away what was claimed. */
  @Override
  public void add(EnvironmentId environment, Listener listener) {
    long ttl = listener.until().plus(REMEMBERED).getEpochSecond();
    table.updateIf(
        Keys.listener(environment, listener),
        "SET #v = :v, #g = :g, #b = :b, #ttl = :ttl",
        new Condition(
            "attribute_not_exists(pk) OR #g <= :g",
            Map.of("#v", Item.VERSION, "#g", GENERATION, "#b", Item.BODY, "#ttl", Item.TTL),
            Map.of(
                ":v", number(1),
                ":g", number(listener.generation()),
                ":b", bytes(write(listener)),
                ":ttl", number(ttl))));
  }

  @Override
  public List<Listener> of(EnvironmentId environment, RecipientId recipient, String source) {
    return table
        .all(Range.prefix(Keys.listeners(environment, recipient), Keys.listenersFor(source)))
        .stream()
        .map(item -> read(recipient, item))
        .toList();
  }

  /** Most have none, and the question costs as much as one for a single source. */
  @Override
  public Set<String> awaited(EnvironmentId environment, RecipientId recipient) {
    String partition = Keys.listeners(environment, recipient);
    return table.all(Range.between(partition, Range.LOWEST, Range.HIGHEST)).stream()
        .map(item -> read(recipient, item).source())
        .collect(Collectors.toSet());
  }

  @Override
  public Optional<Event> claim(EnvironmentId environment, Listener listener, Event event) {
    boolean first =
        table.updateIf(
            Keys.listener(environment, listener),
            "SET #c = :c",
            new Condition(
                "attribute_exists(pk) AND attribute_not_exists(#c) AND #ttl > :now",
                Map.of("#c", CLAIMED, "#ttl", Item.TTL),
                Map.of(":c", bytes(write(event)), ":now", number(table.now().getEpochSecond()))));
    return first ? Optional.of(event) : claimed(environment, listener);
  }

  @Override
  public Optional<Event> claimed(EnvironmentId environment, Listener listener) {
    return table
        .get(Keys.listener(environment, listener))
        .flatMap(item -> item.findBytes(CLAIMED))
        .map(CompressedJson::unpackObject)
        .map(DynamoListeners::event);
  }

  @Override
  public void remove(EnvironmentId environment, Listener listener) {
    table.deleteIf(Keys.listener(environment, listener), Condition.THERE);
  }

  private static Json write(Listener listener) {
    return new DocumentFields()
        .put("s", listener.source())
        .put("t", listener.trigger().toString())
        .put("n", listener.tenant(), it -> Json.of(it.value()))
        .put("w", listener.waitId())
        .put("m", listener.minute())
        .put("u", listener.until())
        .json();
  }

  private static Listener read(RecipientId recipient, Item item) {
    Json.Obj document = CompressedJson.unpackObject(item.bytes(Item.BODY));
    return new Listener(
        recipient,
        DocumentFields.text(document, "s"),
        TriggerId.parse(DocumentFields.text(document, "t")),
        document.text("n").map(TenantId::new),
        DocumentFields.text(document, "w"),
        (int) item.number(GENERATION),
        DocumentFields.number(document, "m"),
        DocumentFields.time(document, "u"));
  }

  private static Json write(Event event) {
    return new DocumentFields()
        .put("i", event.id())
        .put("r", DocumentFields.recipient(event.recipient()))
        .put("s", event.source())
        .putObject("d", event.data())
        .json();
  }

  private static Event event(Json.Obj document) {
    return new Event(
        DocumentFields.text(document, "i"),
        DocumentFields.recipient(DocumentFields.require(document, "r")),
        DocumentFields.text(document, "s"),
        document.object("d"));
  }

  private static AttributeValue bytes(Json document) {
    return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(CompressedJson.pack(document)));
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
