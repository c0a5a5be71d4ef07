package dev.carillon.workflow;

import dev.carillon.workflow.Step.Period;
import dev.carillon.workflow.Step.Until;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads for how long a step waits or counts. */
final class WindowReader {
  /** February: a period that holds months is refused only if it is too long at its shortest. */
  private static final Instant START = Instant.parse("1970-02-01T00:00:00Z");

  private WindowReader() {}

  /** How long a period may be. */
  enum Limit {
    DELAY(0, 365, "A delay lasts from 0 to 365 days."),
    BATCH(1, Integer.MAX_VALUE, "A batch stays open for some time."),
    THROTTLE(1, 31, "A throttle's window lasts more than no time and at most 31 days."),
    EVENT(1, 30, "A wait lasts more than no time and at most 30 days."),
    /** From a timestamp, in either direction. */
    OFFSET(Long.MIN_VALUE, Integer.MAX_VALUE, "");

    private final long leastSeconds;
    private final Duration most;
    private final String sentence;

    Limit(long leastSeconds, int mostDays, String sentence) {
      this.leastSeconds = leastSeconds;
      this.most = Duration.ofDays(mostDays);
      this.sentence = sentence;
    }

    private boolean allows(Period period) {
      Duration length = Duration.between(START, period.unit().after(START, period.value()));
      return length.getSeconds() >= leastSeconds && length.compareTo(most) <= 0;
    }
  }

  /**
   * The window that two fields give: the one a period, the other the path of a timestamp, a period
   * or a rule; both together a period before or after a timestamp. That neither is given is noted
   * as a problem.
   */
  static Optional<Until> window(Fields settings, String period, String path, Limit limit) {
    Optional<String> field = settings.text(path);
    if (settings.value(period).isEmpty()) {
      if (settings.value(path).isEmpty()) {
        settings.refuse("", "This step needs " + period + " or " + path + ".");
      }
      return field.map(Until.Field::new);
    }
    return field.isPresent()
        ? period(settings, period, Limit.OFFSET)
            .map(offset -> new Until.Relative(offset, field.get()))
        : period(settings, period, limit).map(Until.For::new);
  }

  /** A period by itself; empty when it is not there. */
  static Optional<Period> period(Fields settings, String field, Limit limit) {
    if (settings.value(field).isEmpty()) {
      return Optional.empty();
    }
    Optional<Period> period = settings.value(field).flatMap(Period::of);
    if (period.isEmpty()) {
      settings.refuse(
          field,
          "A period is {\"unit\": seconds|minutes|hours|days|weeks|months, \"value\": whole"
              + " number}.");
    }
    return period.filter(
        read -> {
          if (!limit.allows(read)) {
            settings.refuse(field, limit.sentence);
          }
          return limit.allows(read);
        });
  }
}
