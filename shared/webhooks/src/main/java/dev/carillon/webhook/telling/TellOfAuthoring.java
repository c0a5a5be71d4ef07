package dev.carillon.webhook.telling;

import dev.carillon.change.ChangeId;
import dev.carillon.content.AnnounceCommits;
import dev.carillon.content.AnnounceSaves;
import dev.carillon.content.Commit;
import dev.carillon.content.ContentId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.source.ActionMapping;
import dev.carillon.source.AnnounceActions;
import dev.carillon.source.Source;
import dev.carillon.task.Tasks;
import dev.carillon.task.WebhooksTask;
import dev.carillon.webhook.Committable;
import dev.carillon.webhook.WebhookEndpoints;
import dev.carillon.webhook.WebhookSubject;
import dev.carillon.webhook.telling.Offers.Told;
import dev.carillon.workflow.VersionId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tells the endpoints of an environment of what its authors do: a task for each save, commit and
 * changed action of a source, and for each endpoint, sent before it is stored, which looks for it
 * until it is. A branch has no endpoints.
 */
public final class TellOfAuthoring implements AnnounceCommits, AnnounceSaves, AnnounceActions {
  private final WebhookEndpoints endpoints;
  private final Tasks tasks;
  private final InstantSource clock;

  public TellOfAuthoring(WebhookEndpoints endpoints, Tasks tasks, InstantSource clock) {
    this.endpoints = endpoints;
    this.tasks = tasks;
    this.clock = clock;
  }

  @Override
  public void announce(EnvironmentId environment, List<Commit> commits) {
    tell(environment, commits.stream().flatMap(TellOfAuthoring::told).toList());
  }

  private static Stream<Told> told(Commit commit) {
    return Committable.of(commit.content().type()).stream()
        .map(
            what ->
                new Told(
                    what.committed(),
                    what.subject(commit.content().key()),
                    new WebhooksTask.Subject.OfCommit(commit.id())));
  }

  @Override
  public void announce(
      EnvironmentId environment, ContentId content, VersionId version, ChangeId change) {
    Optional<Told> told =
        Committable.of(content.type())
            .map(
                what ->
                    new Told(
                        what.updated(),
                        what.subject(content.key()),
                        new WebhooksTask.Subject.OfSave(content, version, change)));
    tell(environment, told.stream().toList());
  }

  @Override
  public void announce(Source source, Instant at) {
    List<ActionMapping> mappings = source.mappings();
    tell(
        source.environment(),
        IntStream.range(0, mappings.size())
            .filter(index -> mappings.get(index).updatedAt().equals(at))
            .mapToObj(
                index ->
                    new Told(
                        Committable.SOURCE_EVENT_ACTION.updated(),
                        WebhookSubject.NONE,
                        new WebhooksTask.Subject.OfSourceAction(source.key(), index, at)))
            .toList());
  }

  private void tell(EnvironmentId environment, List<Told> told) {
    if (told.isEmpty()) {
      return;
    }
    List<Tasks.Sending> owed =
        Offers.to(endpoints.hearing(environment), environment, told, clock.instant());
    if (!owed.isEmpty()) {
      tasks.send(owed);
    }
  }
}
