package dev.carillon.event;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.EngagementCounts;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.message.Messages;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Changes a stored message and publishes what the change added to its timeline: the one way in
 * which delivery, callbacks and calls of the API do. The change is one write, conditional on the
 * revision that was read; it is published after it. A worker that died in between is made up for by
 * the next one, which finds the change made and publishes it again.
 */
public final class ChangeMessage {
  /**
   * Each round one writer wins, so this many writers of one message at once can all succeed;
   * delivery and callbacks are two of them.
   */
  static final int TRIES = 24;

  private final Messages messages;
  private final PublishEvents publish;

  public ChangeMessage(Messages messages, PublishEvents publish) {
    this.messages = messages;
    this.publish = publish;
  }

  /** What came of a change. */
  public sealed interface Result {
    /**
     * It is stored.
     *
     * @param tries how many it took, from 1
     */
    record Saved(Message message, int tries) implements Result {}

    /** There was nothing to change: the message stands there already. */
    record Unchanged(Message message) implements Result {}

    record Missing() implements Result {}

    /** Others kept changing it; nothing is stored. */
    record Contended() implements Result {}
  }

  /**
   * Applies the change to the message as it stands, anew when somebody else changed it meanwhile.
   *
   * @param change gives the very same message where there is nothing to change
   */
  public Result change(EnvironmentId environment, MessageId id, UnaryOperator<Message> change) {
    for (int tries = 1; tries <= TRIES; tries++) {
      Optional<Message> found = messages.find(environment, id);
      if (found.isEmpty()) {
        return new Result.Missing();
      }
      Message before = found.get();
      Message after = change.apply(before);
      if (after == before) {
        return new Result.Unchanged(before);
      }
      if (save(before, after)) {
        return new Result.Saved(after, tries);
      }
    }
    return new Result.Contended();
  }

  /**
   * Applies the change to the message as the caller knows it, or to what others have made of it
   * meanwhile.
   *
   * @throws IllegalStateException when it is gone or others keep changing it
   */
  public Message change(Message known, UnaryOperator<Message> change) {
    Message changed = change.apply(known);
    if (save(known, changed)) {
      return changed;
    }
    return switch (change(known.environment(), known.id(), change)) {
      case Result.Saved(var message, _) -> message;
      case Result.Unchanged(var message) -> message;
      case Result.Missing() ->
          throw new IllegalStateException("Message " + known.id() + " is gone");
      case Result.Contended() ->
          throw new IllegalStateException("Message " + known.id() + " keeps changing");
    };
  }

  /**
   * Stores the change and publishes it.
   *
   * @param after with the revision of {@code before}
   * @return false when somebody else changed the message first; nothing is stored or published then
   */
  public boolean save(Message before, Message after) {
    EngagementCounts counts = EngagementCounts.ofChange(before, after);
    boolean saved =
        counts.equals(EngagementCounts.NONE) ? messages.save(after) : messages.save(after, counts);
    if (!saved) {
      return false;
    }
    publish.ofChange(before, after);
    return true;
  }

  /**
   * Publishes what is in the timeline already: a worker may have died between storing and
   * publishing it.
   *
   * @param types of the message's events, those to be published
   */
  public void publishAgain(Message message, Predicate<String> types) {
    publish.ofMessage(message, types);
  }

  /** As {@link #publishAgain}, of those events alone. */
  public void publishEventsAgain(Message message, Predicate<Message.Event> wanted) {
    publish.ofEvents(message, wanted);
  }
}
