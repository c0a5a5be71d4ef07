package dev.carillon.storage.dynamo.waiting;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.Event;
import dev.carillon.event.Listener;
import dev.carillon.event.Listeners;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.storage.cache.TtlCache;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Range;
import dev.carillon.trigger.TriggerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Those who listen, in the table: an item for each, which takes up the event it claims. Before the
 * first who listens for a source, an item says that somebody in the environment does; who tells of
 * events remembers for {@link #UNHEARD} what those items say, so that the first waits as long.
 */
public final class DynamoListeners implements Listeners {
  private static final Duration REMEMBERED = Duration.ofDays(1);

  /** How long an instance tells of events by what it knows of who listens for what. */
  private static final Duration UNHEARD = Duration.ofSeconds(2);

  /** An announcement outlives its first listener, so that not each later one writes it again. */
  private static final Duration ANNOUNCED = Duration.ofDays(7);

  /** By no function's clock is an announcement of this age younger than {@link #UNHEARD}. */
  private static final Duration SETTLED = Duration.ofMinutes(10);

  private static final String SINCE = "s";
  private static final String GENERATION = "g";
  private static final String CLAIMED = "c";

  private record Source(EnvironmentId environment, String name) {}

  private final DynamoTable table;
  private final Consumer<Duration> pause;
  private final TtlCache<EnvironmentId, Set<String>> sources;
  private final Map<Source, Instant> announced = new ConcurrentHashMap<>();

  public DynamoListeners(DynamoTable table) {
    this(table, DynamoTable::pause);
  }

  /**
   * @param pause lets that much time pass
   */
  public DynamoListeners(DynamoTable table, Consumer<Duration> pause) {
    this.table = table;
    this.pause = pause;
    this.sources = new TtlCache<>(table.clock(), UNHEARD, this::readSources);
  }

  /** An update rather than a put, which would take away what was claimed. */
  @Override
  public void add(EnvironmentId environment, Listener listener) {
    Instant end = listener.until().plus(REMEMBERED);
    announce(environment, listener.source(), end);
    long ttl = end.getEpochSecond();
    table.updateIf(
        WaitingKeys.listener(environment, listener),
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

  /** Returns when everybody who tells of events knows that somebody listens for the source. */
  private void announce(EnvironmentId environment, String name, Instant end) {
    var source = new Source(environment, name);
    Instant until = announced.get(source);
    if (until != null && !until.isBefore(end)) {
      return;
    }
    Key key = WaitingKeys.awaited(environment, name);
    Instant now = table.now();
    // One that ends before long may be gone for those who look in a moment.
    Optional<Item> known =
        table.get(key).filter(it -> it.number(Item.TTL) > now.plus(SETTLED).getEpochSecond());
    Instant since = known.map(it -> Instant.ofEpochMilli(it.number(SINCE))).orElse(now);
    long ttl = end.plus(ANNOUNCED).getEpochSecond();
    if (known.filter(it -> it.number(Item.TTL) >= end.getEpochSecond()).isEmpty()) {
      table.updateIf(
          key,
          "SET #v = :v, #n = :n, #s = :s, #ttl = :ttl",
          new Condition(
              "attribute_not_exists(pk) OR #ttl < :ttl",
              Map.of("#v", Item.VERSION, "#n", Item.NAME, "#s", SINCE, "#ttl", Item.TTL),
              Map.of(
                  ":v", number(1),
                  ":n", AttributeValue.fromS(name),
                  ":s", number(since.toEpochMilli()),
                  ":ttl", number(ttl))));
    } else {
      ttl = known.get().number(Item.TTL);
    }
    if (since.isAfter(now.minus(SETTLED))) {
      pause.accept(UNHEARD.plusSeconds(1));
    }
    sources.forget(environment);
    announced.put(source, Instant.ofEpochSecond(ttl));
  }

  private Set<String> readSources(EnvironmentId environment) {
    return table
        .all(Range.between(WaitingKeys.awaited(environment), Range.LOWEST, Range.HIGHEST))
        .stream()
        .map(item -> item.text(Item.NAME))
        .collect(Collectors.toSet());
  }

  @Override
  public List<Listener> of(EnvironmentId environment, RecipientId recipient, String source) {
    return table
        .all(
            Range.prefix(
                WaitingKeys.listeners(environment, recipient), WaitingKeys.listenersFor(source)))
        .stream()
        .map(item -> read(recipient, item))
        .toList();
  }

  /** Most have none, and the question costs as much as one for a single source. */
  @Override
  public Set<String> awaited(EnvironmentId environment, RecipientId recipient, Set<String> wanted) {
    if (sources.get(environment).stream().noneMatch(wanted::contains)) {
      return Set.of();
    }
    String partition = WaitingKeys.listeners(environment, recipient);
    return table.all(Range.between(partition, Range.LOWEST, Range.HIGHEST)).stream()
        .map(item -> read(recipient, item).source())
        .filter(wanted::contains)
        .collect(Collectors.toSet());
  }

  @Override
  public Optional<Event> claim(EnvironmentId environment, Listener listener, Event event) {
    boolean first =
        table.updateIf(
            WaitingKeys.listener(environment, listener),
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
        .get(WaitingKeys.listener(environment, listener))
        .flatMap(item -> item.findBytes(CLAIMED))
        .map(CompressedJson::unpackObject)
        .map(DynamoListeners::event);
  }

  @Override
  public void remove(EnvironmentId environment, Listener listener) {
    table.deleteIf(WaitingKeys.listener(environment, listener), Condition.THERE);
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
