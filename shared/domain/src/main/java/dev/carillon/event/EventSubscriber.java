package dev.carillon.event;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.task.Tasks;
import java.util.List;

/** Somebody who hears of events: waiting runs, webhooks, sockets. */
@FunctionalInterface
public interface EventSubscriber {

  /**
   * The tasks by which the subscriber is told. Asked once the events are stored, perhaps again for
   * what it was told of before: the same event has the same id.
   *
   * @param happenings all of that recipient; at least one
   * @return empty when none of them concerns the subscriber
   */
  List<Tasks.Sending> tasksFor(
      EnvironmentId environment, RecipientId recipient, List<Happening> happenings);
}
