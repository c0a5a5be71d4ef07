package dev.carillon.functions.management.commits;

import dev.carillon.authoring.Committing;
import dev.carillon.authoring.Committing.Wanted;
import dev.carillon.authoring.ContentChecks;
import dev.carillon.authoring.ContentProblem;
import dev.carillon.content.Branch;
import dev.carillon.content.Commit;
import dev.carillon.content.CommitId;
import dev.carillon.content.Commits;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.Contents;
import dev.carillon.edge.ApiException;
import dev.carillon.edge.ErrorCode;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.functions.management.content.ContentLibrary;
import dev.carillon.functions.management.content.GatherTexts;
import dev.carillon.json.Json;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds what is to serve by a commit, a promotion or a revert, checks it, and lets it serve. */
final class ServeContent {
  private final Contents contents;
  private final Commits commits;
  private final Workflows workflows;
  private final ContentLibrary library;
  private final GatherTexts texts;
  private final Committing committing;

  ServeContent(
      Contents contents,
      Commits commits,
      Workflows workflows,
      ContentLibrary library,
      Committing committing) {
    this.contents = contents;
    this.commits = commits;
    this.workflows = workflows;
    this.library = library;
    this.texts = new GatherTexts(contents);
    this.committing = committing;
  }

  /**
   * Lets drafts serve.
   *
   * @param chosen which contents; all that have a draft, unless {@code empty}
   * @param empty whether those without a draft are committed again as they are
   */
  void commit(
      ManagementCall call, Predicate<ContentId> chosen, Optional<String> message, boolean empty) {
    Map<ContentHead, VersionId> changes = new LinkedHashMap<>();
    for (ContentHead head : heads(call.of(contents), call.id())) {
      var version = empty ? head.latest() : head.draft();
      if (version.isPresent() && chosen.test(head.id())) {
        changes.put(head, version.get());
      }
    }
    var part = AtOnce.of(changes);
    var sources = contents(call, part.versions());
    List<Wanted> wanted =
        part.heads().stream()
            .map(head -> new Wanted(head, sources.get(head.id()), Optional.empty(), message))
            .toList();
    ContentChecks checks = check(call, call.id(), wanted);
    made(call, call.id(), texts.among(call, wanted, checks.partials()), "committed");
    part.refuseRest();
  }

  /** Lets everything that serves in one environment serve in another. */
  void promote(ManagementCall call, EnvironmentEntry from, EnvironmentEntry to) {
    carry(call.at(from, Optional.empty()), call, to.id(), _ -> true, "promoted");
  }

  /**
   * Lets what was committed on a branch serve in its environment.
   *
   * @throws ApiException when something serves there by now that neither the branch began with nor
   *     came from it: nothing is done, so that no work of others is undone unseen
   */
  void merge(ManagementCall call, Branch branch) {
    carry(
        call,
        call,
        branch.of(),
        head -> !head.committed().equals(base(branch, head.id())),
        "merged");
  }

  /**
   * Lets what serves at one place serve at another as well.
   *
   * @param from where it serves
   * @param chosen which of it, by how it stands there
   */
  private void carry(
      ManagementCall from,
      ManagementCall call,
      EnvironmentId to,
      Predicate<ContentHead> chosen,
      String action) {
    Map<ContentId, ContentHead> there = byId(heads(contents, to));
    Map<ContentHead, VersionId> changes = new LinkedHashMap<>();
    Map<ContentId, CommitId> sources = new LinkedHashMap<>();
    for (ContentHead head : heads(contents, from.id())) {
      ContentHead before =
          there.getOrDefault(head.id(), ContentHead.none(head.id(), call.origin().at()));
      if (head.committed().isPresent()
          && chosen.test(head)
          && !before.archived()
          && !before.committed().equals(head.committed())) {
        changes.put(before, head.committed().get());
        head.commit().ifPresent(id -> sources.put(head.id(), id));
      }
    }
    withoutArchived(changes, from.environment().id());
    withoutArchived(changes, to);
    from.branch().ifPresent(branch -> refuseOvertaken(overtaken(branch, changes.keySet())));
    var part = AtOnce.of(changes);
    var commits = this.commits.find(from.id(), Set.copyOf(sources.values()));
    var texts = contents(from, part.versions());
    serve(
        call,
        to,
        part.heads().stream()
            .map(
                head -> {
                  Optional<CommitId> source = Optional.ofNullable(sources.get(head.id()));
                  return new Wanted(
                      head,
                      texts.get(head.id()),
                      source,
                      source
                          .flatMap(id -> Optional.ofNullable(commits.get(id)))
                          .flatMap(Commit::message));
                })
            .toList(),
        action);
    part.refuseRest();
  }

  private List<ContentId> overtaken(Branch branch, Set<ContentHead> changes) {
    return changes.stream()
        .filter(there -> isOvertaken(branch, there))
        .map(ContentHead::id)
        .toList();
  }

  private void withoutArchived(Map<ContentHead, VersionId> changes, EnvironmentId environment) {
    Set<WorkflowKey> keys =
        changes.keySet().stream()
            .filter(head -> head.id().type() == ContentType.WORKFLOW)
            .map(head -> new WorkflowKey(head.id().key()))
            .collect(Collectors.toSet());
    Set<WorkflowKey> archived = workflows.retired(environment, keys);
    changes
        .keySet()
        .removeIf(
            head ->
                head.id().type() == ContentType.WORKFLOW
                    && archived.contains(new WorkflowKey(head.id().key())));
  }

  private static Map<ContentId, ContentHead> byId(List<ContentHead> heads) {
    return heads.stream().collect(Collectors.toMap(ContentHead::id, head -> head));
  }

  private static Optional<VersionId> base(Branch branch, ContentId id) {
    return Optional.ofNullable(branch.base().get(id));
  }

