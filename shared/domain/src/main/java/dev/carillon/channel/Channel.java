package dev.carillon.channel;

import dev.carillon.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * A way to reach people, as configured in one environment.
 *
 * @param key what workflows and paths call it, beside its id
 * @param provider who delivers: {@code email_aws_ses}, {@code in_app_feed_carillon}, {@code
 *     http_carillon_webhook}
 * @param settings the provider's own, without credentials: {@code from_address}, {@code from_name},
 *     {@code sandbox_mode}, {@code at_most_once}, … A credential is named, never written here.
 */
public record Channel(
    ChannelId id,
    String key,
    String name,
    ChannelType type,
    String provider,
    Json.Obj settings,
    Instant createdAt,
    Instant updatedAt) {

  /**
   * The setting of a channel, a channel step's overrides or a workflow by which mail goes to
   * suppressed addresses too.
   */
  public static final String OVERRIDE_SUPPRESSION = "override_suppression";

  /** Whether messages are made and rendered, but never handed to the provider. */
  public boolean sandbox() {
    return Json.TRUE.equals(settings.fields().get("sandbox_mode"));
  }

  /** Whether its mail goes to suppressed addresses too. */
  public boolean overrideSuppression() {
    return Json.TRUE.equals(settings.fields().get(OVERRIDE_SUPPRESSION));
  }

  /** The setting that says how many messages a second it may send. */
  public static final String RATE_LIMIT = "rate_limit_per_second";

  /** The highest rate; what may go faster needs no limit. */
  public static final int MOST_PER_SECOND = 10_000;

  /** How many messages a second of the clock it may send at most; empty when nothing limits it. */
  public OptionalInt perSecond() {
    return settings.fields().get(RATE_LIMIT) instanceof Json.Num(var rate) && rate.signum() > 0
        ? OptionalInt.of(
            rate.min(BigDecimal.valueOf(MOST_PER_SECOND)).max(BigDecimal.ONE).intValue())
        : OptionalInt.empty();
  }

  /**
   * Whether a message whose first attempt has an unknown outcome stays unsent rather than perhaps
   * being sent twice. The default is to send again.
   */
  public boolean atMostOnce() {
    return Json.TRUE.equals(settings.fields().get("at_most_once"));
  }
}
