package dev.carillon.functions.management.commits;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.authoring.JsonChanges;
import dev.carillon.content.Commit;
import dev.carillon.content.CommitId;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Times;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.functions.management.call.EntryPages;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.functions.management.commits.CommitLists.Placed;
import dev.carillon.json.Json;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Lists commits, makes them, promotes and reverts them. */
final class CommitCalls {
  private static final Access READ = management(ManagementScope.READ);
  private static final Access COMMIT = management(ManagementScope.COMMIT);
  private static final String TYPE = "resource_type";
  private static final String ID = "resource_id";
  private static final Set<String> TYPES =
      Arrays.stream(ContentType.values())
          .map(ContentType::wireName)
          .collect(Collectors.toUnmodifiableSet());

  static final List<Operation<CommitCalls>> OPERATIONS =
      List.of(
          byCaller(HttpMethod.GET, "/v1/commits", READ, CommitCalls::list),
          byCaller(HttpMethod.PUT, "/v1/commits", COMMIT, CommitCalls::commit),
          byCaller(HttpMethod.PUT, "/v1/commits/promote", COMMIT, CommitCalls::promoteAll),
          byCaller(HttpMethod.GET, "/v1/commits/{id}", READ, CommitCalls::show),
          byCaller(HttpMethod.PUT, "/v1/commits/{id}/promote", COMMIT, CommitCalls::promoteOne),
          byCaller(HttpMethod.PUT, "/v1/commits/{id}/revert", COMMIT, CommitCalls::revert),
          byCaller(HttpMethod.GET, "/v1/commits/{id}/diff", READ, CommitCalls::diff));

  private final ManagementCall.Reader calls;
  private final CommitLists lists;
  private final ServeContent serving;

  CommitCalls(ManagementCall.Reader calls, CommitLists lists, ServeContent serving) {
    this.calls = calls;
    this.lists = lists;
    this.serving = serving;
  }

  HttpResponse list(HttpRequest request, Caller caller) {
    var heeded = new HashSet<>(EntryPages.PARAMETERS);
    heeded.addAll(Set.of("promoted", TYPE, ID));
    var call = calls.read(request, caller, heeded);
    var types = types(call);
    Optional<String> key = call.query().one(ID);
    Predicate<Commit> fits =
        commit ->
            (types.isEmpty() || types.contains(commit.content().type()))
                && (key.isEmpty() || key.get().equals(commit.content().key()));
    var promoted = call.query().bool("promoted");
    if (promoted.isPresent()) {
      Predicate<Commit> isPromoted = lists.promoted(call);
      fits = fits.and(promoted.get() ? isPromoted : isPromoted.negate());
    }
    Optional<ContentId> one =
        key.filter(_ -> types.size() == 1).map(it -> new ContentId(types.getFirst(), it));
    Predicate<Commit> all = fits;
    return EntryPages.newestFirst(
        call.query(),
        request.cursors(call.id(), "commits"),
        page -> lists.page(call.id(), one, all, page),
        commit -> commit.id().toString(),
        commit -> view(new Placed(commit, call.environment())));
  }

  private static List<ContentType> types(ManagementCall call) {
    return call.query().someOf(TYPE, TYPES).stream()
        .map(name -> ContentType.named(name).orElseThrow())
        .toList();
  }

  HttpResponse commit(HttpRequest request, Caller caller) {
    var call = calls.read(request, caller, Set.of("commit_message", "allow_empty", TYPE, ID));
    var types = types(call);
    Optional<String> key = call.query().one(ID);
    serving.commit(
        call,
        id ->
            (types.isEmpty() || types.contains(id.type()))
                && (key.isEmpty() || key.get().equals(id.key())),
        call.query().one("commit_message"),
        call.query().bool("allow_empty").orElse(false) && key.isPresent());
    return done();
  }

  HttpResponse promoteAll(HttpRequest request, Caller caller) {
    var call = calls.read(request, caller, "to_environment", Set.of(TYPE, ID));
    if (call.query().one("to_environment").isEmpty()) {
      throw ErrorCode.INVALID_PARAMS.at("to_environment", "is required");
    }
    if (call.branch().isPresent()) {
      serving.merge(call, call.branch().get());
      return done();
    }
    EnvironmentEntry from =
        calls
            .environments()
            .before(call.environment())
            .orElseThrow(
                () ->
                    ErrorCode.INVALID_PARAMS.at(
                        "to_environment", "is the first environment: nothing comes before it"));
    serving.promote(call, from, call.environment());
    return done();
  }

  private static HttpResponse done() {
    return HttpResponse.ok(Json.object().with("result", "success"));
  }

  HttpResponse show(HttpRequest request, Caller caller) {
    return HttpResponse.ok(view(placed(request, caller)));
  }

  HttpResponse promoteOne(HttpRequest request, Caller caller) {
    Placed placed = placed(request, caller);
    EnvironmentEntry to =
        placed
            .branch()
            .map(_ -> placed.environment())
            .or(() -> calls.environments().after(placed.environment()))
            .map(it -> ManagementCall.Reader.checked(caller, it, "id"))
            .orElseThrow(
                () ->
                    ErrorCode.INVALID_PARAMS.at(
                        "id", "is of the last environment: there is none to promote to"));
    Commit made =
        serving
            .promote(at(placed, request, caller), placed.commit(), to)
            .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
    return HttpResponse.ok(Json.object().with("commit", view(new Placed(made, to))));
  }

  HttpResponse revert(HttpRequest request, Caller caller) {
    Placed placed = placed(request, caller);
    Commit made = serving.revert(at(placed, request, caller), placed.commit());
    return HttpResponse.ok(
        Json.object().with("commit", view(new Placed(made, placed.environment()))));
  }

  HttpResponse diff(HttpRequest request, Caller caller) {
    Placed placed = placed(request, caller);
    var call = at(placed, request, caller);
    Commit commit = placed.commit();
    Json.Obj before =
        commit
            .before()
            .map(it -> serving.content(call, commit.content(), it))
            .orElse(Json.Obj.EMPTY);
    Json.Obj after = serving.content(call, commit.content(), commit.version());
    return HttpResponse.ok(
        Json.object()
            .with("commit", view(placed))
            .with(
                "changes",
                Json.array(
                    JsonChanges.between(before, after).stream()
                        .<Json>map(
                            it ->
                                Json.object()
                                    .with("path", it.path())
                                    .with("before", it.before().orElse(Json.NULL))
                                    .with("after", it.after().orElse(Json.NULL)))
                        .toList())));
  }

  /** Whatever the query says, a call about a commit is about where that is. */
  private ManagementCall at(Placed placed, HttpRequest request, Caller caller) {
    return calls.readWhole(request, caller, Set.of()).at(placed.environment(), placed.branch());
  }

  private Placed placed(HttpRequest request, Caller caller) {
    Placed placed =
        CommitId.parse(request.pathParameter("id"))
            .flatMap(lists::find)
            .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
    ManagementCall.Reader.checked(caller, placed.environment(), "id");
    return placed;
  }

  private static Json.Obj view(Placed placed) {
    Commit commit = placed.commit();
    var view =
        Json.object()
            .with("id", commit.id().toString())
            .with(
                "resource",
                Json.object()
                    .with("type", commit.content().type().wireName())
                    .with("identifier", commit.content().key()))
            .with(
                "author",
                Json.object()
                    .with("name", commit.author().name())
                    .with("email", commit.author().email()))
            .with("environment", placed.environment().slug())
            .with("created_at", Times.of(commit.at()));
    return commit.message().map(it -> view.with("commit_message", it)).orElse(view);
  }
}
