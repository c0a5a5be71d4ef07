package dev.carillon.provider.twilio;

import static dev.carillon.provider.Meaning.BOUNCED;
import static dev.carillon.provider.Meaning.DEFERRED;
import static dev.carillon.provider.Meaning.MISCONFIGURED;
import static dev.carillon.provider.Meaning.REJECTED;
import static java.util.Map.entry;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.Meaning;
import java.util.Map;

/** What Twilio's codes and statuses mean. https://www.twilio.com/docs/api/errors */
final class TwilioCodes {

  /** The code of an answer that is none of success. */
  static final Map<String, Meaning> OF_REQUESTS =
      Map.ofEntries(
          entry("21211", BOUNCED), // invalid To
          entry("21214", BOUNCED), // To cannot be reached
          entry("21217", BOUNCED), // To does not look like a number
          entry("21610", BOUNCED), // replied STOP
          entry("21612", BOUNCED), // no route from From to To
          entry("21614", BOUNCED), // not a mobile number
          entry("21635", BOUNCED), // a landline
          entry("20003", MISCONFIGURED), // authentication
          entry("20005", MISCONFIGURED), // account not active
          entry("20006", MISCONFIGURED), // access denied
          entry("20008", MISCONFIGURED), // test credentials
          entry("21212", MISCONFIGURED), // invalid From
          entry("21408", MISCONFIGURED), // country not enabled
          entry("21603", MISCONFIGURED), // From is missing
          entry("21606", MISCONFIGURED), // From cannot send
          entry("21608", MISCONFIGURED), // trial account, To not verified
          entry("21659", MISCONFIGURED), // From is not a Twilio number
          entry("21660", MISCONFIGURED), // From belongs to another account
          entry("21703", MISCONFIGURED), // messaging service without numbers
          entry("21704", MISCONFIGURED), // messaging service without a matching number
          entry("21602", REJECTED), // no body
          entry("21609", REJECTED), // invalid StatusCallback
          entry("21617", REJECTED), // body too long
          entry("21620", REJECTED), // invalid media URL
          entry("14107", DEFERRED), // rate of the number
          entry("20429", DEFERRED), // too many requests
          entry("20500", DEFERRED), // internal error
          entry("21611", DEFERRED), // queue of the number is full
          entry("21730", DEFERRED)); // maintenance

  /** The last statuses of a message, in Knock's table; those on the way are absent. */
  static final Map<String, DeliveryStatus> STATUSES =
      Map.ofEntries(
          entry("delivered", DeliveryStatus.DELIVERED),
          entry("failed", DeliveryStatus.BOUNCED),
          entry("undelivered", DeliveryStatus.UNDELIVERED));

  /** Why a message was not delivered. */
  private static final Map<String, String> OF_DELIVERIES =
      Map.ofEntries(
          entry("30001", "queue overflow"),
          entry("30002", "account suspended"),
          entry("30003", "unreachable handset"),
          entry("30004", "blocked by the recipient"),
          entry("30005", "unknown destination"),
          entry("30006", "landline or unreachable carrier"),
          entry("30007", "filtered by the carrier"),
          entry("30008", "unknown error"),
          entry("30034", "sender not registered for A2P"),
          entry("63016", "outside of WhatsApp's window"));

  private TwilioCodes() {}

  /** A code of delivery with its words, or alone. */
  static String delivery(String code) {
    String words = OF_DELIVERIES.get(code);
    return words == null ? code : code + ": " + words;
  }
}
