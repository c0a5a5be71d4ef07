package dev.carillon.storage.dynamo.message;

import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Retention;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.ContentCodec;
import dev.carillon.message.Engagement;
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
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Messages in the table: what changes in one small item, what they say in another. The position of
 * a message in a list is its id.
 */
public final class DynamoMessages implements Messages {
  private static final int CONTENT_INSIDE = 350_000;

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
    Key key = MessageKeys.content(message.environment(), message.id());
    hours.note(message.environment(), message.id().time());
    Item head = Item.at(key);
    OptionalLong end = end(message);
    end.ifPresent(ttl -> head.number(Item.TTL, ttl));
    Json.Obj said =
        new DocumentFields()
            .put("r", ContentCodec.write(content.content()))
            .put("s", shownOtherwise(content), it -> it)
            .put("d", content.data())
            .put("b", content.batch(), RunStateDocument::collected)
            .json();
    byte[] document =
        specimen
            .map(like -> dictionaries.pack(message.environment(), said, ContentCodec.write(like)))
            .orElseGet(() -> CompressedJson.pack(said));
    blobs.write(head, document, CONTENT_INSIDE, key.sort(), end);
    // Of two that make the same message at once, the content of either is the same decision's.
    table.putIf(head, Condition.NEW);
    EngagementCounts counts = EngagementCounts.ofMade(message);
    return counts.equals(EngagementCounts.NONE)
        ? table.putIf(item(message), Condition.NEW)
        : createCounted(message, counts);
  }

  /** Somebody who adds to the same totals at that moment is no reason not to make it. */
  private boolean createCounted(Message message, EngagementCounts counts) {
    for (int attempt = 1; attempt <= COUNTING_TRIES; attempt++) {
      Optional<Transaction.Refusal> refusal = stored(message, Condition.NEW, counts);
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

  private Optional<Transaction.Refusal> stored(
      Message message, Condition condition, EngagementCounts counts) {
    return DynamoEngagementTotals.add(
            table.transaction().put(item(message), condition), message, counts)
        .commit();
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
        && table.putIf(item(message), Condition.revision(message.revision()));
  }

  @Override
  public boolean save(Message message, EngagementCounts counts) {
    return message.revision() > 0
        && stored(message, Condition.revision(message.revision()), counts).isEmpty();
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
    var engagement = message.engagement();
    String state =
        FeedState.letters(
            engagement.containsKey(Engagement.ARCHIVED),
            engagement.containsKey(Engagement.SEEN),
            engagement.containsKey(Engagement.READ));
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
    Key content = MessageKeys.content(environment, id);
    Key key = MessageKeys.message(environment, id);
    Map<Key, Item> items = table.getAll(List.of(key, content), false);
    return Optional.ofNullable(items.get(key))
        .flatMap(item -> read(environment, item))
        .map(
            message ->
                new Glimpse(
                    message,
                    Optional.ofNullable(items.get(content)).map(it -> content(environment, it))));
  }

  @Override
  public Map<MessageId, Message> findAll(EnvironmentId environment, List<MessageId> ids) {
    return each(environment, ids, MessageKeys::message, item -> read(environment, item));
  }

  @Override
  public Optional<MessageContent> content(EnvironmentId environment, MessageId id) {
    return Optional.ofNullable(contents(environment, List.of(id)).get(id));
  }

  @Override
  public Map<MessageId, MessageContent> contents(EnvironmentId environment, List<MessageId> ids) {
    return each(
        environment, ids, MessageKeys::content, item -> Optional.of(content(environment, item)));
  }

  private <T> Map<MessageId, T> each(
      EnvironmentId environment,
      List<MessageId> ids,
      BiFunction<EnvironmentId, MessageId, Key> key,
      Function<Item, Optional<T>> read) {
    Map<Key, Item> items =
        table.getAll(ids.stream().map(id -> key.apply(environment, id)).toList(), true);
    var found = new LinkedHashMap<MessageId, T>();
    for (MessageId id : ids) {
      Optional.ofNullable(items.get(key.apply(environment, id)))
          .flatMap(read)
          .ifPresent(it -> found.put(id, it));
    }
    return found;
  }

  /** What is shown is nearly always all that was rendered, and then not stored twice. */
  private static Optional<Json.Obj> shownOtherwise(MessageContent content) {
    return Optional.of(content.shown())
        .filter(shown -> !shown.equals(content.content()))
        .map(ContentCodec::write);
  }

  private MessageContent content(EnvironmentId environment, Item head) {
    Json.Obj document = dictionaries.unpack(environment, blobs.read(head));
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
