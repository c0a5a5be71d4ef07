package dev.carillon.functions.management;

import static dev.carillon.edge.route.Operations.under;

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
import java.util.Set;

/** What this function answers: one line for each resource, with the roots of its paths. */
public final class ManagementRoutes {
  static final Operations<Ports> ALL =
      Operations.all(
          under(
              Set.of(
                  "v1/whoami",
                  "v1/environments",
                  "v1/channels",
                  "v1/channel_groups",
                  "v1/variables"),
              () -> AccountRoutes.ALL),
          under(
              Set.of(
                  "v1/workflows",
                  "v1/email_layouts",
                  "v1/partials",
                  "v1/message_types",
                  "v1/audiences",
                  "v1/translations",
                  "v1/translation_texts"),
              () -> ContentRoutes.ALL),
          under(Set.of("v1/workflows"), () -> WorkflowRoutes.ALL),
          under(Set.of("v1/commits"), () -> CommitRoutes.ALL),
          under(Set.of("v1/branches"), () -> BranchRoutes.ALL),
          under(Set.of("v1/changes"), () -> ChangeRoutes.ALL),
          under(
              Set.of("v1/workflows", "v1/templates", "v1/email_layouts", "v1/partials"),
              () -> PreviewRoutes.ALL),
          under(
              Set.of(
                  "v1/channels",
                  "v1/branding",
                  "v1/preference_defaults",
                  "v1/preference_center",
                  "v1/schemas",
                  "v1/tags",
                  "v1/preference_categories"),
              () -> SettingRoutes.ALL),
          under(Set.of("v1/sources", "v1/source_providers"), () -> SourceRoutes.ALL),
          under(Set.of("v1/broadcasts"), () -> BroadcastRoutes.ALL),
          under(Set.of("v1/plan"), () -> PlanRoutes.ALL),
          under(
              Set.of("v1/members", "v1/service_tokens", "v1/api_keys", "v1/signing_keys"),
              () -> AccessRoutes.ALL),
          under(Set.of("v1/goals", "v1/assets", "v1/guides"), () -> UnbuiltRoutes.ALL));

  private ManagementRoutes() {}

  /** The routes without what answers them; reading them makes nothing. */
  public static List<RouteDeclaration> declared() {
    return ALL.declared();
  }
}
