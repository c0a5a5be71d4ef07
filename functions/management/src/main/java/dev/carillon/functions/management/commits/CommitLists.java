package dev.carillon.functions.management.commits;

import dev.carillon.content.Branch;
import dev.carillon.content.Branches;
import dev.carillon.content.Commit;
import dev.carillon.content.CommitId;
import dev.carillon.content.Commits;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.Contents;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentList;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds commits, and says which of them were promoted. */
final class CommitLists {
  /**
   * How many short pages make up one; who filters hard gets a short page and goes on from there.
   */
  private static final int ROUNDS = 10;

  private final EnvironmentList environments;
  private final Branches branches;
  private final Contents contents;
  private final Commits commits;

  CommitLists(EnvironmentList environments, Branches branches, Contents contents, Commits commits) {
    this.environments = environments;
    this.branches = branches;
    this.contents = contents;
    this.commits = commits;
  }

  /**
   * A commit, and where it is.
   *
   * @param branch the branch of that environment that it is on, if it is on one
   */
  record Placed(Commit commit, EnvironmentEntry environment, Optional<Branch> branch) {

    /** In the environment itself. */
    Placed(Commit commit, EnvironmentEntry environment) {
      this(commit, environment, Optional.empty());
    }
  }

  /** The commit, in whatever environment it is or on whatever branch. */
  Optional<Placed> find(CommitId id) {
    for (EnvironmentEntry environment : environments.all()) {
      var found = commits.find(environment.id(), id);
      if (found.isPresent()) {
        return Optional.of(new Placed(found.get(), environment));
      }
    }
    for (EnvironmentEntry environment : environments.all()) {
      for (Branch branch : branches.all(environment.id())) {
        var found = commits.find(branch.id(), id);
        if (found.isPresent()) {
          return Optional.of(new Placed(found.get(), environment, Optional.of(branch)));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * A page of those that fit.
   *
   * @param content the one whose commits are wanted; empty for those of all
   */
  Page<Commit> page(
      EnvironmentId environment,
      Optional<ContentId> content,
      Predicate<Commit> fits,
      PageRequest request) {
    var items = new ArrayList<Commit>();
    var asked = request;
    for (int round = 0; round < ROUNDS; round++) {
      PageRequest next = asked;
      Page<Commit> page =
          content
              .map(id -> commits.page(environment, id, next))
              .orElseGet(() -> commits.page(environment, next));
      page.items().stream().filter(fits).forEach(items::add);
      if (page.next().isEmpty() || request.before().isPresent() || items.size() >= request.size()) {
        return cut(items, page.next(), request.size());
      }
      asked = new PageRequest(page.next(), Optional.empty(), request.size());
    }
    return new Page<>(items, asked.after());
  }

  private static Page<Commit> cut(List<Commit> items, Optional<String> next, int size) {
    if (items.size() <= size) {
      return new Page<>(items, next);
    }
    var page = items.subList(0, size);
    return new Page<>(page, Optional.of(page.getLast().id().toString()));
  }

  /**
   * Whether a commit of where the call is about, or a later one of the same content, was promoted;
   * from a branch that is a merge.
   */
  Predicate<Commit> promoted(ManagementCall call) {
    Optional<EnvironmentEntry> next =
        call.branch().isPresent()
            ? Optional.of(call.environment())
            : environments.after(call.environment());
    Map<ContentId, Optional<CommitId>> latest = new HashMap<>();
    return commit ->
        next.isPresent()
            && latest
                .computeIfAbsent(commit.content(), id -> carriedUp(next.get().id(), id))
                .filter(id -> id.toString().compareTo(commit.id().toString()) >= 0)
                .isPresent();
  }

  private Optional<CommitId> carriedUp(EnvironmentId environment, ContentId id) {
    return contents
        .find(environment, id)
        .flatMap(ContentHead::commit)
        .flatMap(commit -> commits.find(environment, commit))
        .flatMap(Commit::promoted);
  }
}
