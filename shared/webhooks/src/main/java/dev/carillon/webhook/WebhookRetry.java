package dev.carillon.webhook;

import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.id.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When an event is offered to an endpoint again: 8 tries in all (Knock's figure; its steps are not
 * published, these are ours). They reach over three days, so that an endpoint that is down for
 * three loses nothing.
 *
 * <pre>
 *   after try   wait     since the first
 *           1   10 s      0:00:10
 *           2    1 min    0:01:10
 *           3   10 min    0:11:10
 *           4    1 h      1:11:10
 *           5    6 h      7:11:10
 *           6   24 h     31:11:10
 *           7   48 h     79:11:10
 * </pre>
 *
 * Each wait is lengthened by up to a fifth, by a hash of event, endpoint and try, so that events
 * which failed together do not come back together.
 */
public final class WebhookRetry {
  public static final int MAX_TRIES = 8;

  /** How long an endpoint has to answer: Standard Webhooks says 15 to 30 seconds. */
  public static final Duration TIMEOUT = Duration.ofSeconds(15);

  private static final double JITTER = 0.2;

  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofHours(24),
          Duration.ofHours(48));

  private WebhookRetry() {}

  /**
   * When the try after {@code tries} may start; empty when there is none: it succeeded, it was the
   * last, or the endpoint is gone.
   *
   * @param tries how many were made, this one included
   */
  public static Optional<Instant> next(
      WebhookEndpointId endpoint, String event, int tries, WebhookAnswer answer, Instant now) {
    if (answer.succeeded() || answer.gone() || tries >= MAX_TRIES) {
      return Optional.empty();
    }
    double stretch =
        1
            + JITTER
                * Digest.of("webhook retry", endpoint.toString(), event, Integer.toString(tries))
                    .fraction();
    Duration wait = Duration.ofMillis((long) (WAITS.get(tries - 1).toMillis() * stretch));
    return Optional.of(
        now.plus(askedFor(answer).filter(it -> it.compareTo(wait) > 0).orElse(wait)));
  }

  /** No longer than the longest wait, or an endpoint could hold its events for ever. */
  private static Optional<Duration> askedFor(WebhookAnswer answer) {
    return switch (answer) {
      case WebhookAnswer.Status(var _, var _, var retryAfter) ->
          retryAfter.map(it -> it.compareTo(WAITS.getLast()) > 0 ? WAITS.getLast() : it);
      case WebhookAnswer.Silence _ -> Optional.empty();
    };
  }
}
