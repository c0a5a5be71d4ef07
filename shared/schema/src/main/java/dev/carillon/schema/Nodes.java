package dev.carillon.schema;

import dev.carillon.json.Json;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Our tree as the validator's. */
final class Nodes {
  private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

  private Nodes() {}

  static JsonNode of(Json json) {
    return switch (json) {
      case Json.Obj(var fields) -> {
        var object = MAKE.objectNode();
        fields.forEach((name, value) -> object.set(name, of(value)));
        yield object;
      }
      case Json.Arr(var items) -> {
        var array = MAKE.arrayNode(items.size());
        items.forEach(item -> array.add(of(item)));
        yield array;
      }
      case Json.Str(var value) -> MAKE.stringNode(value);
      case Json.Num(var value) -> number(value);
      case Json.Bool(var value) -> MAKE.booleanNode(value);
      case Json.Null() -> MAKE.nullNode();
    };
  }

  /**
   * A whole number however it was written: {@code 1.0} is an integer in every draft but the 4th.
   */
  private static JsonNode number(BigDecimal value) {
    return value.stripTrailingZeros().scale() <= 0
        ? MAKE.numberNode(value.toBigIntegerExact())
        : MAKE.numberNode(value);
  }
}
