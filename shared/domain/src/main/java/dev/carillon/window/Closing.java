package dev.carillon.window;

import dev.carillon.json.Json;
import java.time.Instant;

/** When a window closes, or why there is none. */
public sealed interface Closing {

  /**
   * Later than the window's opening and within its limit.
   *
   * @param why for the log: {@code window} is {@code fixed}, {@code rule}, {@code dynamic} or
   *     {@code relative}; with it the {@code path}, the {@code value} found there, the {@code
   *     offset} and, where a rule was followed, the zone ({@link
   *     dev.carillon.time.Zones.Chosen#json})
   */
  record At(Instant at, Json.Obj why) implements Closing {}

  /**
   * The step is to be skipped.
   *
   * @param reason a name that stays the same: {@code delay}, {@code batch_window}, {@code
   *     throttle_window} or {@code wait}, and {@code _invalid}, {@code _in_the_past}, {@code
   *     _is_empty} or {@code _too_long}
   * @param ok false when something is wrong; a window of no length is not
   * @param details for the log
   */
  record Skipped(String reason, boolean ok, Json.Obj details) implements Closing {}
}
