package dev.carillon.functions.api;

import dev.carillon.edge.Cursors;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.ListFilters;
import dev.carillon.edge.Query;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.page.Page;
import dev.carillon.page.TimeRange;
import dev.carillon.trigger.TriggerId;
import dev.carillon.trigger.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The call that proves that nothing was lost: of one trigger, or of all that an environment
 * accepted in some time, accepted = delivered + skipped + failed + waiting.
 */
final class AuditCalls {
  private static final int MOST_VIOLATIONS = 100;

  /** After so many recipients a page ends, with the trigger that they are of. */
  private static final int RECIPIENTS_A_PAGE = 2_000;

  private final Triggers triggers;
  private final AuditTrigger audit;

  AuditCalls(Triggers triggers, AuditTrigger audit) {
    this.triggers = triggers;
    this.audit = audit;
  }

  HttpResponse audit(HttpRequest request, EnvironmentId environment) {
    Query query = request.query();
    query.only(Set.of("workflow_run_id", "since", "until", "after", "page_size"));
    Optional<String> one = query.one("workflow_run_id");
    return one.isPresent() ? ofTrigger(one.get(), query, environment) : all(query, environment);
  }

  private HttpResponse ofTrigger(String id, Query query, EnvironmentId environment) {
    query.only(Set.of("workflow_run_id"));
    TriggerId trigger =
        Uuids.parse(id)
            .map(TriggerId::new)
            .orElseThrow(() -> ErrorCode.INVALID_PARAMS.at("workflow_run_id", "must be a UUID"));
    var result =
        triggers
            .find(environment, trigger)
            .map(audit::audit)
            .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
    return HttpResponse.ok(
        result
            .tally()
            .json()
            .with("workflow_run_id", trigger.toString())
            .with("fanned_out", Json.of(result.fannedOut()))
            .with("complete", Json.of(result.fannedOut() && result.complete()))
            .with("violations", violations(result.violations())));
  }

  /**
   * @param tally the sum up to here
   * @param complete whether all whom the triggers reach were looked at
   */
  private record Sum(OutcomeCounts tally, boolean complete) {
    static final Sum NOTHING = new Sum(OutcomeCounts.NOTHING, true);

    Sum and(AuditTrigger.Result result) {
      return new Sum(
          tally.and(result.tally()), complete && result.complete() && result.fannedOut());
    }
  }

  /**
   * Where a page ended; a cursor carries it.
   *
   * @param position of the last trigger
   */
  private record Place(String position, Sum sum) {

    String text() {
      return position + (sum.complete() ? "+" : "-") + JsonText.write(sum.tally().json());
    }

    static Place parse(String text) {
      int json = text.indexOf('{');
      return new Place(
          text.substring(0, json - 1),
          new Sum(
              OutcomeCounts.parse((Json.Obj) JsonText.parse(text.substring(json))),
              text.charAt(json - 1) == '+'));
    }
  }

  private HttpResponse all(Query query, EnvironmentId environment) {
    var since = query.instant("since");
    if (since.isEmpty()) {
      throw ErrorCode.INVALID_PARAMS.at("since", "is required, or workflow_run_id");
    }
    TimeRange range = ListFilters.range(since, query.instant("until"));
    Cursors cursors = Cursors.of(environment.value(), "audit", query.filters());
    var paging = cursors.paging(query);
    Optional<Place> from = paging.after().map(Place::parse);
    Page<TriggerId> page =
        Pages.filled(
            new Cursors.Paging(paging.size(), from.map(Place::position), Optional.empty()),
            part -> triggers.newestFirst(environment, range, part));
    Sum sum = from.map(Place::sum).orElse(Sum.NOTHING);
    long end = sum.tally().accepted() + RECIPIENTS_A_PAGE;
    var violations = new ArrayList<Violation>();
    Optional<String> next = page.next();
    for (TriggerId id : page.items()) {
      var result = triggers.find(environment, id).map(audit::audit);
      if (result.isPresent()) {
        sum = sum.and(result.get());
        violations.addAll(result.get().violations());
      }
      if (sum.tally().accepted() >= end && !id.equals(page.items().getLast())) {
        next = Optional.of(id.toString());
        break;
      }
    }
    Sum total = sum;
    return HttpResponse.ok(
        total
            .tally()
            .json()
            .with("complete", Json.of(next.isEmpty() && total.complete()))
            .with("violations", violations(violations))
            .with(
                "page_info",
                cursors.pageInfo(
                    paging.size(),
                    next.map(position -> new Place(position, total).text()),
                    Optional.empty())));
  }

  private static Json.Arr violations(List<Violation> violations) {
    return Json.array(violations.stream().limit(MOST_VIOLATIONS).map(Violation::json).toList());
  }
}
