package dev.carillon.feeds;

import dev.carillon.channel.ChannelId;
import dev.carillon.edge.Problem;
import dev.carillon.edge.Query;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.feed.FeedQuery;
import dev.carillon.feed.FeedQuery.Archived;
import dev.carillon.feed.FeedQuery.Status;
import dev.carillon.feed.FeedQuery.Tenancy;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.TenantId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

  /** How much of a text can be filtered by. */
  private static final int TEXT = 256;

  private FeedFilters() {}

  static FeedQuery of(Query query, EnvironmentId environment, String user, ChannelId channel) {
    query.only(PARAMETERS);
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
        query.one("trigger_data").map(FeedFilters::flat).orElse(Map.of()),
        insertedAt(query));
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
      throw Problem.INVALID_PARAMS.at("source", "must be the key of a workflow");
    }
    return new WorkflowKey(key);
  }

  private static Map<String, Json> flat(String text) {
    var flat = new LinkedHashMap<String, Json>();
    triggerData(text)
        .fields()
        .forEach(
            (key, value) ->
                flat.put(
                    key,
                    switch (value) {
                      case Json.Str(var it) -> Json.of(cut(it));
                      case Json.Num _, Json.Bool _, Json.Null _ -> value;
                      case Json.Obj _, Json.Arr _ ->
                          throw Problem.INVALID_PARAMS.at(
                              "trigger_data", "must have no objects or lists as values");
                    }));
    return flat;
  }

  private static Json.Obj triggerData(String text) {
    try {
      if (JsonText.parse(text) instanceof Json.Obj object) {
        return object;
      }
    } catch (MalformedJson _) { // refused below
    }
    throw Problem.INVALID_PARAMS.at("trigger_data", "must be a JSON object, as a string");
  }

  private static String cut(String text) {
    return text.length() <= TEXT ? text : text.substring(0, TEXT);
  }

  private static TimeRange insertedAt(Query query) {
    var all = TimeRange.ALL;
    var start =
        Stream.concat(
                query.instant("inserted_at.gte").stream(),
                query.instant("inserted_at.gt").map(FeedFilters::next).stream())
            .filter(all.start()::isBefore)
            .max(Instant::compareTo)
            .orElse(all.start());
    var end =
        Stream.concat(
                query.instant("inserted_at.lt").stream(),
                query.instant("inserted_at.lte").map(FeedFilters::next).stream())
            .filter(all.end()::isAfter)
            .min(Instant::compareTo)
            .orElse(all.end());
    return new TimeRange(start, end.isBefore(start) ? start : end);
  }

  private static Instant next(Instant instant) {
    return instant.plusNanos(1);
  }
}
