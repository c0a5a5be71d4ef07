package dev.carillon.functions.webhooks;

import dev.carillon.outbound.OutboundResult;
import dev.carillon.outbound.OutboundResult.Obstacle;
import dev.carillon.webhook.WebhookAnswer;
import dev.carillon.webhook.WebhookAnswer.Silence;
import dev.carillon.webhook.WebhookAnswer.Why;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What an endpoint's answer means. */
final class Answers {
  private static final int MOST_DIGITS = 9;

  private Answers() {}

  /**
   * @param now that of the call
   */
  static WebhookAnswer of(OutboundResult result, Instant now) {
    return switch (result) {
      case OutboundResult.Answered answered ->
          new WebhookAnswer.Status(
              answered.status(),
              new String(answered.body(), StandardCharsets.UTF_8),
              answered.header("retry-after").flatMap(text -> retryAfter(text, now)));
      case OutboundResult.Refused _ -> new Silence(Why.FORBIDDEN_ADDRESS);
      case OutboundResult.NotReached(var obstacle) ->
          new Silence(obstacle == Obstacle.TIME ? Why.TIMED_OUT : Why.NOT_REACHED);
      case OutboundResult.TimedOut _ -> new Silence(Why.TIMED_OUT);
      case OutboundResult.Broken _ -> new Silence(Why.BROKEN);
    };
  }

  /** Seconds, or a date as HTTP writes it; empty for anything else. */
  private static Optional<Duration> retryAfter(String text, Instant now) {
    String value = text.strip();
    if (!value.isEmpty()
        && value.length() <= MOST_DIGITS
        && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(now, until)).filter(Duration::isPositive);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
