package dev.carillon.functions.webhooks;

import dev.carillon.content.Commit;
import dev.carillon.content.CommitId;
import dev.carillon.content.Commits;
import dev.carillon.content.ContentHead;
import dev.carillon.content.Contents;
import dev.carillon.edge.view.AuthoredView;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentList;
import dev.carillon.json.Json;
import dev.carillon.webhook.Committable;
import dev.carillon.webhook.WebhookEvent;
import dev.carillon.webhook.WebhookEvents;
import java.util.Optional;

/** Makes the event that endpoints hear of a commit, with what serves since as its entity. */
final class MakeCommitEvent {
  private final Commits commits;
  private final Contents contents;
  private final EnvironmentList environments;
  private final AuthoredView view;

  MakeCommitEvent(
      Commits commits, Contents contents, EnvironmentList environments, AuthoredView view) {
    this.commits = commits;
    this.contents = contents;
    this.environments = environments;
    this.view = view;
  }

  /** The event; empty while the commit is not made: it is told of before. */
  Optional<WebhookEvent> make(EnvironmentId environment, CommitId id) {
    return commits
        .find(environment, id)
        .flatMap(
            commit ->
                Committable.of(commit.content().type())
                    .map(
                        what ->
                            WebhookEvents.ofChange(
                                environment,
                                what,
                                commit.content().key(),
                                Optional.of(id.toString()),
                                id.toString(),
                                commit.at(),
                                shown(environment, commit))));
  }

  /** What the commit let serve, whatever was saved or committed since. */
  private Json.Obj shown(EnvironmentId environment, Commit commit) {
    EnvironmentEntry entry =
        environments.all().stream()
            .filter(it -> it.id().equals(environment))
            .findFirst()
            .orElseThrow(() -> lacks(commit, "its environment"));
    ContentHead head =
        contents
            .find(environment, commit.content())
            .orElseThrow(() -> lacks(commit, "its content"));
    Json.Obj content =
        contents
            .version(environment, commit.content(), commit.version())
            .orElseThrow(() -> lacks(commit, "its version"));
    // What is committed was found to be valid.
    return view.of(entry, head.committed(commit), commit.version(), content, true);
  }

  private static IllegalStateException lacks(Commit commit, String what) {
    return new IllegalStateException("Commit " + commit.id() + " lacks " + what);
  }
}
