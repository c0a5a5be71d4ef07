package dev.carillon.signal;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.Event;
import dev.carillon.event.Listeners;
import dev.carillon.message.Message;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.task.Task;
import dev.carillon.task.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

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
    int last = after.events().size();
    tell(
        after.environment(),
        after.recipient(),
        IntStream.range(before.events().size(), last)
            .mapToObj(index -> Events.ofMessage(after, index))
            .toList());
  }

  /**
   * Tells what is in the timeline of a stored message, perhaps again.
   *
   * @param types of the message's events, those to be told
   */
  public void ofMessage(Message message, Predicate<String> types) {
    tell(
        message.environment(),
        message.recipient(),
        IntStream.range(0, message.events().size())
            .filter(index -> types.test(message.events().get(index).type()))
            .mapToObj(index -> Events.ofMessage(message, index))
            .toList());
  }

  /**
   * Tells that the run {@code started} or {@code completed}.
   *
   * @param event which of the two
   */
  public void ofRun(Run run, String event) {
    tell(run.environment(), run.recipient(), List.of(Events.ofRun(run, event)));
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

  private void tell(EnvironmentId environment, RecipientId recipient, List<Event> events) {
    if (events.isEmpty()) {
      return;
    }
    Set<String> awaited = listeners.awaited(environment, recipient);
    List<Tasks.Sending> sendings =
        events.stream()
            .filter(event -> awaited.contains(event.source()))
            .map(event -> new Task.Signal(environment, event))
            .map(signal -> new Tasks.Sending(signal, Duration.ZERO))
            .toList();
    if (!sendings.isEmpty()) {
      tasks.send(sendings);
    }
  }
}
