package dev.carillon.provider.discord;

import dev.carillon.json.Json;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Meaning;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.RetryAfter;
import dev.carillon.provider.format.JsonBody;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What Discord's errors mean.
 *
 * <p>Sources: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json,
 * https://docs.discord.com/developers/topics/rate-limits
 */
final class DiscordErrors {
  /** By {@code code}. */
  private static final Map<String, Meaning> CODES =
      Map.ofEntries(
          Map.entry("10003", Meaning.BOUNCED), // unknown channel
          Map.entry("10015", Meaning.BOUNCED), // unknown webhook
          Map.entry("50027", Meaning.BOUNCED), // invalid webhook token
          Map.entry("50001", Meaning.BOUNCED), // no access to the channel
          Map.entry("50013", Meaning.BOUNCED), // no permission in the channel
          Map.entry("50007", Meaning.BOUNCED), // takes no direct messages
          Map.entry("50278", Meaning.BOUNCED), // takes none of ours
          Map.entry("50008", Meaning.BOUNCED), // no text channel
          Map.entry("40001", Meaning.MISCONFIGURED), // unauthorized
          Map.entry("50014", Meaning.MISCONFIGURED), // invalid bot token
          Map.entry("40333", Meaning.MISCONFIGURED), // turned away by the firewall
          Map.entry("50035", Meaning.REJECTED), // invalid form
          Map.entry("50006", Meaning.REJECTED), // empty message
          Map.entry("40005", Meaning.REJECTED), // too large
          Map.entry("50109", Meaning.REJECTED), // no JSON
          Map.entry("10008", Meaning.REJECTED), // the message replied to is gone
          Map.entry("160002", Meaning.REJECTED), // not to be replied to
          Map.entry("220001", Meaning.REJECTED), // a forum wants a thread
          Map.entry("220002", Meaning.REJECTED), // a thread or a new one's name, not both
          Map.entry("220003", Meaning.REJECTED), // threads in forums alone
          Map.entry("20016", Meaning.DEFERRED), // slow mode
          Map.entry("20028", Meaning.DEFERRED), // too many writes to the channel
          Map.entry("20022", Meaning.DEFERRED)); // too many announcements

  private DiscordErrors() {}

  /**
   * @param byWebhook a 404 or 401 is the connection's end then, whatever its code
   */
  static DeliveryResult of(ProviderResponse response, boolean byWebhook) {
    Json.Obj answer = JsonBody.object(response);
    String code = JsonBody.scalar(answer, "code").orElse("");
    Meaning meaning = CODES.get(code);
    if (meaning == Meaning.DEFERRED || response.status() == 429) {
      return new DeliveryResult.Deferred(reason(code, response), after(answer, response));
    }
    boolean gone = byWebhook && (response.status() == 404 || response.status() == 401);
    return Meaning.of(
        Optional.ofNullable(meaning)
            .or(() -> gone ? Optional.of(Meaning.BOUNCED) : Optional.empty()),
        response,
        reason(code, response));
  }

  private static String reason(String code, ProviderResponse response) {
    return CODES.containsKey(code) ? "code " + code : "status " + response.status();
  }

  /** In the header, or in the body with a fraction. */
  private static Optional<Duration> after(Json.Obj answer, ProviderResponse response) {
    return RetryAfter.of(response)
        .or(() -> JsonBody.scalar(answer, "retry_after").flatMap(RetryAfter::seconds));
  }
}
