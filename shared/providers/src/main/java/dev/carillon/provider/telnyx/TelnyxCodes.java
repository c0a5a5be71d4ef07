package dev.carillon.provider.telnyx;

import static dev.carillon.provider.sms.Refusal.CHANNEL;
import static dev.carillon.provider.sms.Refusal.LATER;
import static dev.carillon.provider.sms.Refusal.MESSAGE;
import static dev.carillon.provider.sms.Refusal.RECIPIENT;
import static java.util.Map.entry;

import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.JsonBody;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.sms.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What Telnyx's codes and statuses mean.
 * https://developers.telnyx.com/docs/messaging/messages/error-codes and
 * https://developers.telnyx.com/development/api-fundamentals/api-errors
 */
final class TelnyxCodes {

  private static final Map<String, Refusal> OF_REQUESTS =
      Map.ofEntries(
          entry("40001", RECIPIENT), // not routable, a landline
          entry("40300", RECIPIENT), // blocked by STOP
          entry("40301", RECIPIENT), // unsupported
          entry("40310", RECIPIENT), // invalid to
          entry("10009", CHANNEL), // authentication
          entry("10010", CHANNEL), // authorization
          entry("10001", CHANNEL), // our number is inactive
          entry("10002", CHANNEL), // invalid number, the sender's
          entry("10016", CHANNEL), // not in E.164, the sender's
          entry("20100", CHANNEL), // balance
          entry("40003", CHANNEL), // our number is blocked as spam
          entry("40305", CHANNEL), // from or profile: these fourteen
          entry("40306", CHANNEL),
          entry("40307", CHANNEL),
          entry("40308", CHANNEL),
          entry("40309", CHANNEL),
          entry("40311", CHANNEL),
          entry("40312", CHANNEL),
          entry("40313", CHANNEL),
          entry("40314", CHANNEL),
          entry("40315", CHANNEL),
          entry("40316", CHANNEL),
          entry("40317", CHANNEL),
          entry("40318", CHANNEL),
          entry("10003", MESSAGE), // a URL is invalid or over 2,000 characters
          entry("10004", MESSAGE), // a parameter is missing
          entry("10005", MESSAGE), // resource not found
          entry("10015", MESSAGE), // not well formed
          entry("40009", MESSAGE), // invalid body
          entry("10007", LATER), // unexpected error
          entry("10008", LATER), // timeout
          entry("10011", LATER), // too many requests
          entry("40011", LATER)); // rate of the number

  /** Codes that are about whichever number they point at. */
  private static final Set<String> OF_NUMBERS = Set.of("10001", "10002", "10016");

  /** The last statuses of a message; those on the way are absent. */
  private static final Map<String, DeliveryStatus> STATUSES =
      Map.ofEntries(
          entry("delivered", DeliveryStatus.DELIVERED),
          entry("delivery_failed", DeliveryStatus.UNDELIVERED),
          entry("sending_failed", DeliveryStatus.UNDELIVERED),
          entry("expired", DeliveryStatus.UNDELIVERED));

  private static final String DELIVERY_FAILED = "delivery_failed";

  private TelnyxCodes() {}

  static Optional<Refusal> of(String code) {
    return Optional.ofNullable(OF_REQUESTS.get(code));
  }

  /** As {@link #of}, of an error that points at the recipient's number. */
  static Optional<Refusal> ofTo(String code) {
    return OF_NUMBERS.contains(code) ? Optional.of(RECIPIENT) : of(code);
  }

  /** The status of the one recipient of a message. */
  static Optional<String> status(Json.Obj message) {
    return first(message.list("to")).text("status");
  }

  static Optional<DeliveryStatus> becomes(Json.Obj message) {
    Optional<String> status = status(message);
    boolean bounced =
        status.filter(DELIVERY_FAILED::equals).isPresent()
            && message.list("errors").stream()
                .map(error -> error instanceof Json.Obj object ? object : Json.Obj.EMPTY)
                .flatMap(error -> JsonBody.scalar(error, "code").stream())
                .anyMatch(code -> OF_REQUESTS.get(code) == RECIPIENT);
    return bounced ? Optional.of(DeliveryStatus.BOUNCED) : status.map(STATUSES::get);
  }

  static Optional<String> reason(Json.Obj message) {
    Json.Obj error = first(message.list("errors"));
    String words =
        ProviderWords.of(
            List.of(),
            JsonBody.scalar(error, "code").orElse(""),
            error.text("title").orElse(""));
    return words.isEmpty() ? Optional.empty() : Optional.of(words);
  }

  /** The first of a list, if that is an object. */
  static Json.Obj first(List<Json> items) {
    return !items.isEmpty() && items.getFirst() instanceof Json.Obj object
        ? object
        : Json.Obj.EMPTY;
  }
}
