package dev.carillon.provider.plivo;

import static java.util.Map.entry;

import dev.carillon.message.DeliveryStatus;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What Plivo's statuses and codes of delivery mean.
 * https://www.plivo.com/docs/messaging/troubleshooting/error-codes
 */
final class PlivoCodes {

  /** The last statuses; those on the way are absent. */
  private static final Map<String, DeliveryStatus> STATUSES =
      Map.ofEntries(
          entry("delivered", DeliveryStatus.DELIVERED),
          entry("failed", DeliveryStatus.UNDELIVERED),
          entry("rejected", DeliveryStatus.UNDELIVERED),
          entry("undelivered", DeliveryStatus.UNDELIVERED));

  /** Codes by which it is the number's fault. */
  private static final Set<String> BOUNCES = Set.of("50", "70", "200");

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          entry("10", "invalid message"),
          entry("20", "network error"),
          entry("30", "spam detected"),
          entry("40", "invalid source number"),
          entry("50", "invalid destination number"),
          entry("60", "loop detected"),
          entry("70", "destination permanently unavailable"),
          entry("80", "destination temporarily unavailable"),
          entry("90", "no route available"),
          entry("100", "prohibited by the carrier"),
          entry("110", "message too long"),
          entry("200", "the recipient sent STOP"),
          entry("300", "failed to dispatch"),
          entry("420", "expired"),
          entry("450", "destination country not enabled"),
          entry("900", "insufficient credit"),
          entry("1000", "unknown error"));

  private PlivoCodes() {}

  static Optional<DeliveryStatus> becomes(String status, Optional<String> code) {
    Optional<DeliveryStatus> last = Optional.ofNullable(STATUSES.get(status));
    return last.filter(DeliveryStatus.UNDELIVERED::equals).isPresent()
            && code.filter(BOUNCES::contains).isPresent()
        ? Optional.of(DeliveryStatus.BOUNCED)
        : last;
  }

  /** The code with its words; empty for one that is unknown and holds more than digits. */
  static Optional<String> reason(String code) {
    if (!code.matches("[0-9]{1,6}") || code.matches("0+")) {
      return Optional.empty();
    }
    String words = WORDS.get(code);
    return Optional.of(words == null ? code : code + ": " + words);
  }
}
