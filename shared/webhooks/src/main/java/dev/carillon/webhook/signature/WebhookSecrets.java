package dev.carillon.webhook.signature;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The secrets of an endpoint: one, or two while the receiver changes over.
 *
 * @param retiring the one before, and until when calls are signed with it too
 */
public record WebhookSecrets(WebhookSecret current, Optional<Retiring> retiring) {
  /** How long both sign unless the caller says otherwise: a day, as Svix has it. */
  public static final Duration OVERLAP = Duration.ofDays(1);

  public record Retiring(WebhookSecret secret, Instant until) {}

  public static WebhookSecrets of(WebhookSecret only) {
    return new WebhookSecrets(only, Optional.empty());
  }

  /** With a new one; the present one signs beside it for a while, the one before that no more. */
  public WebhookSecrets rotated(WebhookSecret next, Instant now, Duration overlap) {
    return next.equals(current)
        ? this
        : new WebhookSecrets(next, Optional.of(new Retiring(current, now.plus(overlap))));
  }

  /** Those that sign now, the current one first. */
  public List<WebhookSecret> live(Instant now) {
    var live = new ArrayList<WebhookSecret>();
    live.add(current);
    retiring.filter(it -> now.isBefore(it.until())).ifPresent(it -> live.add(it.secret()));
    return List.copyOf(live);
  }
}
