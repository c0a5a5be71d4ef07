package dev.carillon.event;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.task.StepsTask;
import dev.carillon.task.Tasks;
import dev.carillon.workflow.EventSources;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The runs of the recipient that wait for an event. Whether any does is one read. A run hears what
 * is told while it waits; one that begins to wait later may hear of it when it is told again.
 */
public final class WaitingRuns implements EventSubscriber {
  private final Listeners listeners;

  public WaitingRuns(Listeners listeners) {
    this.listeners = listeners;
  }

  @Override
  public List<Tasks.Sending> tasksFor(
      EnvironmentId environment, RecipientId recipient, List<Happening> happenings) {
    Set<String> sources =
        happenings.stream()
            .map(it -> it.event().source())
            .filter(it -> !it.equals(EventSources.NAMED))
            .collect(Collectors.toSet());
    if (sources.isEmpty()) {
      return List.of();
    }
    Set<String> awaited = listeners.awaited(environment, recipient, sources);
    return happenings.stream()
        .map(Happening::event)
        .filter(event -> awaited.contains(event.source()))
        .map(
            event ->
                new StepsTask.Match(
                    environment, event.id(), event.recipient(), event.source(), event.data()))
        .map(match -> new Tasks.Sending(match, Duration.ZERO))
        .toList();
  }
}
