package dev.carillon.functions.api.runs;

import static dev.carillon.edge.access.Access.SECRET_KEY;
import static dev.carillon.edge.route.Operation.at;

import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Ids;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Pages;
import dev.carillon.edge.view.RunView;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.rate.RateTier;
import dev.carillon.run.Run;
import dev.carillon.run.Runs;
import dev.carillon.trigger.RunId;
import java.util.List;
import java.util.Set;

/** Calls that read runs. */
final class RunCalls {
  static final List<Operation<RunCalls>> OPERATIONS =
      List.of(
          at(
              RateTier.TIER_2,
              Operation.get("/v1/workflow_recipient_runs", SECRET_KEY, RunCalls::list)),
          at(
              RateTier.TIER_2,
              Operation.get("/v1/workflow_recipient_runs/{id}", SECRET_KEY, RunCalls::show)));

  private final Runs runs;

  RunCalls(Runs runs) {
    this.runs = runs;
  }

  HttpResponse list(HttpRequest request, EnvironmentId environment) {
    var query = request.query();
    var filters = RunFilters.of(query);
    var cursors =
        request.cursors(
            environment,
            "runs",
            // Listed by another index, so that positions differ.
            filters.recipient().map(id -> id.collection() + "/" + id.id()).orElse(""));
    var paging = cursors.paging(query);
    var page =
        Pages.filled(
            paging,
            part ->
                filters
                    .recipient()
                    .map(
                        it ->
                            runs.newestFirst(
                                environment, it, filters.accepted(), filters::wants, part))
                    .orElseGet(
                        () ->
                            runs.newestFirst(
                                environment, filters.accepted(), filters::wants, part)));
    return Pages.answer(cursors, paging, page, RunCalls::position, RunView::of);
  }

  HttpResponse show(HttpRequest request, EnvironmentId environment) {
    request.query().heeding(Set.of());
    return Ids.uuid(request.pathId("id"))
        .flatMap(id -> runs.find(environment, new RunId(id)))
        .map(run -> HttpResponse.ok(RunView.detailed(run)))
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  private static String position(Run run) {
    return run.id().toString();
  }
}
