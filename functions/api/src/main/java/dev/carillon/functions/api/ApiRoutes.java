package dev.carillon.functions.api;

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

/** What this function answers: one line for each resource. */
public final class ApiRoutes {
  static final Operations<Ports> ALL =
      Operations.all(
          UserRoutes.ALL,
          ObjectRoutes.ALL,
          TenantRoutes.ALL,
          SubscriptionRoutes.ALL,
          PreferenceRoutes.ALL,
          CenterRoutes.ALL,
          ChannelDataRoutes.ALL,
          AudienceRoutes.ALL,
          BulkRoutes.ALL,
          MessageRoutes.ALL,
          RunRoutes.ALL,
          ScheduleRoutes.ALL,
          WaitingRoutes.ALL,
          ExportRoutes.ALL,
          ExplainRoutes.ALL,
          SuppressionRoutes.ALL,
          AuditRoutes.ALL,
          EngagementRoutes.ALL,
          WebhookRoutes.ALL,
          IntegrationRoutes.ALL,
          ReferenceRoutes.ALL);

  private ApiRoutes() {}

  /** The routes without what answers them; reading them makes nothing. */
  public static List<RouteDeclaration> declared() {
    return ALL.declared();
  }
}
