package dev.carillon.provider.telnyx;

import static dev.carillon.provider.Meaning.BOUNCED;
import static dev.carillon.provider.Meaning.DEFERRED;
import static dev.carillon.provider.Meaning.MISCONFIGURED;
import static dev.carillon.provider.Meaning.REJECTED;
import static java.util.Map.entry;

import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.Meaning;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.format.JsonBody;
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

  private static final Map<String, Meaning> OF_REQUESTS =
      Map.ofEntries(
          entry("40001", BOUNCED), // not routable, a landline
          entry("40300", BOUNCED), // blocked by STOP
          entry("40301", BOUNCED), // unsupported
          entry("40310", BOUNCED), // invalid to
          entry("10009", MISCONFIGURED), // authentication
          entry("10010", MISCONFIGURED), // authorization
          entry("10001", MISCONFIGURED), // our number is inactive
          entry("10002", MISCONFIGURED), // invalid number, the sender's
          entry("10016", MISCONFIGURED), // not in E.164, the sender's
          entry("20100", MISCONFIGURED), // balance
          entry("40003", MISCONFIGURED), // our number is blocked as spam
          entry("40305", MISCONFIGURED), // from or profile: these fourteen
          entry("40306", MISCONFIGURED),
          entry("40307", MISCONFIGURED),
          entry("40308", MISCONFIGURED),
          entry("40309", MISCONFIGURED),
          entry("40311", MISCONFIGURED),
          entry("40312", MISCONFIGURED),
          entry("40313", MISCONFIGURED),
          entry("40314", MISCONFIGURED),
          entry("40315", MISCONFIGURED),
          entry("40316", MISCONFIGURED),
          entry("40317", MISCONFIGURED),
          entry("40318", MISCONFIGURED),
          entry("10003", REJECTED), // a URL is invalid or over 2,000 characters
          entry("10004", REJECTED), // a parameter is missing
          entry("10005", REJECTED), // resource not found
          entry("10015", REJECTED), // not well formed
          entry("40009", REJECTED), // invalid body
          entry("10007", DEFERRED), // unexpected error
          entry("10008", DEFERRED), // timeout
          entry("10011", DEFERRED), // too many requests
          entry("40011", DEFERRED)); // rate of the number

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

  static Optional<Meaning> of(String code) {
    return Optional.ofNullable(OF_REQUESTS.get(code));
  }

  /** As {@link #of}, of an error that points at the recipient's number. */
  static Optional<Meaning> ofTo(String code) {
    return OF_NUMBERS.contains(code) ? Optional.of(BOUNCED) : of(code);
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
                .anyMatch(code -> OF_REQUESTS.get(code) == BOUNCED);
    return bounced ? Optional.of(DeliveryStatus.BOUNCED) : status.map(STATUSES::get);
  }

  static Optional<String> reason(Json.Obj message) {
    Json.Obj error = first(message.list("errors"));
    String words =
        ProviderWords.of(
            List.of(), JsonBody.scalar(error, "code").orElse(""), error.text("title").orElse(""));
    return words.isEmpty() ? Optional.empty() : Optional.of(words);
  }

  /** The first of a list, if that is an object. */
  static Json.Obj first(List<Json> items) {
    return !items.isEmpty() && items.getFirst() instanceof Json.Obj object
        ? object
        : Json.Obj.EMPTY;
  }
}
