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
   * @param limit what the window is for
   * @param ok false when something is wrong; a window of no length is not
   * @param details for the log
   */
  record Skipped(Limit limit, Fault fault, boolean ok, Json.Obj details) implements Closing {}

  /** What is wrong with a window. */
  enum Fault {
    INVALID,
    IN_THE_PAST,
    IS_EMPTY,
    TOO_LONG
  }
}
