package dev.carillon.functions.api.messages;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.Ids;
import dev.carillon.edge.Limits;
import dev.carillon.edge.ListFilters;
import dev.carillon.edge.Query;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.EngagementStatus;
import dev.carillon.message.FlatData;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which messages a call asks for. Several values of one filter mean any of them, several filters
 * all of them.
 *
 * @param ids empty for any
 * @param engagement what was done, or was not
 * @param data scalars at the top of the data; not part of {@link #wants}, as it is stored elsewhere
 */
record MessageFilters(
    List<MessageId> ids,
    Optional<ChannelId> channel,
    Optional<TenantId> tenant,
    Set<String> status,
    Set<EngagementStatus> engagement,
    Set<String> categories,
    Optional<String> source,
    Optional<TriggerId> trigger,
    Optional<RunId> run,
    Map<String, Json> data,
    TimeRange insertedAt) {

  private static final Set<String> STATUSES =
      Arrays.stream(DeliveryStatus.values())
          .map(DeliveryStatus::wireName)
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> ENGAGEMENTS =
      Arrays.stream(EngagementStatus.values())
          .map(EngagementStatus::wireName)
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> PARAMETERS = parameters();

  static MessageFilters of(Query query, List<Channel> channels) {
    query.heeding(PARAMETERS);
    return new MessageFilters(
        ids(query),
        query.one("channel_id").map(it -> channel(it, channels)),
        query.id("tenant").map(TenantId::new),
        Set.copyOf(query.someOf("status", STATUSES)),
        query.someOf("engagement_status", ENGAGEMENTS).stream()
            .flatMap(it -> EngagementStatus.named(it).stream())
            .collect(Collectors.toSet()),
        Set.copyOf(query.all("workflow_categories")),
        query.one("source"),
        uuid(query, "workflow_run_id").map(TriggerId::new),
        uuid(query, "workflow_recipient_run_id").map(RunId::new),
        ListFilters.triggerData(query),
        ListFilters.insertedAt(query));
  }

  /** Whether everything but the data fits. */
  boolean wants(Message message) {
    var from = message.source();
    return insertedAt.contains(message.insertedAt())
        && (ids.isEmpty() || ids.contains(message.id()))
        && channel.map(message.channel()::equals).orElse(true)
        && tenant.map(it -> message.tenant().equals(Optional.of(it))).orElse(true)
        && (status.isEmpty() || status.contains(message.status().wireName()))
        && (engagement.isEmpty() || engagement.stream().anyMatch(it -> it.holds(message)))
        && (categories.isEmpty() || from.categories().stream().anyMatch(categories::contains))
        && source.map(from.workflow().plain()::equals).orElse(true)
        && trigger.map(from.trigger()::equals).orElse(true)
        && run.map(from.run()::equals).orElse(true);
  }

  /**
   * Whether all of it fits. The data last: only feed messages have it beside them, for others it
   * costs a read.
   *
   * @param stored the data of a message as its content has it
   */
  boolean wants(Message message, Function<Message, Json.Obj> stored) {
    return wants(message)
        && (data.isEmpty()
            || ListFilters.holds(
                data,
                message.channelType() == ChannelType.IN_APP_FEED
                    ? message.flatData()
                    : FlatData.of(stored.apply(message))));
  }

  /** When messages that could fit were made: not before their trigger. */
  TimeRange range() {
    var earliest = run.map(RunId::time).or(() -> trigger.map(TriggerId::time));
    return earliest
        // To the second, as a message's id says no more.
        .map(it -> Instant.ofEpochSecond(it.getEpochSecond()))
        .filter(insertedAt.start()::isBefore)
        .map(it -> ListFilters.range(Optional.of(it), Optional.of(insertedAt.end())))
        .orElse(insertedAt);
  }

  /** What {@code message_ids} names, each once; empty when it is not given. */
  static List<MessageId> ids(Query query) {
    var ids = query.all("message_ids");
    if (ids.size() > Limits.IDS) {
      throw ErrorCode.INVALID_PARAMS.at(
          "message_ids", "must have at most " + Limits.IDS + " entries");
    }
    if (!ids.stream().allMatch(Ksuid::isValid)) {
      throw ErrorCode.INVALID_PARAMS.at("message_ids", "must be ids of messages");
    }
    return ids.stream().distinct().map(MessageId::new).toList();
  }

  private static ChannelId channel(String keyOrId, List<Channel> channels) {
    return channels.stream()
        .filter(it -> it.key().equals(keyOrId) || it.id().toString().equalsIgnoreCase(keyOrId))
        .findFirst()
        .map(Channel::id)
        .orElseThrow(
            () ->
                ErrorCode.CHANNEL_INVALID.at(
                    "channel_id", "is neither a channel's key nor its id"));
  }

  private static Optional<UUID> uuid(Query query, String name) {
    return query
        .one(name)
        .map(
            text ->
                Ids.uuid(text)
                    .orElseThrow(() -> ErrorCode.INVALID_PARAMS.at(name, "must be a UUID")));
  }

  private static Set<String> parameters() {
    var names =
        new TreeSet<>(
            Set.of(
                "after",
                "before",
                "page_size",
                "tenant",
                "channel_id",
                "status",
                "engagement_status",
                "message_ids",
                "workflow_categories",
                "source",
                "workflow_run_id",
                "workflow_recipient_run_id",
                "trigger_data"));
    names.addAll(ListFilters.INSERTED_AT);
    return Set.copyOf(names);
  }
}
