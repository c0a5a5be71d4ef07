package dev.carillon.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;

/** The clocks that people have on their walls: put forward and back as their zone says. */
public final class WallClock {
  private WallClock() {}

  /**
   * The first instant at which clocks of the zone show {@code time} or later. A time that is put
   * forward over, be it a whole day, comes with the first instant after the gap; one that is shown
   * twice comes the first time. So an earlier time never comes after a later one.
   */
  public static Instant first(LocalDateTime time, ZoneId zone) {
    ZoneOffsetTransition transition = zone.getRules().getTransition(time);
    if (transition != null && transition.isGap()) {
      return transition.getInstant();
    }
    // At an overlap this is the offset before it: the earlier of the two.
    ZoneOffset offset = zone.getRules().getOffset(time);
    return time.toInstant(offset);
  }
}
