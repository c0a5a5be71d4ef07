package dev.carillon.local.dynamo;

import dev.carillon.json.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.function.ToLongFunction;

/** How large DynamoDB says an item is: names and values in bytes, by its developer guide. */
final class ItemSizes {
  private static final int CONTAINER = 3;
  private static final int WRITE_UNIT = 1_024;
  private static final int READ_UNIT = 4_096;

  private ItemSizes() {}

  /** Of an item in attribute-value JSON; zero for the empty item. */
  static long item(Json.Obj item) {
    return item.fields().entrySet().stream()
        .mapToLong(attribute -> text(attribute.getKey()) + value(attribute.getValue()))
        .sum();
  }

  /** At least one, as for an item that does not exist. */
  static long writeUnits(long bytes) {
    return Math.max(1, Math.ceilDiv(bytes, WRITE_UNIT));
  }

  /** Of a strongly consistent read; at least one. */
  static long readUnits(long bytes) {
    return Math.max(1, Math.ceilDiv(bytes, READ_UNIT));
  }

  private static long value(Json value) {
    if (!(value instanceof Json.Obj(var fields)) || fields.size() != 1) {
      return 0;
    }
    var entry = fields.entrySet().iterator().next();
    var content = entry.getValue();
    return switch (entry.getKey()) {
      case "S" -> content instanceof Json.Str(var text) ? text(text) : 0;
      case "N" -> content instanceof Json.Str(var digits) ? number(digits) : 0;
      case "B" -> content instanceof Json.Str(var base64) ? bytes(base64) : 0;
      case "SS" -> set(content, ItemSizes::text);
      case "NS" -> set(content, ItemSizes::number);
      case "BS" -> set(content, ItemSizes::bytes);
      case "L" ->
          content instanceof Json.Arr(var items)
              ? CONTAINER + items.stream().mapToLong(item -> 1 + value(item)).sum()
              : 0;
      case "M" -> content instanceof Json.Obj map ? CONTAINER + map.fields().size() + item(map) : 0;
      default -> 1;
    };
  }

  private static long set(Json content, ToLongFunction<String> size) {
    return content instanceof Json.Arr(var items)
        ? items.stream()
            .mapToLong(item -> item instanceof Json.Str(var text) ? size.applyAsLong(text) : 0)
            .sum()
        : 0;
  }

  private static long text(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** A byte for two digits, one for the exponent and one for a minus. */
  private static long number(String digits) {
    var number = new BigDecimal(digits).stripTrailingZeros();
    return (number.precision() + 1) / 2 + 1 + (number.signum() < 0 ? 1 : 0);
  }

  private static long bytes(String base64) {
    var padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
    return base64.length() / 4 * 3L - padding;
  }
}
