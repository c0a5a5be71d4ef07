package dev.carillon.functions.api;

import dev.carillon.edge.route.FunctionRoutes;
import dev.carillon.edge.route.RouteDeclaration;
import java.util.List;

/** What this function answers: a line for each resource. */
public final class ApiRoutes {
  static final FunctionRoutes<ApiWiring> ALL =
      FunctionRoutes.<ApiWiring>none()
          .and(UserCalls.OPERATIONS, ApiWiring::users)
          .and(MessageCalls.OPERATIONS, ApiWiring::messages)
          .and(StatusCalls.OPERATIONS, ApiWiring::statuses)
          .and(ScheduleLists.OPERATIONS, ApiWiring::scheduleLists)
          .and(ScheduleCalls.OPERATIONS, ApiWiring::schedules)
          .and(WorkflowCalls.OPERATIONS, ApiWiring::workflows)
          .and(RunCalls.OPERATIONS, ApiWiring::runs)
          .and(ExplainCalls.OPERATIONS, ApiWiring::explain)
          .and(WaitingCalls.OPERATIONS, ApiWiring::waiting)
          .and(AuditCalls.OPERATIONS, ApiWiring::audit);

  private ApiRoutes() {}

  /** The routes without what answers them; reading them makes nothing. */
  public static List<RouteDeclaration> declared() {
    return ALL.declared();
  }
}
