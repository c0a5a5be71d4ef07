package dev.carillon.functions.api.suppressions;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Pages;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.suppression.Suppressions;
import dev.carillon.suppression.Suppressions.ListedSuppression;
import java.util.List;
import java.util.Set;

/** Calls about addresses that get no more mail. */
final class SuppressionCalls {
  static final List<Operation<SuppressionCalls>> OPERATIONS =
      List.of(
          Operation.get("/v1/suppressions", SECRET_KEY, SuppressionCalls::list),
          Operation.get("/v1/suppressions/{address}", SECRET_KEY, SuppressionCalls::show),
          Operation.delete("/v1/suppressions/{address}", SECRET_KEY, SuppressionCalls::remove));

  private final Suppressions suppressions;

  SuppressionCalls(Suppressions suppressions) {
    this.suppressions = suppressions;
  }

  HttpResponse list(HttpRequest request, EnvironmentId environment) {
    var query = request.query().only(Set.of("after", "before", "page_size"));
    var cursors = request.cursors(environment, "suppressions");
    var paging = cursors.paging(query);
    var page = Pages.filled(paging, part -> suppressions.page(environment, part));
    return Pages.entries(
        cursors,
        paging,
        page,
        ListedSuppression::position,
        listed -> SuppressionView.of(listed.suppression()));
  }

  HttpResponse show(HttpRequest request, EnvironmentId environment) {
    return suppressions
        .find(environment, request.pathParameter("address"))
        .map(it -> HttpResponse.ok(SuppressionView.of(it)))
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  HttpResponse remove(HttpRequest request, EnvironmentId environment) {
    if (!suppressions.remove(environment, request.pathParameter("address"))) {
      throw ErrorCode.RESOURCE_MISSING.refused();
    }
    return HttpResponse.noContent();
  }
}
