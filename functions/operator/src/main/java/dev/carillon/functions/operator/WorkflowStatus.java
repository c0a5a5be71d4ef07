package dev.carillon.functions.operator;

import dev.carillon.edge.ApiException;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentList;
import dev.carillon.json.Json;
import dev.carillon.setting.GivenNames;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import java.util.Set;

/**
 * Switches workflows off and on in one environment, and archives them for good in all. Both at
 * once, and safe to repeat.
 */
final class WorkflowStatus {
  private final Workflows workflows;
  private final EnvironmentList environments;

  WorkflowStatus(Workflows workflows, EnvironmentList environments) {
    this.workflows = workflows;
    this.environments = environments;
  }

  /**
   * @param request {@code {"environment", "workflow", "status"}}; the status is true when left out
   * @throws ApiException when there is no such workflow, or it is archived
   */
  Json.Obj activate(RequestFields request) {
    request.only(Set.of("action", "environment", "workflow", "status"));
    var active = request.optional("status").map(RequestValue::bool).orElse(true);
    var named = Named.of(request);
    if (!workflows.setActive(named.environment(), named.key(), active)) {
      throw named.missing();
    }
    return named.json().with("active", Json.of(active));
  }

  /**
   * Where the workflow never served its key is taken too, so that no promotion brings it back.
   *
   * @param request {@code {"environment", "workflow"}}, the environment one that it serves in
   * @throws ApiException when there is no such workflow
   */
  Json.Obj archive(RequestFields request) {
    request.only(Set.of("action", "environment", "workflow"));
    var named = Named.of(request);
    if (!workflows.archive(named.environment(), named.key())) {
      throw named.missing();
    }
    environments.all().forEach(it -> workflows.retire(it.id(), named.key()));
    return named.json().with("archived", Json.TRUE);
  }

  private record Named(EnvironmentId environment, WorkflowKey key) {
    static Named of(RequestFields request) {
      var environment = GivenNames.environment(request.required("environment"));
      return new Named(environment, new WorkflowKey(GivenNames.key(request.required("workflow"))));
    }

    Json.Obj json() {
      return Json.object().with("environment", environment.value()).with("workflow", key.value());
    }

    ApiException missing() {
      return ErrorCode.WORKFLOW_MISSING.at("workflow", "is not the key of a workflow that serves");
    }
  }
}
