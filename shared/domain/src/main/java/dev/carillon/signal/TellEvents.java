package dev.carillon.signal;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.Event;
import dev.carillon.event.Listeners;
import dev.carillon.message.Message;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.task.StepsTask;
import dev.carillon.task.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells what happened to those runs of the recipient that wait for it; nothing is sent when none
 * does, which one read says.
 *
 * <p>To be told after what happened is stored, and again by whoever comes back after a crash and
 * finds it stored: the same happening has the same id, and a run takes each id for one event. What
 * is told is heard by whoever waits at that moment; a run that begins to wait later may hear of it
 * when it is told again.
 */
public final class TellEvents {
  private final Listeners listeners;
  private final Tasks tasks;

  public TellEvents(Listeners listeners, Tasks tasks) {
    this.listeners = listeners;
    this.tasks = tasks;
  }

  /** Tells what the stored change of a message added to its timeline. */
  public void ofChange(Message before, Message after) {
    tell(after.environment(), after.recipient(), Events.ofChange(before, after));
  }

  /**
   * Tells what is in the timeline of a stored message, perhaps again.
   *
   * @param types of the message's events, those to be told
   */
  public void ofMessage(Message message, Predicate<String> types) {
    tell(message.environment(), message.recipient(), Events.ofMessage(message, types));
  }

  /**
   * Tells that the recipient was updated; nothing when the identification says nothing.
   *
   * @param cause what asked for it, as {@link dev.carillon.recipient.Recipients} was told
   */
  public void ofRecipient(
      EnvironmentId environment, RecipientId recipient, Identification said, String cause) {
    if (!said.equals(Identification.NOTHING)) {
      tell(environment, recipient, List.of(Events.ofRecipient(recipient, said, cause)));
    }
  }

  /**
   * What is to be sent so that those who wait now hear of the events; for who has other tasks to
   * send with it.
   *
   * @param events all of that recipient
   * @return empty when nobody waits for any of them
   */
  public List<Tasks.Sending> signals(
      EnvironmentId environment, RecipientId recipient, List<Event> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    Set<String> awaited = listeners.awaited(environment, recipient);
    return events.stream()
        .filter(event -> awaited.contains(event.source()))
        .map(event -> new StepsTask.Match(environment, event))
        .map(signal -> new Tasks.Sending(signal, Duration.ZERO))
        .toList();
  }

  private void tell(EnvironmentId environment, RecipientId recipient, List<Event> events) {
    List<Tasks.Sending> signals = signals(environment, recipient, events);
    if (!signals.isEmpty()) {
      tasks.send(signals);
    }
  }
}
