package dev.carillon.functions.feeds;

import dev.carillon.channel.ChannelId;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.ListFilters;
import dev.carillon.edge.Query;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.feed.FeedQuery;
import dev.carillon.feed.FeedQuery.Archived;
import dev.carillon.feed.FeedQuery.Status;
import dev.carillon.feed.FeedQuery.Tenancy;
import dev.carillon.recipient.TenantId;
import dev.carillon.workflow.WorkflowKey;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The query of a feed call. */
final class FeedFilters {
  private static final Set<String> PARAMETERS =
      Set.of(
          "after",
          "before",
          "page_size",
          "status",
          "archived",
          "tenant",
          "has_tenant",
          "source",
          "workflow_categories",
          "trigger_data",
          "mode",
          "inserted_at.gt",
          "inserted_at.gte",
          "inserted_at.lt",
          "inserted_at.lte");

  private FeedFilters() {}

  static FeedQuery of(Query query, EnvironmentId environment, String user, ChannelId channel) {
    query.heeding(PARAMETERS);
    return new FeedQuery(
        environment,
        user,
        channel,
        query
            .oneOf("status", Set.of("all", "seen", "unseen", "read", "unread"))
            .map(it -> Status.valueOf(it.toUpperCase(Locale.ROOT)))
            .orElse(Status.ALL),
        query
            .oneOf("archived", Set.of("exclude", "include", "only"))
            .map(it -> Archived.valueOf(it.toUpperCase(Locale.ROOT)))
            .orElse(Archived.EXCLUDE),
        tenancy(query.id("tenant").map(TenantId::new), query.bool("has_tenant")),
        query.one("source").map(FeedFilters::workflow),
        Set.copyOf(query.all("workflow_categories")),
        ListFilters.triggerData(query),
        ListFilters.insertedAt(query));
  }

  /** Whether items are wanted without what nests: {@code mode=compact}. */
  static boolean compact(Query query) {
    return query.oneOf("mode", Set.of("compact", "rich")).equals(Optional.of("compact"));
  }

  /**
   * A tenant's feed has the items of no tenant too, until {@code has_tenant} says which of both.
   */
  private static Tenancy tenancy(Optional<TenantId> tenant, Optional<Boolean> having) {
    if (tenant.isPresent() && having.orElse(true)) {
      return new Tenancy.Of(tenant.get(), having.isPresent());
    }
    return having.<Tenancy>map(Tenancy.Having::new).orElse(new Tenancy.Everything());
  }

  private static WorkflowKey workflow(String key) {
    if (!WorkflowKey.isValid(key)) {
      throw ErrorCode.INVALID_PARAMS.at("source", "must be the key of a workflow");
    }
    return new WorkflowKey(key);
  }
}
