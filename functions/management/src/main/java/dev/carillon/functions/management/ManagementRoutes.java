package dev.carillon.functions.management;

import dev.carillon.edge.route.Operations;
import dev.carillon.edge.route.RouteDeclaration;
import dev.carillon.functions.management.access.AccessRoutes;
import dev.carillon.functions.management.account.AccountRoutes;
import dev.carillon.functions.management.branches.BranchRoutes;
import dev.carillon.functions.management.broadcasts.BroadcastRoutes;
import dev.carillon.functions.management.changes.ChangeRoutes;
import dev.carillon.functions.management.commits.CommitRoutes;
import dev.carillon.functions.management.content.ContentRoutes;
import dev.carillon.functions.management.plans.PlanRoutes;
import dev.carillon.functions.management.previews.PreviewRoutes;
import dev.carillon.functions.management.settings.SettingRoutes;
import dev.carillon.functions.management.sources.SourceRoutes;
import dev.carillon.functions.management.unbuilt.UnbuiltRoutes;
import dev.carillon.functions.management.workflows.WorkflowRoutes;
import dev.carillon.runtime.Ports;
import java.util.List;

/** What this function answers: one line for each resource. */
public final class ManagementRoutes {
  static final Operations<Ports> ALL =
      Operations.all(
          AccountRoutes.ALL,
          ContentRoutes.ALL,
          WorkflowRoutes.ALL,
          CommitRoutes.ALL,
          BranchRoutes.ALL,
          ChangeRoutes.ALL,
          PreviewRoutes.ALL,
          SettingRoutes.ALL,
          SourceRoutes.ALL,
          BroadcastRoutes.ALL,
          PlanRoutes.ALL,
          AccessRoutes.ALL,
          UnbuiltRoutes.ALL);

  private ManagementRoutes() {}

  /** The routes without what answers them; reading them makes nothing. */
  public static List<RouteDeclaration> declared() {
    return ALL.declared();
  }
}
