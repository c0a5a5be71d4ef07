package dev.carillon.provider.messagebird;

import static dev.carillon.provider.Meaning.DEFERRED;
import static dev.carillon.provider.Meaning.MISCONFIGURED;
import static dev.carillon.provider.Meaning.REJECTED;
import static java.util.Map.entry;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.Meaning;
import java.util.Map;
import java.util.Optional;

/**
 * What MessageBird's codes and statuses mean. https://developers.messagebird.com/api/ and
 * https://docs.bird.com/api/channels-api/message-status-and-interactions/message-failure-sources/sms-platform-extended-error-codes
 */
final class MessageBirdCodes {

  /** Of an answer that is none of success. One about the recipient's number bounces instead. */
  static final Map<String, Meaning> OF_REQUESTS =
      Map.ofEntries(
          entry("2", MISCONFIGURED), // not allowed, a wrong key
          entry("25", MISCONFIGURED), // not enough balance
          entry("9", REJECTED), // a parameter is missing
          entry("10", REJECTED), // a parameter is invalid
          entry("20", REJECTED), // not found
          entry("21", REJECTED), // bad request
          entry("98", DEFERRED), // not found by an inner service
          entry("99", DEFERRED)); // internal error

  /** The last statuses of a recipient; those on the way are absent. */
  private static final Map<String, DeliveryStatus> STATUSES =
      Map.ofEntries(
          entry("delivered", DeliveryStatus.DELIVERED),
          entry("delivery_failed", DeliveryStatus.UNDELIVERED),
          entry("expired", DeliveryStatus.UNDELIVERED));

  /** Codes of a failed delivery by which it is the number's fault, in words. */
  private static final Map<String, String> BOUNCES =
      Map.ofEntries(
          entry("1", "unknown subscriber"),
          entry("5", "unidentified subscriber"),
          entry("9", "illegal subscriber"),
          entry("12", "illegal equipment"),
          entry("103", "opted out"));

  private MessageBirdCodes() {}

  static Optional<DeliveryStatus> becomes(String status, Optional<String> code) {
    Optional<DeliveryStatus> last = Optional.ofNullable(STATUSES.get(status));
    return status.equals("delivery_failed") && code.filter(BOUNCES::containsKey).isPresent()
        ? Optional.of(DeliveryStatus.BOUNCED)
        : last;
  }

  /** The code with its words; empty for 0, and for what is no code. */
  static Optional<String> reason(String code) {
    if (!code.matches("[1-9][0-9]{0,5}")) {
      return Optional.empty();
    }
    String words = BOUNCES.get(code);
    return Optional.of(words == null ? code : code + ": " + words);
  }
}
