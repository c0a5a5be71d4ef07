package dev.carillon.storage.dynamo.message;

import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Retention;
import dev.carillon.feed.ItemState;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.ContentCodec;
import dev.carillon.message.EngagementCounts;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.Messages;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.storage.dynamo.ChunkedDocuments;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.HourIndex;
import dev.carillon.storage.dynamo.Indexes;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Transaction;
import dev.carillon.storage.dynamo.outgoing.DynamoEngagementTotals;
import dev.carillon.storage.dynamo.run.RunStateDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Messages in the table. What a message says lies in its item while both together are one write
 * unit until it is delivered, otherwise in an item of its own. The position of a message in a list
 * is its id.
 */
public final class DynamoMessages implements Messages {
  private static final int CONTENT_INSIDE = 350_000;

  /**
   * Bytes of a new item with its content: up to here it is one write unit of 1,024 with an attempt,
   * its answer and the events of a mail that is delivered, which take some 110 (tested), or more
   * where the answer is longer.
   */
  private static final int TOGETHER = 850;

  /** What the item of a message loses that is shown in a feed no longer. */
  private static final List<String> IN_FEED =
      List.of(
          Indexes.FEED_PARTITION,
          Indexes.FEED_SORT,
          Indexes.MESSAGE,
          Indexes.WORKFLOW,
          Indexes.AT,
          Indexes.TENANT,
          Indexes.CATEGORIES,
          Indexes.DATA);

  /** How long after the second in its id a message may be made: a task that was tried for long. */
  private static final Duration LATEST = Duration.ofDays(1);

  private static final int COUNTING_TRIES = 8;
  private static final Duration COUNTING_PAUSE = Duration.ofMillis(10);

  private final DynamoTable table;
  private final Retention retention;
  private final HourIndex hours;
  private final ChunkedDocuments blobs;
  private final ContentDictionaries dictionaries;

  public DynamoMessages(DynamoTable table, Retention retention) {
    this.table = table;
    this.retention = retention;
    this.hours = new HourIndex(table, "MSG");
    this.blobs = new ChunkedDocuments(table);
    this.dictionaries = new ContentDictionaries(table);
  }

  @Override
  public boolean create(Message message, MessageContent content, Optional<Content> specimen) {
    hours.note(message.environment(), message.id().time());
    byte[] document = document(message.environment(), content, specimen);
    Item item = item(message).bytes(Item.CONTENT, document);
    if (item.size() > TOGETHER) {
      putApart(message, document);
      item.without(Item.CONTENT);
    }
    return create(message, item);
  }

  private byte[] document(
      EnvironmentId environment, MessageContent content, Optional<Content> specimen) {
    Json.Obj said =
        new DocumentFields()
            .put("r", ContentCodec.write(content.content()))
            .put("s", shownOtherwise(content), it -> it)
            .put("d", content.data())
            .put("b", content.batch(), RunStateDocument::collected)
            .json();
    return specimen
        .map(like -> dictionaries.pack(environment, said, ContentCodec.write(like)))
        .orElseGet(() -> CompressedJson.pack(said));
  }

  private void putApart(Message message, byte[] document) {
    Key key = MessageKeys.content(message.environment(), message.id());
    Item head = Item.at(key);
    OptionalLong end = end(message);
    end.ifPresent(ttl -> head.number(Item.TTL, ttl));
    blobs.write(head, document, CONTENT_INSIDE, key.sort(), end);
    // Of two that make the same message at once, the content of either is the same decision's.
    table.putIf(head, Condition.NEW);
  }

  private boolean create(Message message, Item item) {
    EngagementCounts counts = EngagementCounts.ofMade(message);
    return counts.equals(EngagementCounts.NONE)
        ? table.putIf(item, Condition.NEW)
        : createCounted(message, item, counts);
  }

  /** Somebody who adds to the same totals at that moment is no reason not to make it. */
  private boolean createCounted(Message message, Item item, EngagementCounts counts) {
    for (int attempt = 1; attempt <= COUNTING_TRIES; attempt++) {
      Optional<Transaction.Refusal> refusal =
          DynamoEngagementTotals.add(table.transaction().put(item, Condition.NEW), message, counts)
              .commit();
      if (refusal.isEmpty()) {
        return true;
      }
      if (refusal.get().failed(0)) {
        return false;
      }
      DynamoTable.pause(COUNTING_PAUSE.multipliedBy(attempt));
    }
    throw new IllegalStateException("The totals of message " + message.id() + " keep changing");
  }

