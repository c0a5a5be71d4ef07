package dev.carillon.edge;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.message.FlatData;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Filters that several lists have, and what their parameters may be. */
public final class ListFilters {
  public static final Set<String> INSERTED_AT =
      Set.of("inserted_at.gt", "inserted_at.gte", "inserted_at.lt", "inserted_at.lte");

  private ListFilters() {}

  /** What {@code inserted_at.gt}, {@code gte}, {@code lt} and {@code lte} allow together. */
  public static TimeRange insertedAt(Query query) {
    var start =
        latest(
            query.instant("inserted_at.gte"),
            query.instant("inserted_at.gt").map(it -> it.plusNanos(1)));
    var end =
        earliest(
            query.instant("inserted_at.lt"),
            query.instant("inserted_at.lte").map(it -> it.plusNanos(1)));
    return range(start, end);
  }

  /** From {@code start} to {@code end}, as far as there can be anything; empty when they cross. */
  public static TimeRange range(Optional<Instant> start, Optional<Instant> end) {
    var all = TimeRange.ALL;
    var from = start.filter(all.start()::isBefore).orElse(all.start());
    var to = end.filter(all.end()::isAfter).orElse(all.end());
    return new TimeRange(from, to.isBefore(from) ? from : to);
  }

  /** The scalars that {@code trigger_data} asks for, as {@link FlatData} has them. */
  public static Map<String, Json> triggerData(Query query) {
    return query.one("trigger_data").map(it -> triggerData("trigger_data", it)).orElse(Map.of());
  }

  public static boolean holds(Map<String, Json> wanted, Json.Obj flat) {
    return wanted.entrySet().stream()
        .allMatch(it -> it.getValue().equals(flat.fields().get(it.getKey())));
  }

  /** Whom {@code recipient}, or {@code recipient.id} and {@code recipient.collection}, name. */
  public static Optional<RecipientId> recipient(Query query) {
    var user = query.id("recipient").map(RecipientId::user);
    var id = query.id("recipient.id");
    var collection = query.one("recipient.collection");
    if (user.isPresent() && (id.isPresent() || collection.isPresent())) {
      throw ErrorCode.INVALID_PARAMS.at("recipient", "must be given once");
    }
    if (id.isEmpty() && collection.isPresent()) {
      throw ErrorCode.INVALID_PARAMS.at("recipient.id", "is required");
    }
    return user.or(
        () ->
            id.map(
                it ->
                    new RecipientId(
                        Ids.checked("recipient.collection", collection.orElse(RecipientId.USERS)),
                        it)));
  }

  /**
   * The same of a field.
   *
   * @param text a JSON object
   */
  public static Map<String, Json> triggerData(String field, String text) {
    try {
      if (JsonText.parse(text) instanceof Json.Obj object) {
        var flat = FlatData.of(object);
        if (flat.fields().size() < object.fields().size()) {
          throw ErrorCode.INVALID_PARAMS.at(field, "must have no objects or lists as values");
        }
        return flat.fields();
      }
    } catch (MalformedJson _) { // refused below
    }
    throw ErrorCode.INVALID_PARAMS.at(field, "must be a JSON object, as a string");
  }

  private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other).flatMap(Optional::stream).max(Instant::compareTo);
  }

  private static Optional<Instant> earliest(Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other).flatMap(Optional::stream).min(Instant::compareTo);
  }
}
