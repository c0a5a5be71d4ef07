package dev.carillon.functions.feeds;

import dev.carillon.feed.FeedCounts;
import dev.carillon.feed.FeedQuery;
import dev.carillon.feed.Feeds;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.Messages;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One page of a feed with its counts. Reading changes nothing: seen is what a client says it is.
 */
final class ReadFeed {
  /** How many short pages make up one before the client is given a cursor to go on from. */
  private static final int ROUNDS = 10;

  private final Feeds feeds;
  private final Messages messages;

  ReadFeed(Feeds feeds, Messages messages) {
    this.feeds = feeds;
    this.messages = messages;
  }

  /**
   * An item with the data its templates were given.
   *
   * @param position where it stands in the feed
   */
  record Item(Message message, MessageContent content, String position) {}

  FeedCounts counts(FeedQuery query) {
    return feeds.counts(query);
  }

  /** Newest first; filled while there is more, for a client takes an empty page for the end. */
  Page<Item> page(FeedQuery query, PageRequest wanted) {
    var page = feeds.page(query, wanted);
    var items = new ArrayList<>(items(query, page.items()));
    // What follows a page before a position is what the client has already.
    for (int round = 1; wanted.before().isEmpty() && round < ROUNDS; round++) {
      if (page.next().isEmpty() || items.size() >= wanted.size()) {
        break;
      }
      page =
          feeds.page(
              query, new PageRequest(page.next(), Optional.empty(), wanted.size() - items.size()));
      items.addAll(items(query, page.items()));
    }
    return new Page<>(items, page.next());
  }

  private static Item item(Messages.Glimpse found, String position) {
    return new Item(found.message(), found.content().orElse(MessageContent.NOTHING), position);
  }

  /** The entries' messages; those that changed since the index was written are judged anew. */
  private List<Item> items(FeedQuery query, List<Feeds.Entry> entries) {
    var ids = entries.stream().map(Feeds.Entry::message).toList();
    if (ids.isEmpty()) {
      return List.of();
    }
    var found = messages.withContents(query.environment(), ids);
    return entries.stream()
        .filter(entry -> found.containsKey(entry.message()))
        .filter(entry -> query.wants(found.get(entry.message()).message()))
        .map(entry -> item(found.get(entry.message()), entry.position()))
        .toList();
  }
}
