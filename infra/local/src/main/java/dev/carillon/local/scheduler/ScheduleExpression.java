package dev.carillon.local.scheduler;

import dev.carillon.local.wire.AwsError;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** When a schedule fires: its expression and zone, understood. */
sealed interface ScheduleExpression {
  /** Once, within the minute of this instant. */
  record Once(Instant at) implements ScheduleExpression {}

  /** Every period, counted from its creation. */
  record Every(Duration period) implements ScheduleExpression {}

  /** Whenever the wall clock of the zone matches. */
  record Matching(CronExpression cron, ZoneId zone) implements ScheduleExpression {}

  Pattern AT = Pattern.compile("at\\((\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)\\)");
  Pattern RATE = Pattern.compile("rate\\(([1-9]\\d{0,8}) (minute|hour|day)s?\\)");
  Pattern CRON = Pattern.compile("cron\\((.+)\\)");

  /** A recurring schedule's next time after {@code last}; empty when it never comes again. */
  default Optional<Instant> after(Instant last) {
    return switch (this) {
      case Once(var at) -> Optional.of(at).filter(last::isBefore);
      case Every(var period) -> Optional.of(last.plus(period));
      case Matching(var cron, var zone) -> cron.after(last, zone);
    };
  }

  /**
   * @throws AwsError a ValidationException, as for anything malformed
   */
  static ScheduleExpression parse(String expression, String zoneName) {
    var zone = zone(zoneName);
    var at = AT.matcher(expression);
    if (at.matches()) {
      try {
        return new Once(
            LocalDateTime.parse(at.group(1))
                .atZone(zone)
                .toInstant()
                .truncatedTo(ChronoUnit.MINUTES));
      } catch (DateTimeException _) {
        throw malformed(expression);
      }
    }
    var rate = RATE.matcher(expression);
    if (rate.matches()) {
      var value = Long.parseLong(rate.group(1));
      return new Every(
          switch (rate.group(2)) {
            case "minute" -> Duration.ofMinutes(value);
            case "hour" -> Duration.ofHours(value);
            default -> Duration.ofDays(value);
          });
    }
    var cron = CRON.matcher(expression);
    if (cron.matches()) {
      return new Matching(
          CronExpression.parse(cron.group(1)).orElseThrow(() -> malformed(expression)), zone);
    }
    throw malformed(expression);
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException _) {
      throw new AwsError(
          400, "ValidationException", "Invalid Schedule Expression Timezone " + name + ".");
    }
  }

  private static AwsError malformed(String expression) {
    return new AwsError(
        400, "ValidationException", "Invalid Schedule Expression " + expression + ".");
  }
}
