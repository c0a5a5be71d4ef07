package dev.carillon.functions.api.workflows;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.route.Operation;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import java.util.List;
import java.util.Set;

/** What concerns one workflow. */
final class WorkflowCalls {
  static final List<Operation<WorkflowCalls>> OPERATIONS =
      List.of(Operation.put("/v1/workflows/{key}/activate", SECRET_KEY, WorkflowCalls::activate));

  private final Workflows workflows;

  WorkflowCalls(Workflows workflows) {
    this.workflows = workflows;
  }

  /**
   * Lets the workflow accept triggers, or not. The status stands in the body or, as Knock's command
   * line sends it, in the query; without one the workflow is activated.
   */
  HttpResponse activate(HttpRequest request, EnvironmentId environment) {
    var query = request.query().only(Set.of("environment", "status"));
    query
        .one("environment")
        .filter(name -> !name.equals(environment.value()))
        .ifPresent(
            _ -> {
              throw ErrorCode.INVALID_PARAMS.at(
                  "environment", "must be that of the API key, or be left out");
            });
    boolean active =
        request
            .fields()
            .only(Set.of("status"))
            .optional("status")
            .map(RequestValue::bool)
            .or(() -> query.bool("status"))
            .orElse(true);
    if (!WorkflowKey.isValid(request.pathParameter("key"))) {
      throw ErrorCode.WORKFLOW_MISSING.refused();
    }
    var key = new WorkflowKey(request.pathParameter("key"));
    if (!workflows.setActive(environment, key, active)) {
      throw ErrorCode.WORKFLOW_MISSING.refused();
    }
    return workflows
        .live(environment, key)
        .flatMap(live -> workflows.version(environment, key, live.version()))
        .map(workflow -> WorkflowView.of(environment, workflow, active))
        .map(view -> HttpResponse.ok(Json.object().with("workflow", view)))
        .orElseThrow(ErrorCode.WORKFLOW_MISSING::refused);
  }
}
