package dev.carillon.provider.messagemedia;

import static java.util.Map.entry;

import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.format.JsonBody;
import java.util.Map;
import java.util.Optional;

/**
 * What MessageMedia's statuses mean. Which of its codes tell a number that is none is not
 * published, so nothing bounces here. https://messagemedia.com/developers/messages-api/
 */
final class MessageMediaStatuses {

  /** The last ones; those on the way are absent. */
  private static final Map<String, DeliveryStatus> STATUSES =
      Map.ofEntries(
          entry("delivered", DeliveryStatus.DELIVERED),
          entry("undeliverable", DeliveryStatus.UNDELIVERED),
          entry("failed", DeliveryStatus.UNDELIVERED),
          entry("rejected", DeliveryStatus.UNDELIVERED),
          entry("expired", DeliveryStatus.UNDELIVERED));

  private MessageMediaStatuses() {}

  static Optional<DeliveryStatus> becomes(Json.Obj message) {
    return message.text("status").map(STATUSES::get);
  }

  static Optional<String> reason(Json.Obj message) {
    return JsonBody.scalar(message, "status_code")
        .filter(code -> code.matches("[0-9]{1,6}"))
        .filter(_ -> !becomes(message).equals(Optional.of(DeliveryStatus.DELIVERED)))
        .map(code -> "status_code " + code);
  }
}
