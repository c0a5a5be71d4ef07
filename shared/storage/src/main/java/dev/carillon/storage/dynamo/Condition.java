package dev.carillon.storage.dynamo;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What must hold of the item that is there for a write to happen. The expression is a constant. */
record Condition(String expression, Map<String, String> names, Map<String, AttributeValue> values) {

  /** The expression of a condition that always holds. */
  static final String ALWAYS = "";

  /** There is no item yet. */
  static final Condition NEW = new Condition("attribute_not_exists(pk)", Map.of(), Map.of());

  /** The item that is there has this revision; 0: there is none. */
  static Condition revision(long revision) {
    return revision == 0
        ? NEW
        : new Condition(
            "#r = :r",
            Map.of("#r", Item.REVISION),
            Map.of(":r", AttributeValue.fromN(Long.toString(revision))));
  }
}
