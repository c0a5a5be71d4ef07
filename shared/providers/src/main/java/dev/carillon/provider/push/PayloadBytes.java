package dev.carillon.provider.push;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.nio.charset.StandardCharsets;

/** How large a payload is, as the services count. */
public final class PayloadBytes {
  private PayloadBytes() {}

  /** The bytes of the payload as it is sent. */
  public static int sent(Json payload) {
    return JsonText.bytes(payload).length;
  }

  /**
   * The bytes of names and values alone: never more than a service counts that measures them in a
   * form of its own, so that nothing is refused which it would take.
   */
  public static int named(Json payload) {
    return switch (payload) {
      case Json.Obj(var fields) ->
          fields.entrySet().stream()
              .mapToInt(field -> utf8(field.getKey()) + named(field.getValue()))
              .sum();
      case Json.Arr(var items) -> items.stream().mapToInt(PayloadBytes::named).sum();
      case Json.Str(var text) -> utf8(text);
      case Json.Num _, Json.Bool _ -> sent(payload);
      case Json.Null() -> 0;
    };
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
