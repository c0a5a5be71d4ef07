package dev.carillon.event;

import dev.carillon.audience.Audience;
import dev.carillon.audience.Audiences;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import dev.carillon.workflow.EventSources;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The dynamic audiences, whose conditions a user may have come to fit or fit no more: by what is
 * known of it now, or by a static audience that they ask about. Where there is none, this costs
 * nothing but to know it, for {@link Audiences#AGE} at a time.
 */
public final class TellAudiences implements EventSubscriber {
  private final Audiences audiences;

  public TellAudiences(Audiences audiences) {
    this.audiences = audiences;
  }

  @Override
  public List<Tasks.Sending> tasksFor(
      EnvironmentId environment, RecipientId recipient, List<Happening> happenings) {
    if (!recipient.isUser()) {
      return List.of();
    }
    return happenings.stream()
        .map(Happening::event)
        .filter(event -> concerns(environment, event))
        .map(event -> new FanoutTask.Settle(environment, recipient, event.id()))
        .map(task -> new Tasks.Sending(task, Duration.ZERO))
        .toList();
  }

  private boolean concerns(EnvironmentId environment, Event event) {
    if (event.source().equals(EventSources.UPDATED) || event.source().equals(EventSources.NAMED)) {
      return audiences.all(environment).values().stream()
          .anyMatch(Audience.Dynamic.class::isInstance);
    }
    return Events.audience(event)
        .filter(key -> isAskedAbout(key, audiences.all(environment)))
        .isPresent();
  }

  /** Of a dynamic one nobody need be told: who finds that a user came into it looks at them all. */
  private static boolean isAskedAbout(String key, Map<String, Audience> all) {
    return all.get(key) instanceof Audience.Static
        && all.values().stream()
            .anyMatch(it -> it instanceof Audience.Dynamic one && one.audiences().contains(key));
  }
}
