package dev.carillon.provider.vonage;

import static dev.carillon.provider.sms.Refusal.CHANNEL;
import static dev.carillon.provider.sms.Refusal.LATER;
import static dev.carillon.provider.sms.Refusal.MESSAGE;
import static dev.carillon.provider.sms.Refusal.RECIPIENT;
import static java.util.Map.entry;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.sms.Refusal;
import java.util.Map;

/**
 * What Vonage's codes and statuses mean.
 * https://developer.vonage.com/messaging/sms/guides/troubleshooting-sms and
 * https://developer.vonage.com/messaging/sms/guides/delivery-receipts
 */
final class VonageCodes {
  static final String INVALID_PARAMETER = "3";

  /** The status of an answer's entry, beside 0 for success. */
  static final Map<String, Refusal> OF_REQUESTS =
      Map.ofEntries(
          entry("1", LATER), // throttled
          entry("2", MESSAGE), // a parameter is missing
          entry(INVALID_PARAMETER, MESSAGE), // a parameter is invalid
          entry("4", CHANNEL), // invalid credentials
          entry("5", LATER), // internal error
          entry("6", RECIPIENT), // cannot be routed
          entry("7", RECIPIENT), // number barred
          entry("8", CHANNEL), // account barred
          entry("9", CHANNEL), // quota used up
          entry("10", LATER), // too many binds
          entry("11", CHANNEL), // account not enabled for HTTP
          entry("12", MESSAGE), // too long
          entry("14", CHANNEL), // invalid signature
          entry("15", CHANNEL), // invalid sender
          entry("22", MESSAGE), // invalid network code
          entry("23", MESSAGE), // invalid callback URL
          entry("29", CHANNEL), // demo account, number not on its list
          entry("32", CHANNEL), // signed and with a secret
          entry("33", RECIPIENT)); // number deactivated

  /** The last statuses of a receipt; those on the way are absent. */
  static final Map<String, DeliveryStatus> STATUSES =
      Map.ofEntries(
          entry("delivered", DeliveryStatus.DELIVERED),
          entry("expired", DeliveryStatus.UNDELIVERED),
          entry("failed", DeliveryStatus.UNDELIVERED),
          entry("rejected", DeliveryStatus.UNDELIVERED));

  /** Codes by which a failed or rejected part is the number's fault, in words. */
  static final Map<String, String> BOUNCES =
      Map.ofEntries(
          entry("3", "absent for good"),
          entry("4", "barred by the recipient"),
          entry("9", "illegal number, or opted out"),
          entry("11", "cannot be routed"),
          entry("12", "cannot be reached"),
          entry("13", "age restriction"),
          entry("14", "blocked by the carrier"),
          entry("99", "general error"));

  private VonageCodes() {}
}
