package dev.carillon.provider.twilio;

import static dev.carillon.provider.sms.Refusal.CHANNEL;
import static dev.carillon.provider.sms.Refusal.LATER;
import static dev.carillon.provider.sms.Refusal.MESSAGE;
import static dev.carillon.provider.sms.Refusal.RECIPIENT;
import static java.util.Map.entry;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.sms.Refusal;
import java.util.Map;

/** What Twilio's codes and statuses mean. https://www.twilio.com/docs/api/errors */
final class TwilioCodes {

  /** The code of an answer that is none of success. */
  static final Map<String, Refusal> OF_REQUESTS =
      Map.ofEntries(
          entry("21211", RECIPIENT), // invalid To
          entry("21214", RECIPIENT), // To cannot be reached
          entry("21217", RECIPIENT), // To does not look like a number
          entry("21610", RECIPIENT), // replied STOP
          entry("21612", RECIPIENT), // no route from From to To
          entry("21614", RECIPIENT), // not a mobile number
          entry("21635", RECIPIENT), // a landline
          entry("20003", CHANNEL), // authentication
          entry("20005", CHANNEL), // account not active
          entry("20006", CHANNEL), // access denied
          entry("20008", CHANNEL), // test credentials
          entry("21212", CHANNEL), // invalid From
          entry("21408", CHANNEL), // country not enabled
          entry("21603", CHANNEL), // From is missing
          entry("21606", CHANNEL), // From cannot send
          entry("21608", CHANNEL), // trial account, To not verified
          entry("21659", CHANNEL), // From is not a Twilio number
          entry("21660", CHANNEL), // From belongs to another account
          entry("21703", CHANNEL), // messaging service without numbers
          entry("21704", CHANNEL), // messaging service without a matching number
          entry("21602", MESSAGE), // no body
          entry("21609", MESSAGE), // invalid StatusCallback
          entry("21617", MESSAGE), // body too long
          entry("21620", MESSAGE), // invalid media URL
          entry("14107", LATER), // rate of the number
          entry("20429", LATER), // too many requests
          entry("20500", LATER), // internal error
          entry("21611", LATER), // queue of the number is full
          entry("21730", LATER)); // maintenance

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
