package dev.carillon.functions.management.unbuilt;

import static dev.carillon.edge.access.Access.management;

import dev.carillon.access.ManagementScope;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.route.Operations;
import dev.carillon.functions.management.call.EntryPages;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.runtime.Ports;
import java.util.List;
import java.util.stream.Stream;

/** The operations of Knock's management API that are not built, each of which says so by name. */
public final class UnbuiltRoutes {
  private static final List<String> NAMES =
      """
      GET /v1/goals
      DELETE /v1/goals/{goal_key}
      GET /v1/goals/{goal_key}
      PUT /v1/goals/{goal_key}
      GET /v1/assets
      PUT /v1/guides/{guide_key}/activate
      PUT /v1/goals/{goal_key}/validate
      DELETE /v1/guides/{guide_key}
      GET /v1/guides/{guide_key}
      PUT /v1/guides/{guide_key}
      PUT /v1/guides/{guide_key}/validate
      POST /v1/goals/{goal_key}/clone
      """
          .lines()
          .map(String::strip)
          .toList();

  public static final Operations<Ports> ALL =
      Operations.of(
          Stream.concat(
                  NAMES.stream().map(UnbuiltRoutes::operation), Stream.of(empty("/v1/guides")))
              .toList(),
          ports -> new UnbuiltRoutes(ManagementCall.Reader.of(ports)));

  private final ManagementCall.Reader calls;

  private UnbuiltRoutes(ManagementCall.Reader calls) {
    this.calls = calls;
  }

  /** What is not built, as {@code GET /v1/goals}. */
  public static List<String> names() {
    return NAMES;
  }

  private static Operation<UnbuiltRoutes> operation(String name) {
    String[] parts = name.split(" ", 2);
    return Operation.byCaller(
        HttpMethod.valueOf(parts[0]),
        parts[1],
        management(ManagementScope.READ),
        (it, request, caller) -> it.refuse(name, request, caller));
  }

  /**
   * There are none, and a list can say so. Knock's command line asks for guides in the middle of
   * pulling everything, and would give up.
   */
  private static Operation<UnbuiltRoutes> empty(String path) {
    return Operation.byCaller(
        HttpMethod.GET,
        path,
        management(ManagementScope.READ),
        (it, request, caller) ->
            EntryPages.none(it.calls.read(request, caller, EntryPages.PARAMETERS).query()));
  }

  private HttpResponse refuse(String name, HttpRequest request, Caller caller) {
    throw ErrorCode.NOT_BUILT.at(name, "is not there yet");
  }
}
