package dev.carillon.provider.africastalking;

import static dev.carillon.provider.Meaning.BOUNCED;
import static dev.carillon.provider.Meaning.DEFERRED;
import static dev.carillon.provider.Meaning.MISCONFIGURED;
import static dev.carillon.provider.Meaning.REJECTED;
import static java.util.Map.entry;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.Meaning;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What Africa's Talking's codes and statuses mean.
 * https://developers.africastalking.com/docs/sms/sending/bulk and
 * https://developers.africastalking.com/docs/sms/notifications
 */
final class AfricasTalkingCodes {

  /** Codes of a recipient whose message was processed, sent or queued. */
  static final Set<String> TAKEN = Set.of("100", "101", "102");

  static final Map<String, Meaning> OF_RECIPIENTS =
      Map.ofEntries(
          entry("401", REJECTED), // held as a risk
          entry("402", MISCONFIGURED), // invalid sender
          entry("403", BOUNCED), // invalid number
          entry("404", BOUNCED), // unsupported kind of number
          entry("405", MISCONFIGURED), // insufficient balance
          entry("406", BOUNCED), // on the blacklist, opted out
          entry("407", DEFERRED), // could not be routed
          entry("409", BOUNCED), // do not disturb
          entry("500", DEFERRED), // internal error
          entry("501", DEFERRED), // gateway error
          entry("502", DEFERRED)); // rejected by the gateway

  /** The word of an answer that lists no recipients. */
  static final Map<String, Meaning> OF_REQUESTS =
      Map.ofEntries(
          entry("InvalidSenderId", MISCONFIGURED),
          entry("InvalidPhoneNumber", BOUNCED),
          entry("InvalidPhoneNumbers", BOUNCED),
          entry("InsufficientBalance", MISCONFIGURED),
          entry("UserInBlacklist", BOUNCED),
          entry("InternalServerError", DEFERRED));

  private static final String STATUS_FAILED = "Failed";
  private static final String STATUS_REJECTED = "Rejected";

  /** The last statuses of a report; those on the way are absent. */
  private static final Map<String, DeliveryStatus> STATUSES =
      Map.ofEntries(
          entry("Success", DeliveryStatus.DELIVERED),
          entry(STATUS_FAILED, DeliveryStatus.UNDELIVERED),
          entry(STATUS_REJECTED, DeliveryStatus.UNDELIVERED),
          entry("AbsentSubscriber", DeliveryStatus.UNDELIVERED),
          entry("Expired", DeliveryStatus.UNDELIVERED));

  /** Reasons of a failure by which it is the number's fault. */
  private static final Set<String> BOUNCES =
      Set.of(
          "UserInBlacklist",
          "UserInBlackList",
          "DoNotDisturbRejection",
          "UserAccountSuspended",
          "InvalidPhoneNumber",
          "UserNotSubscribedToProduct",
          "NotNetworkSubscriber",
          "UserDoesNotExist");

  private AfricasTalkingCodes() {}

  static Optional<DeliveryStatus> becomes(String status, Optional<String> reason) {
    boolean refused = status.equals(STATUS_FAILED) || status.equals(STATUS_REJECTED);
    return refused && reason.filter(BOUNCES::contains).isPresent()
        ? Optional.of(DeliveryStatus.BOUNCED)
        : Optional.ofNullable(STATUSES.get(status));
  }
}
