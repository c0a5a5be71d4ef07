package dev.carillon.functions.management.broadcasts;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.authoring.ContentProblem;
import dev.carillon.broadcast.Broadcast;
import dev.carillon.broadcast.Broadcast.Stage;
import dev.carillon.broadcast.BroadcastProgress;
import dev.carillon.broadcast.Broadcasts;
import dev.carillon.change.Changes;
import dev.carillon.channel.Channels;
import dev.carillon.edge.ApiException;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.functions.management.call.EntryPages;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.functions.management.content.ContentLibrary;
import dev.carillon.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists, shows, checks and saves broadcasts. They are of one environment, and have no branches. */
final class BroadcastCalls {
  private static final Access READ = management(ManagementScope.READ);
  private static final String ALL = "/v1/broadcasts";
  static final String ONE = ALL + "/{broadcast_key}";
  private static final String BODY = "broadcast";

  static final List<Operation<BroadcastCalls>> OPERATIONS =
      List.of(
          byCaller(HttpMethod.GET, ALL, READ, BroadcastCalls::list),
          byCaller(HttpMethod.GET, ONE, READ, BroadcastCalls::show),
          byCaller(HttpMethod.PUT, ONE, management(ManagementScope.WRITE), BroadcastCalls::save),
          byCaller(HttpMethod.PUT, ONE + "/validate", READ, BroadcastCalls::validate));

  private final ManagementCall.Reader calls;
  private final Broadcasts broadcasts;
  private final ContentLibrary library;
  private final Channels channels;
  private final Changes changes;

  BroadcastCalls(
      ManagementCall.Reader calls,
      Broadcasts broadcasts,
      ContentLibrary library,
      Channels channels,
      Changes changes) {
    this.calls = calls;
    this.broadcasts = broadcasts;
    this.library = library;
    this.channels = channels;
    this.changes = changes;
  }

  HttpResponse list(HttpRequest request, Caller caller) {
    var heeded = new HashSet<>(EntryPages.PARAMETERS);
    heeded.addAll(Set.of("annotate", "hide_uncommitted_changes"));
    var call = calls.readWhole(request, caller, heeded);
    var checks = library.served(call, Map.of());
    return EntryPages.newestFirst(
        call.query(),
        request.cursors(call.id(), ALL),
        page -> broadcasts.newestFirst(call.id(), page),
        Broadcast::position,
        it ->
            BroadcastView.of(
                call.environment(),
                it,
                new BroadcastContent(it.content()).problems(it.key(), checks).isEmpty(),
                members(it)));
  }

  HttpResponse show(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of("annotate"));
    return HttpResponse.ok(shown(call, found(call)));
  }

  /** A draft as it is written; only drafts change. */
  HttpResponse save(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of("annotate"));
    String key = key(request);
    var content = written(call);
    refuse(content.ownProblems(key, library.served(call, Map.of())));
    var before = broadcasts.find(call.id(), key);
    if (before.filter(it -> !(it.stage() instanceof Stage.Draft)).isPresent()) {
      throw ErrorCode.BROADCAST_NOT_DRAFT.refused();
    }
    Broadcast after =
        before
            .map(it -> it.saying(content.written(), call.origin().at()))
            .orElseGet(
                () -> Broadcast.draft(call.id(), key, content.written(), call.origin().at()));
    changes.record(
        call.id(),
        call.origin()
            .change(
                "saved",
                "broadcast/" + key,
                before.map(it -> sha(it.content())).orElse(""),
                sha(after.content())));
    if (!broadcasts.save(after)) {
      throw ErrorCode.CONTENT_CHANGED.refused();
    }
    return wrapped(call, after);
  }

  private BroadcastContent written(ManagementCall call) {
    return BroadcastContent.of(
        call.request().fields().required(BODY), key -> channels.find(call.id(), key));
  }

  private static String sha(Json.Obj content) {
    return new BroadcastContent(content).version().toString();
  }

  /** As {@link #save}, but nothing is stored. */
  HttpResponse validate(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of("annotate"));
    String key = key(request);
    var content = written(call);
    refuse(content.ownProblems(key, library.served(call, Map.of())));
    return wrapped(
        call,
        broadcasts
            .find(call.id(), key)
            .map(it -> it.saying(content.written(), it.updatedAt()))
            .orElseGet(
                () -> Broadcast.draft(call.id(), key, content.written(), call.origin().at())));
  }

  /** The one that the call is about. */
  Broadcast found(ManagementCall call) {
    return broadcasts
        .find(call.id(), key(call.request()))
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  HttpResponse wrapped(ManagementCall call, Broadcast broadcast) {
    return HttpResponse.ok(Json.object().with(BODY, shown(call, broadcast)));
  }

  private Json.Obj shown(ManagementCall call, Broadcast broadcast) {
    return BroadcastView.of(
        call.environment(), broadcast, problems(call, broadcast).isEmpty(), members(broadcast));
  }

  /** What keeps it from being sent. */
  List<ContentProblem> problems(ManagementCall call, Broadcast broadcast) {
    return new BroadcastContent(broadcast.content())
        .problems(broadcast.key(), library.served(call, Map.of()));
  }

  private long members(Broadcast broadcast) {
    return broadcast.stage() instanceof Stage.Sending(var plan, _)
        ? broadcasts.progress(broadcast.environment(), broadcast.key(), plan.number()).stream()
            .mapToLong(BroadcastProgress::members)
            .sum()
        : 0;
  }

  private static String key(HttpRequest request) {
    String key = request.pathParameter("broadcast_key");
    if (!Broadcast.isKey(key)) {
      throw ErrorCode.INVALID_PARAMS.at("broadcast_key", "must be 3 to 255 of a-z 0-9 _ -");
    }
    return key;
  }

  /**
   * @throws ApiException when there are problems, which it names
   */
  static void refuse(List<ContentProblem> problems) {
    if (!problems.isEmpty()) {
      throw new ApiException(
          ErrorCode.INVALID_PARAMS,
          problems.stream().map(it -> new ApiException.Field(it.field(), it.sentence())).toList());
    }
  }
}