  /** An item in the message's place, which has no body. */
  @Override
  public boolean keepOut(EnvironmentId environment, MessageId id, Instant now) {
    Key key = MessageKeys.message(environment, id);
    Item out = Item.at(key).number(Item.TTL, retention.end(now).getEpochSecond());
    return table.putIf(out, Condition.NEW)
        || table.get(key).filter(it -> !it.has(Item.BODY)).isPresent();
  }

  @Override
  public boolean save(Message message) {
    return message.revision() > 0
        && table.overlayIf(item(message), IN_FEED, Condition.revision(message.revision()));
  }

  @Override
  public boolean save(Message message, EngagementCounts counts) {
    return message.revision() > 0
        && DynamoEngagementTotals.add(
                table
                    .transaction()
                    .overlay(item(message), IN_FEED, Condition.revision(message.revision())),
                message,
                counts)
            .commit()
            .isEmpty();
  }

  /** The content last: a message whose deletion was begun is not shown without it. */
  @Override
  public void delete(EnvironmentId environment, MessageId id) {
    table.deleteIf(MessageKeys.message(environment, id), Condition.THERE);
    table.get(MessageKeys.content(environment, id)).ifPresent(blobs::delete);
  }

  private Item item(Message message) {
    Item item =
        Item.at(MessageKeys.message(message.environment(), message.id()))
            .number(Item.REVISION, message.revision() + 1)
            .bytes(Item.BODY, CompressedJson.pack(MessageDocument.write(message)));
    end(message).ifPresent(ttl -> item.number(Item.TTL, ttl));
    if (message.isInFeed()) {
      index(message, item);
    }
    return item;
  }

  private static void index(Message message, Item item) {
    String state = FeedState.letters(ItemState.of(message.engagement().keySet()));
    item.text(
            Indexes.FEED_PARTITION,
            MessageKeys.feed(message.environment(), message.recipient().id(), message.channel()))
        .text(Indexes.FEED_SORT, state + "#" + FeedState.position(message.shownAt(), message.id()))
        .text(Indexes.MESSAGE, message.id().value())
        .text(Indexes.WORKFLOW, message.source().workflow().value())
        .bytes(Indexes.AT, CompressedJson.pack(DocumentFields.time(message.shownAt())));
    message.tenant().ifPresent(tenant -> item.text(Indexes.TENANT, tenant.value()));
    if (!message.source().categories().isEmpty()) {
      item.bytes(
          Indexes.CATEGORIES, CompressedJson.pack(Json.texts(message.source().categories())));
    }
    if (!message.flatData().fields().isEmpty()) {
      item.bytes(Indexes.DATA, CompressedJson.pack(message.flatData()));
    }
  }

  /** Feeds keep their items. */
  private OptionalLong end(Message message) {
    return message.channelType() == ChannelType.IN_APP_FEED
        ? OptionalLong.empty()
        : OptionalLong.of(retention.end(message.insertedAt()).getEpochSecond());
  }

  @Override
  public Optional<Message> find(EnvironmentId environment, MessageId id) {
    return table.get(MessageKeys.message(environment, id)).flatMap(item -> read(environment, item));
  }

  @Override
  public Optional<Glimpse> glimpse(EnvironmentId environment, MessageId id) {
    return Optional.ofNullable(withContents(environment, List.of(id), false).get(id));
  }

  @Override
  public Map<MessageId, Message> findAll(EnvironmentId environment, List<MessageId> ids) {
    var found = new LinkedHashMap<MessageId, Message>();
    Map<MessageId, Item> items = items(environment, ids, MessageKeys::message, true);
    items.forEach((id, item) -> read(environment, item).ifPresent(it -> found.put(id, it)));
    return found;
  }

  @Override
  public Map<MessageId, Glimpse> withContents(EnvironmentId environment, List<MessageId> ids) {
    return withContents(environment, ids, true);
  }

