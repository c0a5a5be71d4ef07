package dev.carillon.memory.message;

import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.NewestFirst;
import dev.carillon.memory.RetentionClock;
import dev.carillon.message.Content;
import dev.carillon.message.EngagementCounts;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.Messages;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Messages in memory. The position of a message in a list is its id. */
public final class InMemoryMessages implements Messages {

  private record Key(EnvironmentId environment, MessageId id) {}

  private final Map<Key, Message> messages = new LinkedHashMap<>();
  private final Map<Key, Message> before = new LinkedHashMap<>();
  private final Map<Key, MessageContent> contents = new LinkedHashMap<>();
  private final Set<Key> keptOut = new HashSet<>();
  private final List<Consumer<Message>> observers = new CopyOnWriteArrayList<>();
  private final List<Consumer<Message>> deletions = new CopyOnWriteArrayList<>();
  private final List<BiConsumer<Message, EngagementCounts>> counters = new CopyOnWriteArrayList<>();
  private final RetentionClock retention;

  /** Keeps every message for ever. */
  public InMemoryMessages() {
    retention = RetentionClock.FOREVER;
  }

  /** Messages of feeds are kept for ever all the same. */
  public InMemoryMessages(InstantSource clock, Duration retention) {
    this.retention = new RetentionClock(clock, retention);
  }

  /** From now on, tells of each message that is stored, before anybody can read it. */
  void observe(Consumer<Message> observer) {
    observers.add(observer);
  }

  /** From now on, tells of what is to be added to the totals. */
  public void observeCounts(BiConsumer<Message, EngagementCounts> counter) {
    counters.add(counter);
  }

  /** From now on, tells of each message that is deleted, as it was last. */
  void observeDeletions(Consumer<Message> observer) {
    deletions.add(observer);
  }

  @Override
  public synchronized boolean create(
      Message message, MessageContent content, Optional<Content> specimen) {
    var key = new Key(message.environment(), message.id());
    if (messages.containsKey(key) || keptOut.contains(key)) {
      return false;
    }
    contents.put(key, content);
    put(key, message.stored());
    count(message, EngagementCounts.ofMade(message));
    return true;
  }

  @Override
  public synchronized boolean keepOut(EnvironmentId environment, MessageId id, Instant now) {
    var key = new Key(environment, id);
    if (messages.containsKey(key)) {
      return false;
    }
    keptOut.add(key);
    return true;
  }

  @Override
  public synchronized boolean save(Message message) {
    var key = new Key(message.environment(), message.id());
    Message before = messages.get(key);
    if (before == null || before.revision() != message.revision()) {
      return false;
    }
    put(key, message.stored());
    return true;
  }

  @Override
  public synchronized boolean save(Message message, EngagementCounts counts) {
    if (!save(message)) {
      return false;
    }
    count(message, counts);
    return true;
  }

  private void count(Message message, EngagementCounts counts) {
    if (!counts.equals(EngagementCounts.NONE)) {
      counters.forEach(counter -> counter.accept(message, counts));
    }
  }

  @Override
  public synchronized void delete(EnvironmentId environment, MessageId id) {
    var key = new Key(environment, id);
    Message deleted = messages.remove(key);
    contents.remove(key);
    before.remove(key);
    if (deleted != null) {
      deletions.forEach(observer -> observer.accept(deleted));
    }
  }

  private void put(Key key, Message message) {
    observers.forEach(observer -> observer.accept(message));
    Message replaced = messages.put(key, message);
    if (replaced != null) {
      before.put(key, replaced);
    }
  }

  @Override
  public synchronized Optional<Message> find(EnvironmentId environment, MessageId id) {
    return Optional.ofNullable(messages.get(new Key(environment, id))).filter(this::kept);
  }

  /** A look is as late as it may be: it shows what stood before the last change. */
  @Override
  public synchronized Optional<Glimpse> glimpse(EnvironmentId environment, MessageId id) {
    var key = new Key(environment, id);
    return Optional.ofNullable(before.getOrDefault(key, messages.get(key)))
        .filter(this::kept)
        .map(message -> new Glimpse(message, Optional.ofNullable(contents.get(key))));
  }

  @Override
  public synchronized Map<MessageId, Message> findAll(
      EnvironmentId environment, List<MessageId> ids) {
    var found = new LinkedHashMap<MessageId, Message>();
    ids.forEach(id -> find(environment, id).ifPresent(message -> found.put(id, message)));
    return found;
  }

  @Override
  public synchronized Map<MessageId, Glimpse> withContents(
      EnvironmentId environment, List<MessageId> ids) {
    var found = new LinkedHashMap<MessageId, Glimpse>();
    findAll(environment, ids)
        .forEach((id, message) -> found.put(id, new Glimpse(message, content(environment, id))));
    return found;
  }

  @Override
  public synchronized Optional<MessageContent> content(EnvironmentId environment, MessageId id) {
    return find(environment, id).map(_ -> contents.get(new Key(environment, id)));
  }

  @Override
  public synchronized Map<MessageId, MessageContent> contents(
      EnvironmentId environment, List<MessageId> ids) {
    var found = new LinkedHashMap<MessageId, MessageContent>();
    ids.forEach(id -> content(environment, id).ifPresent(content -> found.put(id, content)));
    return found;
  }

  @Override
  public Page<Message> newestFirst(
      EnvironmentId environment, TimeRange range, Predicate<Message> wanted, PageRequest page) {
    List<Message> all = snapshot();
    return NewestFirst.page(
        all.stream()
            .filter(message -> message.environment().equals(environment))
            .filter(message -> range.contains(message.insertedAt()))
            .filter(wanted)
            .toList(),
        message -> message.id().value(),
        page);
  }

  private synchronized List<Message> snapshot() {
    return messages.values().stream().filter(this::kept).toList();
  }

  private boolean kept(Message message) {
    return message.channelType() == ChannelType.IN_APP_FEED
        || !retention.over(message.insertedAt());
  }
}
