package dev.carillon.storage.dynamo;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What must hold of the item that is there for a write to happen. The expression is a constant. */
public record Condition(
    String expression, Map<String, String> names, Map<String, AttributeValue> values) {

  /** The expression of a condition that always holds. */
  static final String ALWAYS = "";

  /** Whatever is there. */
  public static final Condition NONE = new Condition(ALWAYS, Map.of(), Map.of());

  /** There is no item yet. */
  public static final Condition NEW = new Condition("attribute_not_exists(pk)", Map.of(), Map.of());

  /** There is an item. */
  public static final Condition THERE = new Condition("attribute_exists(pk)", Map.of(), Map.of());

  /** There is no item, or one whose time is over, although it is still there. */
  public static Condition free(Instant now) {
    return new Condition(
        "attribute_not_exists(pk) OR #ttl <= :now",
        Map.of("#ttl", Item.TTL),
        Map.of(":now", AttributeValue.fromN(Long.toString(now.getEpochSecond()))));
  }

  /** The item that is there has this revision; 0: there is none. */
  public static Condition revision(long revision) {
    return revision == 0
        ? NEW
        : new Condition(
            "#r = :r",
            Map.of("#r", Item.REVISION),
            Map.of(":r", AttributeValue.fromN(Long.toString(revision))));
  }

  /** As {@link #revision}, of items that may have been written before they had one. */
  public static Condition revisionOrNone(long revision) {
    return revision == 0
        ? new Condition("attribute_not_exists(#r)", Map.of("#r", Item.REVISION), Map.of())
        : revision(revision);
  }

  /** The expression for a request, which must have none rather than an empty one. */
  static String orNull(String expression) {
    return expression.isEmpty() ? null : expression;
  }

  /** Names or values for a request: the service refuses empty maps. */
  static <V> Map<String, V> orNull(Map<String, V> map) {
    return map.isEmpty() ? null : map;
  }
}
