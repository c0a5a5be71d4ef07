package dev.carillon.feed;

import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.Message;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.TenantId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which items of one user's feed are wanted.
 *
 * @param status as in the API: all, seen, unseen, read or unread
 * @param tenancy which tenants' items
 * @param source only those of one workflow, or of the broadcast with the same key
 * @param category only those of workflows with one of these categories; empty for any
 * @param data only those whose flat data has these values
 * @param insertedAt when they came into the feed
 */
public record FeedQuery(
    EnvironmentId environment,
    String userId,
    ChannelId channel,
    Status status,
    Archived archived,
    Tenancy tenancy,
    Optional<WorkflowKey> source,
    Set<String> category,
    Map<String, Json> data,
    TimeRange insertedAt) {

  public FeedQuery {
    category = Set.copyOf(category);
    data = Map.copyOf(data);
  }

  public enum Status {
    ALL,
    SEEN,
    UNSEEN,
    READ,
    UNREAD
  }

  public enum Archived {
    EXCLUDE,
    INCLUDE,
    ONLY
  }

  public sealed interface Tenancy {
    /** Items of every tenant and of none. */
    record Everything() implements Tenancy {}

    /** Items of this tenant; those of no tenant too unless {@code only}. */
    record Of(TenantId tenant, boolean only) implements Tenancy {}

    /** Items that have a tenant, or items that have none. */
    record Having(boolean tenant) implements Tenancy {}
  }

  public FeedQuery withStatus(Status other) {
    return new FeedQuery(
        environment, userId, channel, other, archived, tenancy, source, category, data, insertedAt);
  }

  /** Those of the same items that came into the feed then or later. */
  public FeedQuery since(Instant instant) {
    if (!instant.isAfter(insertedAt.start())) {
      return this;
    }
    var end = insertedAt.end().isBefore(instant) ? instant : insertedAt.end();
    return new FeedQuery(
        environment,
        userId,
        channel,
        status,
        archived,
        tenancy,
        source,
        category,
        data,
        new TimeRange(instant, end));
  }

  /** Whether the items in this state are wanted. */
  public boolean wants(ItemState state) {
    boolean byStatus =
        switch (status) {
          case ALL -> true;
          case SEEN -> state.seen();
          case UNSEEN -> !state.seen();
          case READ -> state.read();
          case UNREAD -> !state.read();
        };
    return byStatus
        && switch (archived) {
          case EXCLUDE -> !state.archived();
          case INCLUDE -> true;
          case ONLY -> state.archived();
        };
  }

  /**
   * Whether an item of this tenant, workflow, categories and data is wanted, whatever its state.
   */
  public boolean wants(
      Optional<TenantId> tenant,
      WorkflowKey workflow,
      Collection<String> categories,
      Json.Obj flatData) {
    boolean byTenant =
        switch (tenancy) {
          case Tenancy.Everything() -> true;
          case Tenancy.Of(var wanted, var only) -> tenant.map(wanted::equals).orElse(!only);
          case Tenancy.Having(var having) -> tenant.isPresent() == having;
        };
    return byTenant
        && source.map(wanted -> wanted.plain().equals(workflow.plain())).orElse(true)
        && (category.isEmpty() || categories.stream().anyMatch(category::contains))
        && data.entrySet().stream()
            .allMatch(wanted -> wanted.getValue().equals(flatData.fields().get(wanted.getKey())));
  }

  /** Whether the message is wanted: in a feed at all, everything above, and its time there. */
  public boolean wants(Message message) {
    return message.isInFeed()
        && wants(ItemState.of(message.engagement().keySet()))
        && wants(
            message.tenant(),
            message.source().workflow(),
            message.source().categories(),
            message.flatData())
        && insertedAt.contains(message.shownAt());
  }
}