  private Map<MessageId, Glimpse> withContents(
      EnvironmentId environment, List<MessageId> ids, boolean consistent) {
    Map<MessageId, Item> items = items(environment, ids, MessageKeys::message, consistent);
    Map<MessageId, MessageContent> contents = contents(environment, items, consistent);
    var found = new LinkedHashMap<MessageId, Glimpse>();
    items.forEach(
        (id, item) ->
            read(environment, item)
                .map(message -> new Glimpse(message, Optional.ofNullable(contents.get(id))))
                .ifPresent(it -> found.put(id, it)));
    return found;
  }

  @Override
  public Optional<MessageContent> content(EnvironmentId environment, MessageId id) {
    return Optional.ofNullable(contents(environment, List.of(id)).get(id));
  }

  @Override
  public Map<MessageId, MessageContent> contents(EnvironmentId environment, List<MessageId> ids) {
    return contents(environment, items(environment, ids, MessageKeys::message, true), true);
  }

  /** What the messages of these items say, read from where it lies apart, and only then. */
  private Map<MessageId, MessageContent> contents(
      EnvironmentId environment, Map<MessageId, Item> items, boolean consistent) {
    List<MessageId> apart =
        items.entrySet().stream()
            .filter(it -> it.getValue().has(Item.BODY) && !it.getValue().has(Item.CONTENT))
            .map(Map.Entry::getKey)
            .toList();
    Map<MessageId, Item> heads =
        apart.isEmpty() ? Map.of() : items(environment, apart, MessageKeys::content, consistent);
    var contents = new LinkedHashMap<MessageId, MessageContent>();
    items.forEach(
        (id, item) ->
            item.findBytes(Item.CONTENT)
                .or(() -> Optional.ofNullable(heads.get(id)).map(blobs::read))
                .ifPresent(document -> contents.put(id, content(environment, document))));
    return contents;
  }

  /** In the order of the ids. */
  private Map<MessageId, Item> items(
      EnvironmentId environment,
      List<MessageId> ids,
      BiFunction<EnvironmentId, MessageId, Key> key,
      boolean consistent) {
    Map<Key, Item> items =
        table.getAll(ids.stream().map(id -> key.apply(environment, id)).toList(), consistent);
    var found = new LinkedHashMap<MessageId, Item>();
    for (MessageId id : ids) {
      Optional.ofNullable(items.get(key.apply(environment, id))).ifPresent(it -> found.put(id, it));
    }
    return found;
  }

  /** What is shown is nearly always all that was rendered, and then not stored twice. */
  private static Optional<Json.Obj> shownOtherwise(MessageContent content) {
    return Optional.of(content.shown())
        .filter(shown -> !shown.equals(content.content()))
        .map(ContentCodec::write);
  }

  private MessageContent content(EnvironmentId environment, byte[] packed) {
    Json.Obj document = dictionaries.unpack(environment, packed);
    Content rendered = ContentCodec.read(document.object("r"));
    return new MessageContent(
        rendered,
        document.get("s").map(DocumentFields::object).map(ContentCodec::read).orElse(rendered),
        document.object("d"),
        document.get("b").map(DocumentFields::object).map(RunStateDocument::collected));
  }

  @Override
  public Page<Message> newestFirst(
      EnvironmentId environment, TimeRange range, Predicate<Message> wanted, PageRequest page) {
    Instant start =
        range.start().equals(Instant.EPOCH) ? Instant.EPOCH : range.start().minus(LATEST);
    return hours.newestFirst(
        environment,
        start,
        range.end(),
        page,
        position -> Ksuid.isValid(position) ? Optional.of(Ksuid.time(position)) : Optional.empty(),
        item ->
            read(environment, item)
                .filter(message -> range.contains(message.insertedAt()))
                .filter(wanted));
  }

  /** Empty for what stands in the place of a message that was kept out. */
  private static Optional<Message> read(EnvironmentId environment, Item item) {
    return item.has(Item.BODY)
        ? Optional.of(
            MessageDocument.read(
                environment,
                new MessageId(item.text(Item.SK)),
                item.number(Item.REVISION),
                CompressedJson.unpackObject(item.bytes(Item.BODY))))
        : Optional.empty();
  }
}