  /**
   * Whether others let something serve since the branch began; what it merged itself is its own.
   */
  private boolean isOvertaken(Branch branch, ContentHead there) {
    return !there.committed().equals(base(branch, there.id()))
        && there
            .commit()
            .flatMap(it -> commits.find(branch.of(), it))
            .flatMap(Commit::promoted)
            .flatMap(it -> commits.find(branch.id(), it))
            .isEmpty();
  }

  private static void refuseOvertaken(List<ContentId> overtaken) {
    if (!overtaken.isEmpty()) {
      throw new ApiException(
          ErrorCode.CONTENT_CHANGED,
          overtaken.stream()
              .map(
                  id ->
                      new ApiException.Field(
                          id.toString(),
                          "was committed beside the branch too; rebase the branch to keep what it"
                              + " has"))
              .toList());
    }
  }

  /** Lets what one commit let serve, where the call is about, serve in another environment. */
  Optional<Commit> promote(ManagementCall call, Commit commit, EnvironmentEntry to) {
    ContentHead there = head(call, to.id(), commit.content());
    if (there.committed().equals(Optional.of(commit.version()))) {
      return there.commit().flatMap(id -> commits.find(to.id(), id));
    }
    call.branch()
        .filter(branch -> isOvertaken(branch, there))
        .ifPresent(_ -> refuseOvertaken(List.of(commit.content())));
    var wanted =
        new Wanted(
            there,
            content(call, commit.content(), commit.version()),
            Optional.of(commit.id()),
            commit.message());
    return serve(call, to.id(), List.of(wanted), "promoted").stream().findFirst();
  }

  /** Lets serve what served before that commit. */
  Commit revert(ManagementCall call, Commit commit) {
    VersionId before =
        commit
            .before()
            .orElseThrow(
                () ->
                    ErrorCode.INVALID_PARAMS.at(
                        "id", "is the first commit of its content: nothing served before it"));
    ContentHead head =
        call.of(contents)
            .find(call.id(), commit.content())
            .orElseThrow(() -> new IllegalStateException(commit.content() + " is gone"));
    if (head.committed().equals(Optional.of(before))) {
      throw ErrorCode.INVALID_PARAMS.at("id", "is reverted already");
    }
    var wanted =
        new Wanted(
            head,
            content(call, commit.content(), before),
            Optional.empty(),
            Optional.of("Revert " + commit.id()));
    return serve(call, call.id(), List.of(wanted), "reverted").getFirst();
  }

  private List<Commit> serve(
      ManagementCall call, EnvironmentId in, List<Wanted> wanted, String action) {
    check(call, in, wanted);
    return made(call, in, wanted, action);
  }

  private List<Commit> made(
      ManagementCall call, EnvironmentId in, List<Wanted> wanted, String action) {
    var result = committing.commit(in, wanted, call.author(), call.origin(), action);
    result
        .stopped()
        .ifPresent(
            outcome -> {
              throw switch (outcome) {
                case ARCHIVED -> ErrorCode.ARCHIVED.refused();
                case CHANGED, DONE -> ErrorCode.CONTENT_CHANGED.refused();
              };
            });
    return result.made();
  }

  /** A workflow serves only with all that it uses. */
  private ContentChecks check(ManagementCall call, EnvironmentId in, List<Wanted> wanted) {
    Map<ContentId, Json.Obj> parts = new LinkedHashMap<>();
    for (Wanted one : wanted) {
      switch (one.head().id().type()) {
        case PARTIAL, EMAIL_LAYOUT -> parts.put(one.head().id(), one.content());
        case TRANSLATION, MESSAGE_TYPE, AUDIENCE, WORKFLOW -> {}
      }
    }
    var checks = in.equals(call.id()) ? library.served(call, parts) : library.served(in, parts);
    var fields = new ArrayList<ApiException.Field>();
    for (Wanted one : wanted) {
      ContentId id = one.head().id();
      for (ContentProblem problem : problems(checks, id, one.content())) {
        fields.add(new ApiException.Field(id + ": " + problem.field(), problem.sentence()));
      }
    }
    if (!fields.isEmpty()) {
      throw new ApiException(ErrorCode.INVALID_PARAMS, fields);
    }
    return checks;
  }

  /** A layout is held again to what another environment calls a secret. */
  private static List<ContentProblem> problems(
      ContentChecks checks, ContentId id, Json.Obj content) {
    return switch (id.type()) {
      case WORKFLOW -> checks.problems(id, content);
      case EMAIL_LAYOUT -> checks.ownProblems(id, content);
      case PARTIAL, TRANSLATION, MESSAGE_TYPE, AUDIENCE -> List.of();
    };
  }

  private static List<ContentHead> heads(Contents written, EnvironmentId environment) {
    var all = new ArrayList<ContentHead>();
    for (ContentType type : ContentType.values()) {
      all.addAll(written.all(environment, type));
    }
    return all;
  }

  private ContentHead head(ManagementCall call, EnvironmentId environment, ContentId id) {
    return contents.find(environment, id).orElseGet(() -> ContentHead.none(id, call.origin().at()));
  }

  private Map<ContentId, Json.Obj> contents(
      ManagementCall call, Map<ContentId, VersionId> versions) {
    var found = call.of(contents).versions(call.id(), versions);
    versions.forEach(
        (id, version) -> {
          if (!found.containsKey(id)) {
            throw new IllegalStateException(id + " lacks " + version);
          }
        });
    return found;
  }

  Json.Obj content(ManagementCall call, ContentId id, VersionId version) {
    return call.of(contents)
        .version(call.id(), id, version)
        .orElseThrow(() -> new IllegalStateException(id + " lacks " + version));
  }
}
