package dev.carillon.functions.management.branches;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.change.Changes;
import dev.carillon.content.Branch;
import dev.carillon.content.Branches;
import dev.carillon.content.Commit;
import dev.carillon.content.Commits;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.Contents;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Times;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.management.call.EntryPages;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.json.Json;
import dev.carillon.page.PageRequest;
import dev.carillon.workflow.VersionId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes, lists, rebases and deletes branches of the first environment. What is written on one is a
 * call about content that names it, and merging it a promotion.
 */
final class BranchCalls {
  private static final Access READ = management(ManagementScope.READ);
  private static final Access WRITE = management(ManagementScope.WRITE);
  private static final String ONE = "/v1/branches/{branch_slug}";
  private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
  private static final int CREATED = 201;

  static final List<Operation<BranchCalls>> OPERATIONS =
      List.of(
          byCaller(HttpMethod.GET, "/v1/branches", READ, BranchCalls::list),
          byCaller(HttpMethod.GET, ONE, READ, BranchCalls::show),
          byCaller(HttpMethod.POST, ONE, WRITE, BranchCalls::create),
          byCaller(HttpMethod.DELETE, ONE, WRITE, BranchCalls::delete),
          byCaller(HttpMethod.PUT, ONE + "/rebase", WRITE, BranchCalls::rebase));

  private final ManagementCall.Reader calls;
  private final Branches branches;
  private final Contents contents;
  private final Commits commits;
  private final Changes changes;

  BranchCalls(
      ManagementCall.Reader calls,
      Branches branches,
      Contents contents,
      Commits commits,
      Changes changes) {
    this.calls = calls;
    this.branches = branches;
    this.contents = contents;
    this.commits = commits;
    this.changes = changes;
  }

  private record Seen(Branch branch, Optional<Instant> lastCommit) {

    /** Those that were committed to last come first. */
    String position() {
      Instant latest = lastCommit.orElse(branch.createdAt());
      return "%019d %s".formatted(Long.MAX_VALUE - latest.toEpochMilli(), branch.slug());
    }
  }

  HttpResponse list(HttpRequest request, Caller caller) {
    var call = call(request, caller, EntryPages.PARAMETERS);
    var all =
        branches.all(call.id()).stream()
            .map(this::seen)
            .sorted(Comparator.comparing(Seen::position))
            .toList();
    return EntryPages.of(
        all,
        call.query(),
        request.cursors(call.id(), "branches"),
        Seen::position,
        BranchCalls::view);
  }

  HttpResponse show(HttpRequest request, Caller caller) {
    var call = call(request, caller, Set.of());
    return HttpResponse.ok(view(seen(branch(call))));
  }

  HttpResponse create(HttpRequest request, Caller caller) {
    var call = call(request, caller, Set.of());
    String slug = request.pathParameter("branch_slug");
    if (!SLUG.matcher(slug).matches()) {
      throw ErrorCode.INVALID_PARAMS.at("branch_slug", "must be 1 to 64 of a-z 0-9 _ -");
    }
    if (calls.environments().before(call.environment()).isPresent()) {
      throw ErrorCode.INVALID_PARAMS.at(
          "environment", "must be the first one: branches are where content is written");
    }
    List<Branch> all = branches.all(call.id());
    if (all.stream().anyMatch(it -> it.slug().equals(slug))) {
      throw taken();
    }
    if (all.size() >= Branches.MOST) {
      throw ErrorCode.INVALID_PARAMS.at(
          "environment", "has " + Branches.MOST + " branches, which is the most; delete one");
    }
    Instant now = call.origin().at();
    var branch = new Branch(call.id(), slug, now, now, serving(call.id()), 0);
    record(call, "branched", slug);
    if (!branches.save(branch)) {
      throw taken();
    }
    return HttpResponse.of(CREATED, view(new Seen(branch, Optional.empty())));
  }

  private static RuntimeException taken() {
    return ErrorCode.INVALID_PARAMS.at("branch_slug", "is the slug of a branch already");
  }

  HttpResponse delete(HttpRequest request, Caller caller) {
    var call = call(request, caller, Set.of());
    Branch branch = branch(call);
    record(call, "deleted", branch.slug());
    if (!branches.delete(branch)) {
      throw ErrorCode.CONTENT_CHANGED.refused();
    }
    return HttpResponse.noContent();
  }

  /**
   * Puts what was committed on the branch on top of what serves now: where both changed a content,
   * it keeps that of the branch.
   */
  HttpResponse rebase(HttpRequest request, Caller caller) {
    var call = call(request, caller, Set.of());
    Branch branch = branch(call).rebased(serving(call.id()), call.origin().at());
    record(call, "rebased", branch.slug());
    if (!branches.save(branch)) {
      throw ErrorCode.CONTENT_CHANGED.refused();
    }
    return HttpResponse.ok(view(seen(branch)));
  }

  private ManagementCall call(HttpRequest request, Caller caller, Set<String> heeded) {
    return calls.readWhole(request, caller, heeded);
  }

  private Branch branch(ManagementCall call) {
    return branches
        .find(call.id(), call.request().pathParameter("branch_slug"))
        .orElseThrow(ErrorCode.BRANCH_MISSING::refused);
  }

  private void record(ManagementCall call, String action, String slug) {
    changes.record(call.id(), call.origin().change(action, "branch/" + slug, "", ""));
  }

  private Map<ContentId, VersionId> serving(EnvironmentId environment) {
    var serving = new HashMap<ContentId, VersionId>();
    for (ContentType type : ContentType.values()) {
      for (ContentHead head :
          type.isBranched() ? contents.all(environment, type) : List.<ContentHead>of()) {
        head.committed().ifPresent(version -> serving.put(head.id(), version));
      }
    }
    return serving;
  }

  private Seen seen(Branch branch) {
    var newest = new PageRequest(Optional.empty(), Optional.empty(), 1);
    return new Seen(
        branch, commits.page(branch.id(), newest).items().stream().findFirst().map(Commit::at));
  }

  private static Json.Obj view(Seen seen) {
    return Json.object()
        .with("slug", seen.branch().slug())
        .with("created_at", Times.of(seen.branch().createdAt()))
        .with("updated_at", Times.of(seen.branch().updatedAt()))
        .with("last_commit_at", Times.of(seen.lastCommit()))
        .with("deleted_at", Json.NULL);
  }
}
