package dev.carillon.timer;

import java.time.Instant;

/** Minutes since 1970, by which what is due is listed. */
public final class Minutes {
  private static final int SECONDS = 60;

  private Minutes() {}

  public static long of(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), SECONDS);
  }

  public static Instant start(long minute) {
    return Instant.ofEpochSecond(minute * SECONDS);
  }
}
