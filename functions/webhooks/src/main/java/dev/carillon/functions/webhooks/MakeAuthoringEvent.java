package dev.carillon.functions.webhooks;

import dev.carillon.change.Change;
import dev.carillon.change.Changes;
import dev.carillon.content.Commits;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.Contents;
import dev.carillon.edge.view.AuthoredView;
import dev.carillon.edge.view.SourceActionView;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentList;
import dev.carillon.json.Json;
import dev.carillon.source.ActionMapping;
import dev.carillon.source.Source;
import dev.carillon.source.Sources;
import dev.carillon.task.WebhooksTask.Subject;
import dev.carillon.webhook.Committable;
import dev.carillon.webhook.WebhookEvent;
import dev.carillon.webhook.WebhookEvents;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.util.Optional;

/**
 * Makes the events that endpoints hear of what authors did. Each is told of before it is done, so
 * it is empty as long as what proves it is not stored.
 */
final class MakeAuthoringEvent {
  private final Commits commits;
  private final Changes changes;
  private final Contents contents;
  private final Sources sources;
  private final EnvironmentList environments;
  private final AuthoredView view;

  MakeAuthoringEvent(
      Commits commits,
      Changes changes,
      Contents contents,
      Sources sources,
      EnvironmentList environments,
      AuthoredView view) {
    this.commits = commits;
    this.changes = changes;
    this.contents = contents;
    this.sources = sources;
    this.environments = environments;
    this.view = view;
  }

  /** With what the commit let serve as its entity, whatever was saved or committed since. */
  Optional<WebhookEvent> make(EnvironmentId environment, Subject.OfCommit of) {
    return commits
        .find(environment, of.commit())
        .flatMap(
            commit ->
                Committable.of(commit.content().type())
                    .map(
                        what ->
                            WebhookEvents.ofChange(
                                environment,
                                what,
                                commit.content().key(),
                                Optional.of(commit.id().toString()),
                                commit.id().toString(),
                                commit.at(),
                                // What is committed was found to be valid.
                                shown(
                                    environment,
                                    head(environment, commit.content()).committed(commit),
                                    commit.version()))));
  }

  /**
   * With what was saved as its entity, whatever was saved since; not whether it is valid, which
   * depends on what it uses.
   */
  Optional<WebhookEvent> make(EnvironmentId environment, Subject.OfSave of) {
    return changes
        .find(environment, of.change())
        .flatMap(
            change ->
                Committable.of(of.content().type())
                    .map(
                        what ->
                            WebhookEvents.ofChange(
                                environment,
                                what,
                                of.content().key(),
                                Optional.empty(),
                                change.id().toString(),
                                change.origin().at(),
                                shown(environment, saved(environment, of, change), of.version())
                                    .without("valid"))));
  }

  private ContentHead saved(EnvironmentId environment, Subject.OfSave of, Change change) {
    return head(environment, of.content()).saved(of.version(), change.origin().at());
  }

  private ContentHead head(EnvironmentId environment, ContentId content) {
    return contents.find(environment, content).orElseThrow(() -> lacks(content, "its head"));
  }

  private Json.Obj shown(EnvironmentId environment, ContentHead head, VersionId version) {
    Json.Obj content =
        contents
            .version(environment, head.id(), version)
            .orElseThrow(() -> lacks(head.id(), version.toString()));
    return view.of(entry(environment, head.id()), head, version, content, true);
  }

  private EnvironmentEntry entry(EnvironmentId environment, Object of) {
    return environments.all().stream()
        .filter(it -> it.id().equals(environment))
        .findFirst()
        .orElseThrow(() -> lacks(of, "its environment"));
  }

  private static IllegalStateException lacks(Object of, String what) {
    return new IllegalStateException(of + " lacks " + what);
  }

  /** One that was changed once more since is told of as that change. */
  Optional<WebhookEvent> make(EnvironmentId environment, Subject.OfSourceAction of) {
    return sources
        .find(environment, of.source())
        .flatMap(source -> mapping(source, of).map(mapping -> ofAction(source, mapping, of)));
  }

  private static Optional<ActionMapping> mapping(Source source, Subject.OfSourceAction of) {
    return Optional.of(source.mappings())
        .filter(it -> of.index() < it.size())
        .map(it -> it.get(of.index()))
        .filter(it -> it.updatedAt().equals(of.at()));
  }

  /** With the mapping as it is by now, if it still starts what was committed. */
  Optional<WebhookEvent> make(EnvironmentId environment, Subject.OfActionCommit of) {
    return commits
        .find(environment, of.commit())
        .flatMap(
            commit ->
                sources
                    .find(environment, of.source())
                    .filter(source -> of.index() < source.mappings().size())
                    .filter(
                        source -> source.mappings().get(of.index()).starts(commit.content().key()))
                    .map(
                        source ->
                            WebhookEvents.ofActionCommit(
                                environment,
                                new WorkflowKey(commit.content().key()),
                                place(source, of.index()),
                                commit.id().toString(),
                                commit.at(),
                                shown(source, source.mappings().get(of.index())))));
  }

  private WebhookEvent ofAction(Source source, ActionMapping mapping, Subject.OfSourceAction of) {
    return WebhookEvents.ofChange(
        source.environment(),
        Committable.SOURCE_EVENT_ACTION,
        place(source, of.index()),
        Optional.empty(),
        of.at().toString(),
        of.at(),
        shown(source, mapping));
  }

  private static String place(Source source, int index) {
    return source.key() + " " + index;
  }

  private Json.Obj shown(Source source, ActionMapping mapping) {
    return SourceActionView.of(mapping)
        .with("source", source.key())
        .with("environment", entry(source.environment(), source.key()).slug());
  }
}
