package dev.carillon.storage.dynamo.incoming;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Retention;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import dev.carillon.source.SourceEvent;
import dev.carillon.source.SourceEvents;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.HourIndex;
import dev.carillon.storage.dynamo.Indexes;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.MergedRanges;
import dev.carillon.storage.dynamo.PageOf;
import dev.carillon.storage.dynamo.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What came in by sources in the table: an item for each event, by its hour and sixteen shards; one
 * for each day and type with how many there were.
 */
public final class DynamoSourceEvents implements SourceEvents {
  /** With what each id begins. */
  private static final String ID = "sev_";

  private static final String EVENT = "u";
  private static final String TYPE = "t";
  private static final String COUNT = "n";
  private static final String LAST = "l";

  private final DynamoTable table;
  private final Retention retention;
  private final Map<String, HourIndex> hours = new ConcurrentHashMap<>();

  public DynamoSourceEvents(DynamoTable table, Retention retention) {
    this.table = table;
    this.retention = retention;
  }

  private HourIndex hours(String source) {
    return hours.computeIfAbsent(source, it -> new HourIndex(table, IncomingKeys.log(it)));
  }

  @Override
  public boolean create(SourceEvent event) {
    hours(event.source()).note(event.environment(), SourceEvent.second(event.id()));
    if (!table.putIf(item(event), Condition.NEW)) {
      return false;
    }
    if (!event.rehearsed()) {
      count(event);
    }
    return true;
  }

  private void count(SourceEvent event) {
    Instant end = event.receivedAt().plus(Duration.ofDays(COUNTED_DAYS + 1L));
    table.update(
        IncomingKeys.tally(event),
        "SET #t = :type, #l = :at, #ttl = :end ADD #n :one",
        Map.of("#t", TYPE, "#l", LAST, "#ttl", Item.TTL, "#n", COUNT),
        Map.of(
            ":type", AttributeValue.fromS(event.type()),
            ":at", number(event.receivedAt().toEpochMilli()),
            ":end", number(end.getEpochSecond()),
            ":one", number(1)));
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  @Override
  public Optional<SourceEvent> find(EnvironmentId environment, String source, String id) {
    return SourceEvent.isId(id)
        ? table
            .get(IncomingKeys.event(environment, source, id))
            .map(item -> read(environment, source, item))
        : Optional.empty();
  }

  @Override
  public boolean save(SourceEvent event) {
    return event.revision() > 0 && table.putIf(item(event), Condition.revision(event.revision()));
  }

  @Override
  public Page<SourceEvent> newestFirst(
      EnvironmentId environment,
      String source,
      TimeRange range,
      Predicate<SourceEvent> wanted,
      PageRequest page) {
    return hours(source)
        .newestFirst(
            environment,
            range.start(),
            range.end(),
            page,
            position ->
                SourceEvent.isId(position)
                    ? Optional.of(SourceEvent.second(position))
                    : Optional.empty(),
            item ->
                Optional.of(read(environment, source, item))
                    .filter(it -> range.contains(it.receivedAt()))
                    .filter(wanted));
  }

  @Override
  public String claim(SourceEvent event, Instant now) {
    Key key = key(event);
    Item mine =
        Item.at(key)
            .text(EVENT, event.id())
            .number(Item.TTL, now.plus(REMEMBERED).getEpochSecond());
    return table.putIf(mine, Condition.free(now))
        ? event.id()
        : table.get(key).map(item -> item.text(EVENT)).orElse(event.id());
  }

  @Override
  public void release(SourceEvent event) {
    table.deleteIf(
        key(event),
        new Condition(
            "#u = :u", Map.of("#u", EVENT), Map.of(":u", AttributeValue.fromS(event.id()))));
  }

  private static Key key(SourceEvent event) {
    return IncomingKeys.claim(
        event.environment(),
        event.source(),
        event
            .identity()
            .orElseThrow(
                () -> new IllegalArgumentException("Nothing tells the event from others")));
  }

  @Override
  public List<Tally> tallies(EnvironmentId environment, String source, Instant now) {
    String first = IncomingKeys.day(now.minus(Duration.ofDays(COUNTED_DAYS)));
    var byType = new TreeMap<String, Tally>();
    for (Item item :
        table.all(Range.between(IncomingKeys.tallies(environment, source), first, Range.HIGHEST))) {
      var one =
          new Tally(item.text(TYPE), item.number(COUNT), Instant.ofEpochMilli(item.number(LAST)));
      byType.merge(
          one.type(),
          one,
          (a, b) ->
              new Tally(
                  a.type(),
                  a.count() + b.count(),
                  a.last().isAfter(b.last()) ? a.last() : b.last()));
    }
    return List.copyOf(byType.values());
  }

  @Override
  public Page<SourceEvent> of(EnvironmentId environment, RecipientId user, PageRequest request) {
    boolean onward = request.before().isEmpty();
    Optional<String> from =
        (onward ? request.after() : request.before()).filter(it -> it.startsWith(ID));
    Range all = Range.prefix(IncomingKeys.eventsOf(environment, user), ID);
    var entries =
        new MergedRanges(
            table,
            List.of(
                Range.inIndex(
                    Indexes.RUNS,
                    all.partition(),
                    onward ? all.low() : from.orElse(all.low()),
                    onward ? from.orElse(all.high()) : all.high())),
            item -> item.text(Indexes.RUNS_SORT),
            onward);
    var page = new PageOf<MergedRanges.Entry>(request);
    for (var next = entries.next(); next.isPresent() && !page.done(); next = entries.next()) {
      String position = next.get().position();
      page.saw(position);
      if (!from.equals(Optional.of(position))) {
        page.add(next.get(), position);
      }
    }
    Page<MergedRanges.Entry> found = page.page();
    Map<Key, Item> items =
        table.getAll(found.items().stream().map(it -> it.item().key()).toList(), true);
    return new Page<>(
        found.items().stream()
            .filter(it -> items.containsKey(it.item().key()))
            .map(it -> read(environment, source(it), items.get(it.item().key())))
            .filter(it -> it.about().equals(Optional.of(user)))
            .toList(),
        found.next());
  }

  /** The index sorts by the event's id, behind which the source's key stands. */
  private static String source(MergedRanges.Entry entry) {
    return entry.position().substring(entry.item().text(Item.SK).length());
  }

  @Override
  public void delete(SourceEvent event) {
    table.deleteIf(
        IncomingKeys.event(event.environment(), event.source(), event.id()), Condition.NONE);
  }

  private Item item(SourceEvent event) {
    Item item = plain(event);
    event
        .about()
        .ifPresent(
            user ->
                item.text(Indexes.RUNS_PARTITION, IncomingKeys.eventsOf(event.environment(), user))
                    .text(Indexes.RUNS_SORT, event.id() + event.source()));
    return item;
  }

  private Item plain(SourceEvent event) {
    return Item.at(IncomingKeys.event(event.environment(), event.source(), event.id()))
        .number(Item.REVISION, event.revision() + 1)
        .number(Item.TTL, retention.end(event.receivedAt()).getEpochSecond())
        .bytes(Item.BODY, CompressedJson.pack(SourceEventDocument.write(event)));
  }

  private static SourceEvent read(EnvironmentId environment, String source, Item item) {
    return SourceEventDocument.read(
        environment,
        source,
        item.text(Item.SK),
        item.number(Item.REVISION),
        CompressedJson.unpackObject(item.bytes(Item.BODY)));
  }
}
