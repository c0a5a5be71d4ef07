package dev.carillon.authoring;

import dev.carillon.change.Origin;
import dev.carillon.content.AnnounceCommits;
import dev.carillon.content.Author;
import dev.carillon.content.Commit;
import dev.carillon.content.CommitId;
import dev.carillon.content.Commits;
import dev.carillon.content.Commits.Serving;
import dev.carillon.content.ContentHead;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Lets contents serve. Up to {@value Commits#MOST} of them do at the same instant; more do in
 * parts, each whole and none before what it uses: partials and layouts before workflows. Who dies
 * in between leaves the rest as it was, and doing it again goes on with it. Each part is announced
 * before it is made.
 */
public final class Committing {
  private final Commits commits;
  private final AnnounceCommits announce;

  public Committing(Commits commits, AnnounceCommits announce) {
    this.commits = commits;
    this.announce = announce;
  }

  /**
   * One content that is to serve.
   *
   * @param head how it stood when this was decided
   * @param content what is to serve
   * @param promoted the commit it is carried up from
   * @param message why
   */
  public record Wanted(
      ContentHead head, Json.Obj content, Optional<CommitId> promoted, Optional<String> message) {}

  /**
   * What came of it.
   *
   * @param made the commits, in the order in which they were made
   * @param stopped why the others were not made; empty when all were
   */
  public record Result(List<Commit> made, Optional<Commits.Outcome> stopped) {
    public Result {
      made = List.copyOf(made);
    }
  }

  /**
   * Safe to repeat: what was done meanwhile is {@link Commits.Outcome#CHANGED}.
   *
   * @param action what the record of changes calls it
   */
  public Result commit(
      EnvironmentId environment, List<Wanted> all, Author author, Origin origin, String action) {
    List<Serving> servings =
        all.stream()
            .sorted(Comparator.comparing(it -> it.head().id().type()))
            .map(it -> serving(it, author, origin, action))
            .toList();
    var made = new ArrayList<Commit>();
    for (int from = 0; from < servings.size(); from += Commits.MOST) {
      var part = servings.subList(from, Math.min(servings.size(), from + Commits.MOST));
      announce.announce(environment, part.stream().map(Serving::commit).toList());
      Commits.Outcome outcome = commits.commit(environment, part);
      if (outcome != Commits.Outcome.DONE) {
        return new Result(made, Optional.of(outcome));
      }
      part.forEach(it -> made.add(it.commit()));
    }
    return new Result(made, Optional.empty());
  }

  private static Serving serving(Wanted wanted, Author author, Origin origin, String action) {
    ContentHead head = wanted.head();
    VersionId version = WorkflowReader.version(wanted.content());
    // The revision makes it another commit when the content was committed in this very millisecond.
    var id = CommitId.of(origin.at(), origin.request() + " " + head.revision(), head.id());
    var commit =
        new Commit(
            id,
            head.id(),
            version,
            head.committed(),
            author,
            wanted.message(),
            origin.at(),
            wanted.promoted());
    return new Serving(
        commit,
        head,
        wanted.content(),
        origin.change(
            action,
            head.id().toString(),
            head.committed().map(VersionId::toString).orElse(""),
            version.toString()));
  }
}
