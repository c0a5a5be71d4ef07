package dev.carillon.provider.africastalking;

import static dev.carillon.provider.sms.Refusal.CHANNEL;
import static dev.carillon.provider.sms.Refusal.LATER;
import static dev.carillon.provider.sms.Refusal.MESSAGE;
import static dev.carillon.provider.sms.Refusal.RECIPIENT;
import static java.util.Map.entry;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.sms.Refusal;
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

  static final Map<String, Refusal> OF_RECIPIENTS =
      Map.ofEntries(
          entry("401", MESSAGE), // held as a risk
          entry("402", CHANNEL), // invalid sender
          entry("403", RECIPIENT), // invalid number
          entry("404", RECIPIENT), // unsupported kind of number
          entry("405", CHANNEL), // insufficient balance
          entry("406", RECIPIENT), // on the blacklist, opted out
          entry("407", LATER), // could not be routed
          entry("409", RECIPIENT), // do not disturb
          entry("500", LATER), // internal error
          entry("501", LATER), // gateway error
          entry("502", LATER)); // rejected by the gateway

  /** The word of an answer that lists no recipients. */
  static final Map<String, Refusal> OF_REQUESTS =
      Map.ofEntries(
          entry("InvalidSenderId", CHANNEL),
          entry("InvalidPhoneNumber", RECIPIENT),
          entry("InvalidPhoneNumbers", RECIPIENT),
          entry("InsufficientBalance", CHANNEL),
          entry("UserInBlacklist", RECIPIENT),
          entry("InternalServerError", LATER));

  private static final String FAILED = "Failed";
  private static final String REJECTED = "Rejected";

  /** The last statuses of a report; those on the way are absent. */
  private static final Map<String, DeliveryStatus> STATUSES =
      Map.ofEntries(
          entry("Success", DeliveryStatus.DELIVERED),
          entry(FAILED, DeliveryStatus.UNDELIVERED),
          entry(REJECTED, DeliveryStatus.UNDELIVERED),
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
    boolean refused = status.equals(FAILED) || status.equals(REJECTED);
    return refused && reason.filter(BOUNCES::contains).isPresent()
        ? Optional.of(DeliveryStatus.BOUNCED)
        : Optional.ofNullable(STATUSES.get(status));
  }
}
