package dev.carillon.trigger;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.recipient.RecipientId;
import java.util.List;
import java.util.Optional;

/**
 * Whom triggers reach through subscriptions, page by page of subscribers, kept at least as long as
 * the triggers. Whom a trigger names itself is in the trigger.
 */
public interface FanoutPages {

  /** Somebody a trigger reaches because it is subscribed to an object. */
  record Reached(RecipientId recipient, RecipientId via) {}

  /**
   * A page of subscribers.
   *
   * @param reached at most 100
   * @param onward where the subscribers go on: nowhere, at one place, or at several, to be gone
   *     through beside each other
   */
  record NotedPage(List<Reached> reached, List<String> onward) {
    public NotedPage {
      reached = List.copyOf(reached);
      onward = List.copyOf(onward);
    }
  }

  /**
   * A page as it stands.
   *
   * @param page whom it holds, and where its subscribers go on
   * @param handedOver whether their runs have been handed to the queue
   */
  record Enrolled(NotedPage page, boolean handedOver) {}

  /**
   * Through which object each is reached: as given, unless another was claimed for the same
   * recipient before. Anybody who was first stays; safe to repeat.
   *
   * @return as many as were given, in their order
   */
  List<Reached> claim(EnvironmentId environment, TriggerId trigger, List<Reached> reached);

  /**
   * Notes a page before its runs are handed to the queue. What was noted first under a name stands,
   * so that a page that is done twice means the same recipients and the same next page, no matter
   * who subscribed or unsubscribed in between.
   *
   * @param name of the page within the trigger, 1 to 60 of {@code 0-9 .}
   * @return the page that stands
   */
  Enrolled enroll(EnvironmentId environment, TriggerId trigger, String name, NotedPage page);

  /** The page that stands under the name; empty when none was noted. */
  Optional<NotedPage> enrolled(EnvironmentId environment, TriggerId trigger, String name);

  /** Notes that the runs of the page have been handed to the queue. Safe to repeat. */
  void markHandedOver(EnvironmentId environment, TriggerId trigger, String name);

  /**
   * Notes that one of several pieces has been gone through. Of the last ones that end at once each
   * may be told that all have. Safe to repeat.
   *
   * @param name of what was split, as of a page
   * @param piece from 1 to {@code of}, at most 99
   * @param nested whether any object was found among subscribers so far; once yes, it stays yes
   * @return empty while any piece is not through; else whether any of them says nested
   */
  Optional<Boolean> endPiece(
      EnvironmentId environment, TriggerId trigger, String name, int piece, int of, boolean nested);

  /**
   * All that were noted so far, in the order of the names of their pages. Somebody reached through
   * several subscriptions may be listed several times, and has one run.
   *
   * @param cursor where the page before ended; empty for the first
   */
  Page<Reached> roster(EnvironmentId environment, TriggerId trigger, Optional<String> cursor);
}
