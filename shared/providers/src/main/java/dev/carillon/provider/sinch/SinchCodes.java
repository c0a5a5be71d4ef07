package dev.carillon.provider.sinch;

import static java.util.Map.entry;

import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.format.JsonBody;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the statuses and codes of Sinch's delivery reports mean.
 * https://developers.sinch.com/docs/sms/api-reference/sms/tag/Delivery-reports/
 */
final class SinchCodes {

  /** The last statuses; those on the way are absent. */
  private static final Map<String, DeliveryStatus> STATUSES =
      Map.ofEntries(
          entry("Delivered", DeliveryStatus.DELIVERED),
          entry("Deleted", DeliveryStatus.BOUNCED), // an invalid number, or opted out
          entry("Failed", DeliveryStatus.UNDELIVERED),
          entry("Rejected", DeliveryStatus.UNDELIVERED),
          entry("Expired", DeliveryStatus.UNDELIVERED),
          entry("Aborted", DeliveryStatus.UNDELIVERED),
          entry("Cancelled", DeliveryStatus.UNDELIVERED));

  /** Codes by which it is the number's fault. */
  private static final Set<String> BOUNCES = Set.of("402", "413");

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          entry("402", "cannot be routed"),
          entry("403", "internal error"),
          entry("404", "temporary failure"),
          entry("405", "a parameter without a value"),
          entry("406", "expired before it was dispatched"),
          entry("407", "cancelled"),
          entry("408", "rejected by the SMSC"),
          entry("410", "no default originator"),
          entry("411", "too many parts"),
          entry("412", "region not provisioned"),
          entry("413", "blocked, or opted out"));

  private SinchCodes() {}

  /** The status of a batch that is one message. */
  static Json.Obj only(Json.Obj report) {
    List<Json> statuses = report.list("statuses");
    return statuses.size() == 1 && statuses.getFirst() instanceof Json.Obj status
        ? status
        : Json.Obj.EMPTY;
  }

  /**
   * @param status with {@code status} and {@code code}
   */
  static Optional<DeliveryStatus> becomes(Json.Obj status) {
    Optional<DeliveryStatus> last = status.text("status").map(STATUSES::get);
    return last.filter(DeliveryStatus.UNDELIVERED::equals).isPresent()
            && JsonBody.scalar(status, "code").filter(BOUNCES::contains).isPresent()
        ? Optional.of(DeliveryStatus.BOUNCED)
        : last;
  }

  static Optional<String> reason(Json.Obj status) {
    return JsonBody.scalar(status, "code")
        .filter(code -> code.matches("[1-9][0-9]{0,5}"))
        .map(code -> WORDS.containsKey(code) ? code + ": " + WORDS.get(code) : code);
  }
}
