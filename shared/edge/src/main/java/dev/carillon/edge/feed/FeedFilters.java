package dev.carillon.edge.feed;

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

/** Which items of a feed are asked for: the query of a feed call, or what a socket joins with. */
public final class FeedFilters {
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
          "locale",
          "exclude",
          "inserted_at.gt",
          "inserted_at.gte",
          "inserted_at.lt",
          "inserted_at.lte");

  private FeedFilters() {}

  /**
   * The items that the query asks for.
   *
   * @throws dev.carillon.edge.ApiException when a parameter has no such value, or is one of Knock's
   *     that we do not heed
   */
  public static FeedQuery of(
      Query query, EnvironmentId environment, String user, ChannelId channel) {
    query.heeding(PARAMETERS);
    query.one("locale").ifPresent(FeedFilters::checkLocale);
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
  public static boolean compact(Query query) {
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

  /** Checked only: an item is in the language that it was made in, whichever is asked for. */
  private static void checkLocale(String tag) {
    if (!tag.matches("[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*")) {
      throw ErrorCode.INVALID_PARAMS.at("locale", "must be a language tag such as en-US");
    }
  }

  private static WorkflowKey workflow(String key) {
    if (!WorkflowKey.isValid(key)) {
      throw ErrorCode.INVALID_PARAMS.at(
          "source", "must be the key of a workflow or of a broadcast");
    }
    return new WorkflowKey(key);
  }
}
