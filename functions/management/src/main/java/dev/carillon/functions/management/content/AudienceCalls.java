package dev.carillon.functions.management.content;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.content.Commits;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.Contents;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.json.Json;
import dev.carillon.runtime.ReconsiderAudiences;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be done to audiences and to no other content. */
final class AudienceCalls {
  static final List<Operation<AudienceCalls>> OPERATIONS =
      List.of(
          byCaller(
              HttpMethod.DELETE,
              "/v1/audiences/{key}",
              management(ManagementScope.COMMIT),
              AudienceCalls::archive));

  private final ManagementCall.Reader calls;
  private final Contents contents;
  private final Commits commits;
  private final ReconsiderAudiences reconsider;

  AudienceCalls(
      ManagementCall.Reader calls,
      Contents contents,
      Commits commits,
      ReconsiderAudiences reconsider) {
    this.calls = calls;
    this.contents = contents;
    this.commits = commits;
    this.reconsider = reconsider;
  }

  /**
   * Archives it in all environments, in each in one step; who dies in between calls again. A token
   * for some environments only may not: what it would archive reaches beyond them.
   */
  HttpResponse archive(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    ContentId id = ContentKind.AUDIENCE.id(request.pathParameter("key"));
    List<EnvironmentEntry> all = calls.environments().all();
    all.forEach(it -> ManagementCall.Reader.checked(caller, it, "environment"));
    if (all.stream().noneMatch(it -> contents.find(it.id(), id).isPresent())) {
      throw ErrorCode.RESOURCE_MISSING.refused();
    }
    for (EnvironmentEntry environment : all) {
      reconsider.reconsider(environment.id(), Set.of(id.key()), "archived " + id.key());
      Optional<ContentHead> head = contents.find(environment.id(), id);
      String before = head.flatMap(ContentHead::committed).map(Object::toString).orElse("");
      commits.archiveAudience(
          environment.id(),
          id.key(),
          call.origin().at(),
          call.origin().change("archived", id.toString(), before, ""));
    }
    return HttpResponse.ok(Json.object().with("result", "success"));
  }
}
