package dev.carillon.provider.mailersendsms;

import static java.util.Map.entry;

import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.format.JsonBody;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What MailerSend's statuses of text messages mean.
 * https://developers.mailersend.com/api/v1/sms-messages and
 * https://developers.mailersend.com/api/v1/sms-webhooks
 */
final class MailerSendSmsStatuses {

  /** The last ones; those on the way are absent. */
  private static final Map<String, DeliveryStatus> STATUSES =
      Map.ofEntries(
          entry("delivered", DeliveryStatus.DELIVERED),
          entry("failed", DeliveryStatus.UNDELIVERED));

  /** Carriers' words for a number that is none, in an error's description. */
  private static final String INVALID_NUMBER = "invalid number";

  private MailerSendSmsStatuses() {}

  /** The text to that number among those of a message; the only one if none says so. */
  static Json.Obj to(String number, Json.Obj message) {
    List<Json.Obj> texts =
        message.list("sms").stream()
            .filter(Json.Obj.class::isInstance)
            .map(Json.Obj.class::cast)
            .toList();
    return texts.stream()
        .filter(text -> text.text("to").filter(number::equals).isPresent())
        .findFirst()
        .orElse(texts.size() == 1 ? texts.getFirst() : Json.Obj.EMPTY);
  }

  static Optional<DeliveryStatus> becomes(Json.Obj text) {
    Optional<DeliveryStatus> last = text.text("status").map(STATUSES::get);
    return last.filter(DeliveryStatus.UNDELIVERED::equals).isPresent()
            && description(text).toLowerCase(Locale.ROOT).contains(INVALID_NUMBER)
        ? Optional.of(DeliveryStatus.BOUNCED)
        : last;
  }

  static Optional<String> reason(Json.Obj text) {
    String words =
        ProviderWords.of(
            List.of(), JsonBody.scalar(text, "error_type").orElse(""), description(text));
    return words.isEmpty() ? Optional.empty() : Optional.of(words);
  }

  private static String description(Json.Obj text) {
    return text.text("error_description").orElse("");
  }
}
