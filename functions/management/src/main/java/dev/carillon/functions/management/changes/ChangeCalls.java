package dev.carillon.functions.management.changes;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.change.Change;
import dev.carillon.change.Changes;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Times;
import dev.carillon.functions.management.call.EntryPages;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.json.Json;
import java.util.List;

/** Lists who changed what of an environment, when and from where. Knock has no such operation. */
final class ChangeCalls {
  static final List<Operation<ChangeCalls>> OPERATIONS =
      List.of(
          byCaller(
              HttpMethod.GET, "/v1/changes", management(ManagementScope.READ), ChangeCalls::list));

  private final ManagementCall.Reader calls;
  private final Changes changes;

  ChangeCalls(ManagementCall.Reader calls, Changes changes) {
    this.calls = calls;
    this.changes = changes;
  }

  HttpResponse list(HttpRequest request, Caller caller) {
    var call = calls.read(request, caller, EntryPages.PARAMETERS);
    return EntryPages.newestFirst(
        call.query(),
        request.cursors(call.id(), "changes"),
        page -> changes.page(call.id(), page),
        change -> change.id().toString(),
        ChangeCalls::view);
  }

  private static Json view(Change change) {
    return Json.object()
        .with("id", change.id().toString())
        .with("at", Times.of(change.origin().at()))
        .with("by", change.origin().by())
        .with("address", change.origin().address())
        .with("request_id", change.origin().request())
        .with("action", change.action())
        .with("subject", change.subject())
        .with("before", change.before())
        .with("after", change.after());
  }
}
