package dev.carillon.memory.message;

import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.feed.FeedCounts;
import dev.carillon.feed.FeedQuery;
import dev.carillon.feed.FeedQuery.Status;
import dev.carillon.feed.Feeds;
import dev.carillon.memory.NewestFirst;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Feeds in memory, found in {@link InMemoryMessages} as they were a while ago: an index lags behind
 * its table, and anybody who relies on it must bear that.
 */
public final class InMemoryFeeds implements Feeds {

  private record Key(EnvironmentId environment, MessageId id) {}

  private record Version(Instant from, Message message) {}

  private final Map<Key, Deque<Version>> index = new LinkedHashMap<>();
  private final InstantSource clock;
  private final Duration lag;

  /** Feeds that do not lag. Make them before the first message is stored. */
  public InMemoryFeeds(InMemoryMessages messages) {
    this(messages, InstantSource.fixed(Instant.EPOCH), Duration.ZERO);
  }

  /**
   * Make them before the first message is stored.
   *
   * @param lag how long after it was stored a change shows
   */
  public InMemoryFeeds(InMemoryMessages messages, InstantSource clock, Duration lag) {
    this.clock = clock;
    this.lag = lag;
    messages.observe(this::stored);
    messages.observeDeletions(this::deleted);
  }

  private synchronized void deleted(Message message) {
    index.remove(new Key(message.environment(), message.id()));
  }

  private synchronized void stored(Message message) {
    if (message.channelType() == ChannelType.IN_APP_FEED && message.recipient().isUser()) {
      index
          .computeIfAbsent(new Key(message.environment(), message.id()), _ -> new ArrayDeque<>())
          .addLast(new Version(clock.instant().plus(lag), message));
    }
  }

  @Override
  public Page<Entry> page(FeedQuery query, PageRequest page) {
    Page<Message> messages = NewestFirst.page(wanted(query), InMemoryFeeds::position, page);
    return new Page<>(
        messages.items().stream()
            .map(message -> new Entry(message.id(), position(message)))
            .toList(),
        messages.next());
  }

  @Override
  public int count(FeedQuery query) {
    return Math.min(MAX_COUNT, wanted(query).size());
  }

  @Override
  public FeedCounts counts(FeedQuery query) {
    return new FeedCounts(
        count(query),
        count(query.withStatus(Status.UNREAD)),
        count(query.withStatus(Status.UNSEEN)));
  }

  private synchronized List<Message> wanted(FeedQuery query) {
    return index.values().stream()
        .filter(this::shows)
        .map(versions -> versions.getFirst().message())
        .filter(message -> message.environment().equals(query.environment()))
        .filter(message -> message.recipient().id().equals(query.userId()))
        .filter(message -> message.channel().equals(query.channel()))
        .filter(query::wants)
        .toList();
  }

  /** Leaves the version that shows now in front; false when none does yet. */
  private boolean shows(Deque<Version> versions) {
    Instant now = clock.instant();
    while (versions.size() > 1 && !second(versions).from().isAfter(now)) {
      versions.removeFirst();
    }
    return !versions.getFirst().from().isAfter(now);
  }

  private static Version second(Deque<Version> versions) {
    var iterator = versions.iterator();
    iterator.next();
    return iterator.next();
  }

  private static String position(Message message) {
    return "%013d#%s".formatted(message.shownAt().toEpochMilli(), message.id());
  }
}
