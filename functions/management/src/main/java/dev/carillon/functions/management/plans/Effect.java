package dev.carillon.functions.management.plans;

import dev.carillon.functions.management.plans.ReplayTriggers.Change;
import dev.carillon.functions.management.plans.VersionReplay.Made;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a change is to who gets the messages. */
enum Effect {
  MORE,
  LESS,
  /** As many, but on other channels or from other templates. */
  OTHER,
  SAME;

  static Effect of(Change change) {
    int more = change.after().size() - change.before().size();
    if (more != 0) {
      return more > 0 ? MORE : LESS;
    }
    return counted(change.before(), Function.identity())
            .equals(counted(change.after(), Function.identity()))
        ? SAME
        : OTHER;
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How many messages on each channel. */
  static Map<String, Long> byChannel(List<Made> made) {
    return new TreeMap<>(counted(made, Made::channel));
  }

  private static <T> Map<T, Long> counted(List<Made> made, Function<Made, T> by) {
    return made.stream().collect(Collectors.groupingBy(by, Collectors.counting()));
  }
}
