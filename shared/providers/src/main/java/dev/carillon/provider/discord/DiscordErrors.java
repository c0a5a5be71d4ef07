package dev.carillon.provider.discord;

import dev.carillon.json.Json;
import dev.carillon.provider.CodeMeaning;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.JsonBody;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.RetryAfter;
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
  private static final Map<String, CodeMeaning> CODES =
      Map.ofEntries(
          Map.entry("10003", CodeMeaning.BOUNCED), // unknown channel
          Map.entry("10015", CodeMeaning.BOUNCED), // unknown webhook
          Map.entry("50027", CodeMeaning.BOUNCED), // invalid webhook token
          Map.entry("50001", CodeMeaning.BOUNCED), // no access to the channel
          Map.entry("50013", CodeMeaning.BOUNCED), // no permission in the channel
          Map.entry("50007", CodeMeaning.BOUNCED), // takes no direct messages
          Map.entry("50278", CodeMeaning.BOUNCED), // takes none of ours
          Map.entry("50008", CodeMeaning.BOUNCED), // no text channel
          Map.entry("40001", CodeMeaning.CHANNEL), // unauthorized
          Map.entry("50014", CodeMeaning.CHANNEL), // invalid bot token
          Map.entry("40333", CodeMeaning.CHANNEL), // turned away by the firewall
          Map.entry("50035", CodeMeaning.CONTENT), // invalid form
          Map.entry("50006", CodeMeaning.CONTENT), // empty message
          Map.entry("40005", CodeMeaning.CONTENT), // too large
          Map.entry("50109", CodeMeaning.CONTENT), // no JSON
          Map.entry("10008", CodeMeaning.CONTENT), // the message replied to is gone
          Map.entry("160002", CodeMeaning.CONTENT), // not to be replied to
          Map.entry("220001", CodeMeaning.CONTENT), // a forum wants a thread
          Map.entry("220002", CodeMeaning.CONTENT), // a thread or a new one's name, not both
          Map.entry("220003", CodeMeaning.CONTENT), // threads in forums alone
          Map.entry("20016", CodeMeaning.LATER), // slow mode
          Map.entry("20028", CodeMeaning.LATER), // too many writes to the channel
          Map.entry("20022", CodeMeaning.LATER)); // too many announcements

  private DiscordErrors() {}

  /**
   * @param byWebhook a 404 or 401 is the connection's end then, whatever its code
   */
  static DeliveryResult of(ProviderResponse response, boolean byWebhook) {
    Json.Obj answer = JsonBody.object(response);
    String code = JsonBody.scalar(answer, "code").orElse("");
    CodeMeaning meaning = CODES.get(code);
    Optional<Duration> after =
        RetryAfter.of(response)
            .or(() -> JsonBody.scalar(answer, "retry_after").flatMap(RetryAfter::seconds));
    if (meaning != null) {
      return meaning.result("code " + code, after);
    }
    String reason = "status " + response.status();
    if (byWebhook && (response.status() == 404 || response.status() == 401)) {
      return CodeMeaning.BOUNCED.result(reason, after);
    }
    return response.status() == 429
        ? CodeMeaning.LATER.result(reason, after)
        : HttpAnswers.of(response);
  }
}
