package dev.carillon.event;

import dev.carillon.audience.Audiences.Member;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.Message;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.source.SourceEvent;
import dev.carillon.task.Tasks;
import dev.carillon.workflow.EventSources;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Tells what happened to all who subscribe to it; the publisher does not know who that is.
 *
 * <p>To be called after what happened is stored, and again by the caller who comes back after a
 * crash and finds it stored: the same happening has the same id, and a subscriber takes each id for
 * one event.
 */
public final class PublishEvents {
  private final List<EventSubscriber> subscribers;
  private final Tasks tasks;

  public PublishEvents(List<EventSubscriber> subscribers, Tasks tasks) {
    this.subscribers = List.copyOf(subscribers);
    this.tasks = tasks;
  }

  /** Publishes what the stored change of a message added to its timeline. */
  public void ofChange(Message before, Message after) {
    publish(after.environment(), after.recipient(), Events.ofChange(before, after));
  }

  /**
   * Publishes what is in the timeline of a stored message, perhaps again.
   *
   * @param types of the message's events, those to be published
   */
  public void ofMessage(Message message, Predicate<String> types) {
    publish(message.environment(), message.recipient(), Events.ofMessage(message, types));
  }

  /** As {@link #ofMessage}, of those events alone. */
  public void ofEvents(Message message, Predicate<Message.Event> wanted) {
    publish(message.environment(), message.recipient(), Events.ofEvents(message, wanted));
  }

  /**
   * Publishes that the recipient was updated, or, when the identification says nothing, that it was
   * named, by which it may have come to be known.
   *
   * @param cause what asked for it, as {@link dev.carillon.recipient.Recipients} was told
   */
  public void ofRecipient(
      EnvironmentId environment, RecipientId recipient, Identification said, String cause) {
    publish(environment, recipient, List.of(Events.ofRecipient(recipient, said, cause)));
  }

  /**
   * Publishes that the member came into an audience.
   *
   * @param stay tells this stay from another of the same member; of a static audience the time it
   *     was added, as it is stored
   */
  public void entered(EnvironmentId environment, String audience, Member member, String stay) {
    publish(
        environment,
        member.user(),
        List.of(Events.ofMember(audience, member, EventSources.entered(audience), stay)));
  }

  /**
   * Publishes that the member left an audience.
   *
   * @param stay as it came in
   */
  public void left(EnvironmentId environment, String audience, Member member, String stay) {
    publish(
        environment,
        member.user(),
        List.of(Events.ofMember(audience, member, EventSources.left(audience), stay)));
  }

  /** Publishes what came in by a source, if it names a user who may wait for it. */
  public void ofSource(SourceEvent event) {
    event
        .user()
        .ifPresent(
            user -> publish(event.environment(), user, List.of(Events.ofSource(event, user))));
  }

  /**
   * The tasks by which subscribers are told; for a caller that has other tasks to send with them.
   *
   * @param events all of that recipient
   * @return empty when nobody is to be told
   */
  public List<Tasks.Sending> tasksFor(
      EnvironmentId environment, RecipientId recipient, List<Happening> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    var sendings = new ArrayList<Tasks.Sending>();
    for (EventSubscriber subscriber : subscribers) {
      sendings.addAll(subscriber.tasksFor(environment, recipient, events));
    }
    return List.copyOf(sendings);
  }

  private void publish(EnvironmentId environment, RecipientId recipient, List<Happening> events) {
    List<Tasks.Sending> sendings = tasksFor(environment, recipient, events);
    if (!sendings.isEmpty()) {
      tasks.send(sendings);
    }
  }
}
