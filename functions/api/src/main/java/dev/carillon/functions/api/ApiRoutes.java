package dev.carillon.functions.api;

import static dev.carillon.edge.route.Operations.under;

import dev.carillon.edge.route.Operations;
import dev.carillon.edge.route.RouteDeclaration;
import dev.carillon.functions.api.audiences.AudienceRoutes;
import dev.carillon.functions.api.audit.AuditRoutes;
import dev.carillon.functions.api.bulk.BulkRoutes;
import dev.carillon.functions.api.channeldata.ChannelDataRoutes;
import dev.carillon.functions.api.engagement.EngagementRoutes;
import dev.carillon.functions.api.explain.ExplainRoutes;
import dev.carillon.functions.api.export.ExportRoutes;
import dev.carillon.functions.api.integrations.IntegrationRoutes;
import dev.carillon.functions.api.messages.MessageRoutes;
import dev.carillon.functions.api.objects.ObjectRoutes;
import dev.carillon.functions.api.preferencecenter.CenterRoutes;
import dev.carillon.functions.api.preferences.PreferenceRoutes;
import dev.carillon.functions.api.reference.ReferenceRoutes;
import dev.carillon.functions.api.runs.RunRoutes;
import dev.carillon.functions.api.schedules.ScheduleRoutes;
import dev.carillon.functions.api.subscriptions.SubscriptionRoutes;
import dev.carillon.functions.api.suppressions.SuppressionRoutes;
import dev.carillon.functions.api.tenants.TenantRoutes;
import dev.carillon.functions.api.users.UserRoutes;
import dev.carillon.functions.api.waiting.WaitingRoutes;
import dev.carillon.functions.api.webhooks.WebhookRoutes;
import dev.carillon.runtime.Ports;
import java.util.List;
import java.util.Set;

/** What this function answers: one line for each resource, with the roots of its paths. */
public final class ApiRoutes {
  static final Operations<Ports> ALL =
      Operations.all(
          under(Set.of("v1/users"), () -> UserRoutes.ALL),
          under(Set.of("v1/objects"), () -> ObjectRoutes.ALL),
          under(Set.of("v1/tenants"), () -> TenantRoutes.ALL),
          under(Set.of("v1/objects", "v1/users"), () -> SubscriptionRoutes.ALL),
          under(Set.of("v1/users", "v1/objects"), () -> PreferenceRoutes.ALL),
          under(Set.of("v1/users"), () -> CenterRoutes.ALL),
          under(Set.of("v1/users", "v1/objects"), () -> ChannelDataRoutes.ALL),
          under(Set.of("v1/audiences"), () -> AudienceRoutes.ALL),
          under(
              Set.of("v1/bulk_operations", "v1/users", "v1/objects", "v1/tenants"),
              () -> BulkRoutes.ALL),
          under(
              Set.of("v1/messages", "v1/users", "v1/objects", "v1/channels"),
              () -> MessageRoutes.ALL),
          under(Set.of("v1/workflow_recipient_runs"), () -> RunRoutes.ALL),
          under(Set.of("v1/schedules", "v1/users", "v1/objects"), () -> ScheduleRoutes.ALL),
          under(Set.of("v1/waiting"), () -> WaitingRoutes.ALL),
          under(Set.of("v1/users"), () -> ExportRoutes.ALL),
          under(Set.of("v1/explain"), () -> ExplainRoutes.ALL),
          under(Set.of("v1/suppressions"), () -> SuppressionRoutes.ALL),
          under(Set.of("v1/audit"), () -> AuditRoutes.ALL),
          under(
              Set.of("v1/workflows", "v1/broadcasts", "v1/email_events"),
              () -> EngagementRoutes.ALL),
          under(Set.of("v1/webhooks"), () -> WebhookRoutes.ALL),
          under(Set.of("v1/integrations"), () -> IntegrationRoutes.ALL),
          under(Set.of("v1/openapi"), () -> ReferenceRoutes.ALL));

  private ApiRoutes() {}

  /** The routes without what answers them; reading them makes nothing. */
  public static List<RouteDeclaration> declared() {
    return ALL.declared();
  }
}
