package dev.carillon.functions.api.waiting;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.edge.Cursors;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.route.Operation;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.api.schedules.KeepSchedules;
import dev.carillon.functions.api.waiting.EndWaiting.Outcome;
import dev.carillon.json.Json;
import dev.carillon.runtime.Log;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.Schedules;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls that list what waits, and that end it. */
final class WaitingCalls {
  static final List<Operation<WaitingCalls>> OPERATIONS =
      List.of(
          Operation.get("/v1/waiting", SECRET_KEY, WaitingCalls::list),
          Operation.post("/v1/waiting/{id}/cancel", SECRET_KEY, WaitingCalls::cancel),
          Operation.post("/v1/waiting/{id}/send_now", SECRET_KEY, WaitingCalls::sendNow),
          Operation.post("/v1/waiting/{id}/flush", SECRET_KEY, WaitingCalls::flush));

  private final FindWaiting find;
  private final EndWaiting runs;
  private final EndHolding messages;
  private final Schedules schedules;
  private final KeepSchedules keep;
  private final InstantSource clock;
  private final Log log;

  WaitingCalls(
      FindWaiting find,
      EndWaiting runs,
      EndHolding messages,
      Schedules schedules,
      KeepSchedules keep,
      InstantSource clock,
      Log log) {
    this.find = find;
    this.runs = runs;
    this.messages = messages;
    this.schedules = schedules;
    this.keep = keep;
    this.clock = clock;
    this.log = log;
  }

  HttpResponse list(HttpRequest request, EnvironmentId environment) {
    var query = request.query();
    WaitingFilters filters = WaitingFilters.of(query);
    Cursors cursors = request.cursors(environment, "waiting");
    var paging = cursors.paging(query);
    FindWaiting.Found found =
        paging.nowhere()
            ? FindWaiting.Found.NOTHING
            : find.find(
                environment,
                filters,
                paging.after(FindWaiting.Position::parse),
                paging.size(),
                clock.instant());
    return HttpResponse.ok(
        Json.object()
            .with("items", Json.array(found.items().stream().map(WaitingView::of).toList()))
            .with(
                "page_info",
                cursors.pageInfo(
                    paging.size(),
                    found.next().map(FindWaiting.Position::text),
                    Optional.empty())));
  }

  HttpResponse cancel(HttpRequest request, EnvironmentId environment) {
    WaitingId id = id(request);
    Outcome outcome =
        switch (id) {
          case WaitingId.OfRun run -> runs.cancel(environment, run);
          case WaitingId.OfMessage message -> messages.cancel(environment, message);
          case WaitingId.OfSchedule schedule -> skip(environment, schedule);
        };
    return answer(id, "cancelled", outcome, environment);
  }

  HttpResponse sendNow(HttpRequest request, EnvironmentId environment) {
    WaitingId id = id(request);
    Outcome outcome =
        switch (id) {
          case WaitingId.OfRun run -> runs.sendNow(environment, run);
          case WaitingId.OfMessage message -> messages.sendNow(environment, message);
          case WaitingId.OfSchedule _ -> Outcome.UNSUITABLE;
        };
    return answer(id, "sent_now", outcome, environment);
  }

  HttpResponse flush(HttpRequest request, EnvironmentId environment) {
    WaitingId id = id(request);
    Outcome outcome =
        switch (id) {
          case WaitingId.OfRun run -> runs.flush(environment, run);
          case WaitingId.OfMessage _, WaitingId.OfSchedule _ -> Outcome.UNSUITABLE;
        };
    return answer(id, "flushed", outcome, environment);
  }

  /** Leaves out the occurrence that the id names; those after it stay. */
  private Outcome skip(EnvironmentId environment, WaitingId.OfSchedule id) {
    Optional<Schedule> found = schedules.find(environment, id.schedule());
    if (found.isEmpty()) {
      return Outcome.MISSING;
    }
    Schedule schedule = found.get();
    return schedule.revision() == id.revision()
            && schedule.next().isPresent()
            && keep.skipNext(schedule)
        ? Outcome.DONE
        : Outcome.PAST;
  }

  private static WaitingId id(HttpRequest request) {
    request.query().only(Set.of());
    request.fields().only(Set.of());
    return WaitingId.parse(request.pathId("id")).orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  private HttpResponse answer(
      WaitingId id, String done, Outcome outcome, EnvironmentId environment) {
    log.decision(
        "waiting.ended",
        "environment",
        environment.value(),
        "id",
        id.text(),
        "action",
        done,
        "outcome",
        outcome);
    return switch (outcome) {
      case DONE -> ended(id, done);
      case DUE_ANYWAY -> ended(id, "due_anyway");
      case MISSING -> throw ErrorCode.RESOURCE_MISSING.refused();
      case PAST -> throw ErrorCode.NOT_WAITING.refused();
      case CONTENDED -> throw ErrorCode.RATE_LIMITED.refused();
      case UNSUITABLE ->
          throw ErrorCode.INVALID_PARAMS.at("id", "is not something that this can be done to");
    };
  }

  private static HttpResponse ended(WaitingId id, String outcome) {
    return HttpResponse.ok(Json.object().with("id", id.text()).with("outcome", outcome));
  }
}
