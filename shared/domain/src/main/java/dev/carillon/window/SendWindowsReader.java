package dev.carillon.window;

import dev.carillon.json.Json;
import dev.carillon.time.Days;
import dev.carillon.time.FieldProblem;
import dev.carillon.window.SendWindows.Hours;
import dev.carillon.window.SendWindows.Read;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads send windows, and says of each field what is wrong with it. */
final class SendWindowsReader {
  private static final int MINUTES_A_DAY = 24 * 60;

  private final List<FieldProblem> problems = new ArrayList<>();
  private final Map<DayOfWeek, Hours> days = new EnumMap<>(SendWindows.ALWAYS.days());
  private final Set<DayOfWeek> named = EnumSet.noneOf(DayOfWeek.class);

  private SendWindowsReader() {}

  static Read read(Json json) {
    return switch (json) {
      case Json.Null() -> new Read.Ok(SendWindows.ALWAYS);
      case Json.Arr(var items) -> new SendWindowsReader().list(items);
      case Json _ -> new Read.Refused(List.of(new FieldProblem("", "Send windows are a list.")));
    };
  }

  private Read list(List<Json> items) {
    for (int i = 0; i < items.size(); i++) {
      String place = "[" + i + "]";
      if (items.get(i) instanceof Json.Obj item) {
        window(place, item);
      } else {
        refuse(place, "A send window is an object with a day and a type.");
      }
    }
    return problems.isEmpty() ? new Read.Ok(new SendWindows(days)) : new Read.Refused(problems);
  }

  private void window(String place, Json.Obj item) {
    Optional<DayOfWeek> day = item.text("day").flatMap(Days::named);
    if (day.isEmpty()) {
      refuse(place + ".day", "A day is monday, tuesday, … or sunday.");
      return;
    }
    if (!named.add(day.get())) {
      refuse(place + ".day", "Each day has one send window.");
    }
    switch (item.text("type").orElse("")) {
      case "send" -> hours(place, item).ifPresent(hours -> days.put(day.get(), hours));
      case "do_not_send" -> {
        days.remove(day.get());
        refuseTimes(place, item);
      }
      default -> refuse(place + ".type", "A type is send or do_not_send.");
    }
  }

  private void refuseTimes(String place, Json.Obj item) {
    for (String field : List.of("from", "until")) {
      if (!(given(item, field) instanceof Json.Null)) {
        refuse(place + "." + field, "Only a day that sends has times.");
      }
    }
  }

  private Optional<Hours> hours(String place, Json.Obj item) {
    Optional<LocalTime> from = time(place, item, "from");
    Optional<LocalTime> until = time(place, item, "until");
    if (from.isEmpty() || until.isEmpty()) {
      return Optional.empty();
    }
    if (!until.get().equals(LocalTime.MIDNIGHT) && !from.get().isBefore(until.get())) {
      refuse(place + ".until", "A window ends after it begins, on the same day.");
      return Optional.empty();
    }
    return Optional.of(new Hours(from.get(), until.get()));
  }

  /** The time of the field, midnight when it is left out; empty when it was refused. */
  private Optional<LocalTime> time(String place, Json.Obj item, String field) {
    boolean isEnd = field.equals("until");
    Optional<LocalTime> time =
        switch (given(item, field)) {
          case Json.Null() -> Optional.of(LocalTime.MIDNIGHT);
          case Json.Str(var text) when isEnd && text.matches("24:00(:00)?") ->
              Optional.of(LocalTime.MIDNIGHT);
          case Json.Str(var text) -> iso(text);
          case Json.Num(var minutes) -> ofMinutes(minutes, isEnd);
          case Json _ -> Optional.empty();
        };
    if (time.isEmpty()) {
      refuse(place + "." + field, "A time is local and without an offset, as in 09:00:00.");
    }
    return time;
  }

  private static Optional<LocalTime> iso(String text) {
    try {
      return Optional.of(LocalTime.parse(text));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /** Minutes of the day: what YAML makes of 17:00 where nobody quoted it, as in Knock's schema. */
  private static Optional<LocalTime> ofMinutes(BigDecimal minutes, boolean isEnd) {
    int most = isEnd ? MINUTES_A_DAY : MINUTES_A_DAY - 1;
    return Optional.of(minutes)
        .filter(it -> it.signum() >= 0 && it.compareTo(BigDecimal.valueOf(most)) <= 0)
        .filter(it -> it.stripTrailingZeros().scale() <= 0)
        .map(it -> LocalTime.MIDNIGHT.plusMinutes(it.intValueExact()));
  }

  private static Json given(Json.Obj item, String field) {
    return item.fields().getOrDefault(field, Json.NULL);
  }

  private void refuse(String field, String reason) {
    problems.add(new FieldProblem(field, reason));
  }
}
