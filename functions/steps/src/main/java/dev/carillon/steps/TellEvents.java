package dev.carillon.steps;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.Event;
import dev.carillon.event.Listeners;
import dev.carillon.task.Task;
import dev.carillon.task.Tasks;

/** Tells an event to whoever waits for it; nothing is sent when nobody does. */
final class TellEvents {
  private final Listeners listeners;
  private final Tasks tasks;

  TellEvents(Listeners listeners, Tasks tasks) {
    this.listeners = listeners;
    this.tasks = tasks;
  }

  void tell(EnvironmentId environment, Event event) {
    if (!listeners.of(environment, event.recipient(), event.source()).isEmpty()) {
      tasks.send(new Task.Signal(environment, event));
    }
  }
}
