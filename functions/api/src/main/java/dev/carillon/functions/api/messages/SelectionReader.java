package dev.carillon.functions.api.messages;

import dev.carillon.bulk.MessageSelection;
import dev.carillon.bulk.MessageSelection.State;
import dev.carillon.bulk.MessageSelection.Tenancy;
import dev.carillon.channel.ChannelId;
import dev.carillon.edge.Limits;
import dev.carillon.edge.ListFilters;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.feed.FeedQuery.Archived;
import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.EngagementStatus;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads which messages a bulk call is about. */
final class SelectionReader {
  private static final String RECIPIENTS = "recipient_ids";

  /** As browsers call the recipients. */
  private static final String USERS = "user_ids";

  private static final Set<String> FIELDS =
      Set.of(
          RECIPIENTS,
          USERS,
          "tenants",
          "has_tenant",
          "workflows",
          "delivery_status",
          "engagement_status",
          "archived",
          "trigger_data",
          "newer_than",
          "older_than");

  private SelectionReader() {}

  /**
   * @param now what is inserted later is not meant
   */
  static MessageSelection read(RequestFields body, ChannelId channel, Instant now) {
    body.only(FIELDS);
    Instant until =
        body.optional("older_than")
            .map(RequestValue::instant)
            .filter(it -> it.isBefore(now))
            .orElse(now.plusNanos(1));
    return new MessageSelection(
        channel,
        Stream.of(USERS, RECIPIENTS)
            .flatMap(name -> some(body, name).stream())
            .map(RequestValue::id)
            .map(RecipientId::user)
            .distinct()
            .toList(),
        new Tenancy(
            set(body, "tenants", it -> new TenantId(it.id())),
            body.optional("has_tenant").map(RequestValue::bool)),
        set(body, "workflows", SelectionReader::workflow),
        new State(
            anyOf(body, "delivery_status", DeliveryStatus.values(), DeliveryStatus::wireName),
            anyOf(body, "engagement_status", EngagementStatus.values(), EngagementStatus::wireName),
            body.optional("archived")
                .map(it -> it.oneOf(Set.of("exclude", "include", "only")))
                .map(it -> Archived.valueOf(it.toUpperCase(Locale.ROOT)))
                .orElse(Archived.INCLUDE)),
        body.optional("trigger_data")
            .map(it -> ListFilters.triggerData(it.path(), it.text()))
            .orElse(Map.of()),
        ListFilters.range(
            body.optional("newer_than").map(it -> it.instant().plusNanos(1)), Optional.of(until)));
  }

  private static WorkflowKey workflow(RequestValue value) {
    if (!WorkflowKey.isValid(value.text())) {
      throw value.refused("must be the key of a workflow");
    }
    return new WorkflowKey(value.text());
  }

  private static List<RequestValue> some(RequestFields body, String name) {
    return body.optional(name).map(it -> it.list(1, Limits.MARKED_RECIPIENTS)).orElse(List.of());
  }

  private static <T> Set<T> set(RequestFields body, String name, Function<RequestValue, T> read) {
    return some(body, name).stream().map(read).collect(Collectors.toSet());
  }

  /** One of the values, or a list of them. */
  private static <T> Set<T> anyOf(
      RequestFields body, String name, T[] values, Function<T, String> wireName) {
    Map<String, T> byName =
        Stream.of(values).collect(Collectors.toMap(wireName, Function.identity()));
    return body
        .optional(name)
        .map(it -> it.json() instanceof Json.Arr ? it.list(1, values.length) : List.of(it))
        .orElse(List.of())
        .stream()
        .map(it -> byName.get(it.oneOf(byName.keySet())))
        .collect(Collectors.toSet());
  }
}
