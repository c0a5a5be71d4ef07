package dev.carillon.message;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The messages of an environment. */
public interface Messages {

  /**
   * Stores a new message, its content first, so that a message that exists has its content. A
   * tracked one that has been delivered already, as in a feed, is added to the totals.
   *
   * @param specimen a content that this one is much like, and that holds nothing of its recipient:
   *     it may be stored for good, so that contents are stored as what differs from it
   * @return false when a message with this id exists, which is then what counts, or when it was
   *     kept out; nothing is changed
   */
  boolean create(Message message, MessageContent content, Optional<Content> specimen);

  /** As {@link #create(Message, MessageContent, Optional)}, like nothing known. */
  default boolean create(Message message, MessageContent content) {
    return create(message, content, Optional.empty());
  }

  /**
   * From now on no message with this id can be made: {@link #create} answers false, and there is
   * none to find. Kept for as long as a message made at {@code now} would be. Safe to repeat.
   *
   * @return false when a message with this id exists: nothing is changed
   */
  boolean keepOut(EnvironmentId environment, MessageId id, Instant now);

  /** The message as last stored; empty when there is none or its retention is over. */
  Optional<Message> find(EnvironmentId environment, MessageId id);

  /**
   * The message as it stood lately, at half the price of {@link #find}; empty when there is none,
   * and perhaps when it was made within the last second or so. To be acted on only by a {@link
   * #save}, which fails where the look was out of date; who does nothing because of it must have
   * asked {@link #find}.
   */
  Optional<Glimpse> glimpse(EnvironmentId environment, MessageId id);

  /**
   * @param content what the message says, which never changes; empty when it was not seen yet
   */
  record Glimpse(Message message, Optional<MessageContent> content) {}

  /** Those of the ids that exist, at most 100 asked for at once; may lag behind what was stored. */
  Map<MessageId, Message> findAll(EnvironmentId environment, List<MessageId> ids);

  /**
   * As {@link #findAll}, with what they say: one read unit a message whose content is small, and
   * another for that of each other.
   */
  Map<MessageId, Glimpse> withContents(EnvironmentId environment, List<MessageId> ids);

  /** What the message says; empty when there is no such message. */
  Optional<MessageContent> content(EnvironmentId environment, MessageId id);

  /** The contents of those of the ids that exist, at most 100 asked for at once. */
  Map<MessageId, MessageContent> contents(EnvironmentId environment, List<MessageId> ids);

  /**
   * Stores the changed message if nobody stored it since it was read. The stored message then has
   * the next revision.
   *
   * @return false when somebody else was first; nothing is changed
   */
  boolean save(Message message);

  /**
   * As {@link #save(Message)}, and in the same write adds to the {@link EngagementTotals} of the
   * message's workflow, channel, version and day: both are stored or neither.
   *
   * @param counts not {@link EngagementCounts#NONE}
   * @return false when somebody else was first, or was adding to the same totals at that very
   *     moment; nothing is changed
   */
  boolean save(Message message, EngagementCounts counts);

  /**
   * Deletes the message and its content, whatever its revision by now; does nothing when there is
   * none. Safe to repeat. Feeds may show it for a second or two.
   */
  void delete(EnvironmentId environment, MessageId id);

  /**
   * The messages made within {@code range} that {@code wanted} holds for, newest first. A page may
   * hold fewer than asked for and still have a next one.
   */
  Page<Message> newestFirst(
      EnvironmentId environment, TimeRange range, Predicate<Message> wanted, PageRequest page);
}
