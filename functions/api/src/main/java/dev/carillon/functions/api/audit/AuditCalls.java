package dev.carillon.functions.api.audit;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.edge.Cursors;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Ids;
import dev.carillon.edge.ListFilters;
import dev.carillon.edge.Query;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Pages;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.page.Page;
import dev.carillon.page.TimeRange;
import dev.carillon.trigger.TriggerId;
import dev.carillon.trigger.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The call that proves that nothing was lost: of one trigger, or of all that an environment
 * accepted in some time, accepted = delivered + skipped + failed + waiting.
 */
final class AuditCalls {
  static final List<Operation<AuditCalls>> OPERATIONS =
      List.of(Operation.get("/v1/audit", SECRET_KEY, AuditCalls::audit));

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
    return one.isPresent()
        ? ofTrigger(one.get(), query, environment)
        : all(request, query, environment);
  }

  private HttpResponse ofTrigger(String id, Query query, EnvironmentId environment) {
    query.only(Set.of("workflow_run_id"));
    TriggerId trigger =
        Ids.uuid(id)
            .map(TriggerId::new)
            .orElseThrow(() -> ErrorCode.INVALID_PARAMS.at("workflow_run_id", "must be a UUID"));
    var result =
        triggers
            .find(environment, trigger)
            .map(audit::audit)
            .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
    return HttpResponse.ok(
        result
            .counts()
            .json()
            .with("workflow_run_id", trigger.toString())
            .with("fanned_out", Json.of(result.fannedOut()))
            .with("complete", Json.of(result.fannedOut() && result.complete()))
            .with("violations", violations(result.violations())));
  }

  /**
   * @param counts the sum up to here
   * @param complete whether all whom the triggers reach were looked at
   */
  private record Sum(OutcomeCounts counts, boolean complete) {
    static final Sum NOTHING = new Sum(OutcomeCounts.NOTHING, true);

    Sum and(AuditTrigger.Result result) {
      return new Sum(
          counts.and(result.counts()), complete && result.complete() && result.fannedOut());
    }
  }

  /**
   * Where a page ended; a cursor carries it.
   *
   * @param position of the last trigger
   */
  private record Place(String position, Sum sum) {

    String text() {
      return position + (sum.complete() ? "+" : "-") + JsonText.write(sum.counts().json());
    }

    private static final Pattern FORM = Pattern.compile("([^+]{1,100})([+-])(\\{.*})");

    /** Empty when the text names no place. */
    static Optional<Place> parse(String text) {
      Matcher parts = FORM.matcher(text);
      if (!parts.matches()) {
        return Optional.empty();
      }
      return counts(parts.group(3))
          .map(it -> new Place(parts.group(1), new Sum(it, parts.group(2).equals("+"))));
    }

    private static Optional<OutcomeCounts> counts(String json) {
      try {
        return JsonText.parse(json) instanceof Json.Obj object
            ? Optional.of(OutcomeCounts.parse(object))
            : Optional.empty();
      } catch (MalformedJson _) {
        return Optional.empty();
      }
    }
  }

  private HttpResponse all(HttpRequest request, Query query, EnvironmentId environment) {
    var since = query.instant("since");
    if (since.isEmpty()) {
      throw ErrorCode.INVALID_PARAMS.at("since", "is required, or workflow_run_id");
    }
    TimeRange range = ListFilters.range(since, query.instant("until"));
    Cursors cursors = request.cursors(environment, "audit", query.filters());
    var paging = cursors.paging(query);
    Optional<Place> from = paging.after(Place::parse);
    Page<TriggerId> page =
        Pages.filled(
            new Cursors.Paging(
                paging.size(), from.map(Place::position), Optional.empty(), paging.nowhere()),
            part -> triggers.newestFirst(environment, range, part));
    Sum sum = from.map(Place::sum).orElse(Sum.NOTHING);
    long end = sum.counts().accepted() + RECIPIENTS_A_PAGE;
    var violations = new ArrayList<Violation>();
    Optional<String> next = page.next();
    for (TriggerId id : page.items()) {
      var result = triggers.find(environment, id).map(audit::audit);
      if (result.isPresent()) {
        sum = sum.and(result.get());
        violations.addAll(result.get().violations());
      }
      if (sum.counts().accepted() >= end && !id.equals(page.items().getLast())) {
        next = Optional.of(id.toString());
        break;
      }
    }
    Sum total = sum;
    return HttpResponse.ok(
        total
            .counts()
            .json()
            .with("complete", Json.of(next.isEmpty() && total.complete() && !paging.nowhere()))
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
