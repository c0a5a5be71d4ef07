package dev.carillon.webhook.telling;

import dev.carillon.change.ChangeId;
import dev.carillon.content.AnnounceCommits;
import dev.carillon.content.AnnounceSaves;
import dev.carillon.content.Commit;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.source.ActionMapping;
import dev.carillon.source.AnnounceActions;
import dev.carillon.source.Source;
import dev.carillon.source.Sources;
import dev.carillon.task.Tasks;
import dev.carillon.task.WebhooksTask;
import dev.carillon.webhook.Committable;
import dev.carillon.webhook.WebhookEndpoints;
import dev.carillon.webhook.WebhookHearing;
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
  private final Sources sources;
  private final Tasks tasks;
  private final InstantSource clock;

  public TellOfAuthoring(
      WebhookEndpoints endpoints, Sources sources, Tasks tasks, InstantSource clock) {
    this.endpoints = endpoints;
    this.sources = sources;
    this.tasks = tasks;
    this.clock = clock;
  }

  @Override
  public void announce(EnvironmentId environment, List<Commit> commits) {
    List<WebhookHearing> hearing = endpoints.hearing(environment);
    tell(
        environment,
        hearing,
        Stream.concat(
                commits.stream().flatMap(TellOfAuthoring::told),
                toldOfActions(environment, hearing, commits))
            .toList());
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

  /** The sources are read only where somebody hears of what their events do. */
  private Stream<Told> toldOfActions(
      EnvironmentId environment, List<WebhookHearing> hearing, List<Commit> commits) {
    List<Commit> workflows =
        commits.stream().filter(it -> it.content().type() == ContentType.WORKFLOW).toList();
    boolean heard = hearing.stream().anyMatch(TellOfAuthoring::hearsOfActions);
    if (workflows.isEmpty() || !heard) {
      return Stream.empty();
    }
    List<Source> all = sources.all(environment);
    return workflows.stream()
        .flatMap(commit -> all.stream().flatMap(source -> toldOfActions(source, commit)));
  }

  private static boolean hearsOfActions(WebhookHearing hearing) {
    return hearing.keepsLog()
        && hearing.filter().types().contains(Committable.SOURCE_EVENT_ACTION.committed());
  }

  private static Stream<Told> toldOfActions(Source source, Commit commit) {
    String workflow = commit.content().key();
    return IntStream.range(0, source.mappings().size())
        .filter(index -> source.mappings().get(index).starts(workflow))
        .mapToObj(
            index ->
                new Told(
                    Committable.SOURCE_EVENT_ACTION.committed(),
                    Committable.WORKFLOW.subject(workflow),
                    new WebhooksTask.Subject.OfActionCommit(commit.id(), source.key(), index)));
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
    if (!told.isEmpty()) {
      tell(environment, endpoints.hearing(environment), told);
    }
  }

  private void tell(EnvironmentId environment, List<WebhookHearing> hearing, List<Told> told) {
    List<Tasks.Sending> owed = Offers.to(hearing, environment, told, clock.instant());
    if (!owed.isEmpty()) {
      tasks.send(owed);
    }
  }
}
