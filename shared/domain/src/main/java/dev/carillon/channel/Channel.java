package dev.carillon.channel;

import dev.carillon.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

  /** The setting that names the channels which take over from it, by key, in their order. */
  public static final String FAILOVER = "failover";

  /** How many channels may take over from one. */
  public static final int MOST_FAILOVER = 4;

  /**
   * The setting by which what may have been sent through it goes through another all the same, and
   * so perhaps twice.
   */
  public static final String FAILOVER_WHEN_AMBIGUOUS = "failover_when_ambiguous";

  /** The keys of the channels that take over while its provider is down, in their order. */
  public List<String> failover() {
    return settings.list(FAILOVER).stream()
        .filter(Json.Str.class::isInstance)
        .map(key -> ((Json.Str) key).value())
        .limit(MOST_FAILOVER)
        .toList();
  }

  /** Whether what it may have sent goes through another channel all the same. */
  public boolean failsOverWhenAmbiguous() {
    return Json.TRUE.equals(settings.fields().get(FAILOVER_WHEN_AMBIGUOUS));
  }

  /** The setting by which its provider is asked what became of messages, or is not. */
  public static final String STATUS_POLLING = "status_polling";

  /** Whether its provider is to be asked; empty when nothing is said. */
  public Optional<Boolean> statusPolling() {
    return settings.fields().get(STATUS_POLLING) instanceof Json.Bool(var asked)
        ? Optional.of(asked)
        : Optional.empty();
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
