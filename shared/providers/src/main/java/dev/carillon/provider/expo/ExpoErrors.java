package dev.carillon.provider.expo;

import dev.carillon.json.Json;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Meaning;
import dev.carillon.provider.ProviderResponse;
import java.util.Map;
import java.util.Optional;

/**
 * What Expo's errors mean.
 *
 * <p>Source: https://docs.expo.dev/push-notifications/sending-notifications/#errors
 */
final class ExpoErrors {
  /** {@code details.error} of a ticket or a receipt. */
  private static final Map<String, Meaning> OF_A_MESSAGE =
      Map.ofEntries(
          Map.entry("DeviceNotRegistered", Meaning.DEAD),
          Map.entry("MessageTooBig", Meaning.REJECTED),
          Map.entry("MessageRateExceeded", Meaning.DEFERRED),
          Map.entry("InvalidCredentials", Meaning.MISCONFIGURED),
          Map.entry("MismatchSenderId", Meaning.MISCONFIGURED),
          Map.entry("DeveloperError", Meaning.MISCONFIGURED),
          Map.entry("ProviderError", Meaning.DEFERRED),
          Map.entry("ExpoError", Meaning.DEFERRED));

  /** {@code errors[0].code} of a request. */
  private static final Map<String, Meaning> OF_A_REQUEST =
      Map.ofEntries(
          Map.entry("TOO_MANY_REQUESTS", Meaning.DEFERRED),
          Map.entry("UNAUTHORIZED", Meaning.MISCONFIGURED),
          Map.entry("PUSH_TOO_MANY_EXPERIENCE_IDS", Meaning.REJECTED),
          Map.entry("PUSH_TOO_MANY_NOTIFICATIONS", Meaning.REJECTED),
          Map.entry("VALIDATION_ERROR", Meaning.REJECTED));

  /** The name of an error that has none we know. */
  static final String UNKNOWN = "unknown error";

  private ExpoErrors() {}

  /** Of a ticket whose status is not ok. An error unknown to us is taken as the message's own. */
  static DeliveryResult ofTicket(Json.Obj ticket, ProviderResponse response) {
    String name = nameOf(ticket);
    return OF_A_MESSAGE.getOrDefault(name, Meaning.REJECTED).of(response, name);
  }

  /** Whether a receipt says that the device's token is dead. */
  static boolean dead(String name) {
    return OF_A_MESSAGE.get(name) == Meaning.DEAD;
  }

  /** The error's name, if it is one of those above. */
  static String nameOf(Json.Obj ticketOrReceipt) {
    return ticketOrReceipt
        .object("details")
        .text("error")
        .filter(OF_A_MESSAGE::containsKey)
        .orElse(UNKNOWN);
  }

  /** Of an answer that holds no ticket. */
  static DeliveryResult ofRequest(Json.Obj answer, ProviderResponse response) {
    Optional<String> code =
        answer.list("errors").stream()
            .filter(Json.Obj.class::isInstance)
            .flatMap(error -> ((Json.Obj) error).text("code").stream())
            .filter(OF_A_REQUEST::containsKey)
            .findFirst();
    if (code.isPresent()) {
      return OF_A_REQUEST.get(code.get()).of(response, code.get());
    }
    return response.successful()
        ? new DeliveryResult.Ambiguous("the answer cannot be read")
        : HttpAnswers.of(response);
  }
}
