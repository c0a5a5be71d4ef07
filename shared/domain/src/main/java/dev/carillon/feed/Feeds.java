package dev.carillon.feed;

import dev.carillon.message.MessageId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;

/**
 * The in-app feeds: messages found by user, channel and state. What is counted is counted anew each
 * time, never kept, so a badge cannot drift; it may lag by a second or two behind the last change.
 */
public interface Feeds {

  /** How far a count is exact; anybody who has more is told this number. */
  int MAX_COUNT = 1_000;

  /**
   * One item of a page.
   *
   * @param position what a {@link PageRequest} may name to go on from here
   */
  record Entry(MessageId message, String position) {}

  /** The wanted items, newest first. */
  Page<Entry> page(FeedQuery query, PageRequest page);

  /** How many items are wanted, at most {@link #MAX_COUNT}. */
  int count(FeedQuery query);

  /**
   * How many items are wanted, and how many of the same are unread and unseen, as three counts
   * would say. No item is read for more than one of these.
   */
  FeedCounts counts(FeedQuery query);
}
