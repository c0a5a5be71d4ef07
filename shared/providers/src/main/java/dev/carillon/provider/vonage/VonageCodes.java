package dev.carillon.provider.vonage;

import static dev.carillon.provider.Meaning.BOUNCED;
import static dev.carillon.provider.Meaning.DEFERRED;
import static dev.carillon.provider.Meaning.MISCONFIGURED;
import static dev.carillon.provider.Meaning.REJECTED;
import static java.util.Map.entry;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.Meaning;
import java.util.Map;

/**
 * What Vonage's codes and statuses mean.
 * https://developer.vonage.com/messaging/sms/guides/troubleshooting-sms and
 * https://developer.vonage.com/messaging/sms/guides/delivery-receipts
 */
final class VonageCodes {
  static final String INVALID_PARAMETER = "3";

  /** The status of an answer's entry, beside 0 for success. */
  static final Map<String, Meaning> OF_REQUESTS =
      Map.ofEntries(
          entry("1", DEFERRED), // throttled
          entry("2", REJECTED), // a parameter is missing
          entry(INVALID_PARAMETER, REJECTED), // a parameter is invalid
          entry("4", MISCONFIGURED), // invalid credentials
          entry("5", DEFERRED), // internal error
          entry("6", BOUNCED), // cannot be routed
          entry("7", BOUNCED), // number barred
          entry("8", MISCONFIGURED), // account barred
          entry("9", MISCONFIGURED), // quota used up
          entry("10", DEFERRED), // too many binds
          entry("11", MISCONFIGURED), // account not enabled for HTTP
          entry("12", REJECTED), // too long
          entry("14", MISCONFIGURED), // invalid signature
          entry("15", MISCONFIGURED), // invalid sender
          entry("22", REJECTED), // invalid network code
          entry("23", REJECTED), // invalid callback URL
          entry("29", MISCONFIGURED), // demo account, number not on its list
          entry("32", MISCONFIGURED), // signed and with a secret
          entry("33", BOUNCED)); // number deactivated

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
          entry("14", "blocked by the carrier"));

  /** Of a failed part alone, a general error. */
  static final String GENERAL = "99";

  private VonageCodes() {}
}
