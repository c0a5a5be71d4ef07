package dev.carillon.window;

import dev.carillon.json.Json;
import dev.carillon.time.FieldProblem;
import dev.carillon.time.WallClock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * On which days of the week, and between which hours of the day, a channel step may send.
 *
 * @param days the hours of each day; nothing is sent on a day that is not among them
 */
public record SendWindows(Map<DayOfWeek, Hours> days) {
  /** A week, and another for the case that the one window of a week falls into skipped hours. */
  private static final int DAYS_AHEAD = 15;

  /** As if there were none. */
  public static final SendWindows ALWAYS =
      new SendWindows(
          Arrays.stream(DayOfWeek.values())
              .collect(Collectors.toMap(Function.identity(), _ -> Hours.ALL_DAY)));

  public SendWindows {
    var ordered = new EnumMap<DayOfWeek, Hours>(DayOfWeek.class);
    ordered.putAll(days);
    days = Collections.unmodifiableMap(ordered);
  }

  /**
   * Between two times of one day.
   *
   * @param until excluded; midnight is the end of the day
   */
  public record Hours(LocalTime from, LocalTime until) {
    public static final Hours ALL_DAY = new Hours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);

    public Hours {
      if (!until.equals(LocalTime.MIDNIGHT) && !from.isBefore(until)) {
        throw new IllegalArgumentException("No window: from " + from + " until " + until);
      }
    }
  }

  public sealed interface Read {
    record Ok(SendWindows windows) implements Read {}

    /** At least one problem; all that were found. Fields begin with the place in the list. */
    record Refused(List<FieldProblem> problems) implements Read {
      public Refused {
        problems = List.copyOf(problems);
      }
    }
  }

  /**
   * Reads a list of {@code {"day", "type": "send"|"do_not_send", "from"?, "until"?}}, at most one
   * for each day. A day without one sends all day long; null and the empty list are {@link
   * #ALWAYS}.
   */
  public static Read of(Json json) {
    return SendWindowsReader.read(json);
  }

  public sealed interface Opening {
    record OpenNow() implements Opening {}

    record OpensAt(Instant at) implements Opening {}

    /** No day sends. */
    record Never() implements Opening {}
  }

  /**
   * Whether something may be sent now by the clocks of the zone, or when it may next. A window is
   * one stretch of time: one that begins or ends at a time that clocks skip does so as they go on,
   * and one that they show twice, the first time.
   */
  public Opening opensAt(Instant now, ZoneId zone) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    for (int ahead = 0; ahead < DAYS_AHEAD; ahead++) {
      LocalDate date = today.plusDays(ahead);
      Hours hours = days.get(date.getDayOfWeek());
      if (hours == null) {
        continue;
      }
      Instant opens = WallClock.first(date.atTime(hours.from()), zone);
      Instant closes = closes(date, hours.until(), zone);
      if (now.isBefore(closes) && opens.isBefore(closes)) {
        return now.isBefore(opens) ? new Opening.OpensAt(opens) : new Opening.OpenNow();
      }
    }
    return new Opening.Never();
  }

  private static Instant closes(LocalDate date, LocalTime until, ZoneId zone) {
    LocalDate last = until.equals(LocalTime.MIDNIGHT) ? date.plusDays(1) : date;
    return WallClock.first(last.atTime(until), zone);
  }
}
