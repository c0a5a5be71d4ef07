package dev.carillon.functions.api;

import dev.carillon.edge.Cursors;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.run.Run;
import dev.carillon.run.Runs;
import dev.carillon.trigger.RunId;
import java.util.Set;

/** Calls that read runs. */
final class RunCalls {
  private final Runs runs;

  RunCalls(Runs runs) {
    this.runs = runs;
  }

  HttpResponse list(HttpRequest request, EnvironmentId environment) {
    var query = request.query();
    var filters = RunFilters.of(query);
    var cursors =
        Cursors.of(
            environment.value(),
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
    request.query().only(Set.of());
    return Uuids.parse(request.pathId("id"))
        .flatMap(id -> runs.find(environment, new RunId(id)))
        .map(run -> HttpResponse.ok(RunView.detailed(run)))
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  private static String position(Run run) {
    return run.id().toString();
  }
}
