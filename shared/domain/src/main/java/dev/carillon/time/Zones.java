package dev.carillon.time;

import dev.carillon.json.Json;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whose clocks count. */
public final class Zones {
  private static final ZoneId LAST_RESORT = ZoneId.of("Etc/UTC");

  /** The longest name that java.time knows is shorter. */
  private static final int MAX_LENGTH = 64;

  private Zones() {}

  /** What the IANA database links to other zones, and java.time leaves out. */
  private static final Map<String, String> LINKS =
      Map.of(
          "EST", "America/Panama",
          "MST", "America/Phoenix",
          "HST", "Pacific/Honolulu",
          "ROC", "Asia/Taipei");

  /** Who chose a zone. */
  public enum Source {
    RECIPIENT,
    ENVIRONMENT,
    DEFAULT
  }

  /**
   * A zone and why it is this one.
   *
   * @param ignored the recipient's own zone, when there is none of that name
   */
  public record Chosen(ZoneId zone, Source source, Optional<String> ignored) {

    /** For a log: {@code zone}, {@code zone_from}, and {@code zone_ignored} if there is one. */
    public Json.Obj json() {
      Json.Obj chosen =
          Json.object()
              .with("zone", zone.getId())
              .with("zone_from", source.name().toLowerCase(Locale.ROOT));
      return ignored.map(name -> chosen.with("zone_ignored", name)).orElse(chosen);
    }
  }

  /** What stands in where nobody chose a zone. */
  public static ZoneId lastResort() {
    return LAST_RESORT;
  }

  /**
   * The zone of the recipient if there is one of that name, else the environment's, else Etc/UTC.
   */
  public static Chosen of(Optional<String> recipient, Optional<ZoneId> environment) {
    Optional<ZoneId> own = recipient.flatMap(Zones::named);
    if (own.isPresent()) {
      return new Chosen(own.get(), Source.RECIPIENT, Optional.empty());
    }
    Optional<String> ignored = recipient.map(Zones::shortened);
    return environment
        .map(zone -> new Chosen(zone, Source.ENVIRONMENT, ignored))
        .orElseGet(() -> new Chosen(LAST_RESORT, Source.DEFAULT, ignored));
  }

  /** The zone of that name, {@code Europe/Berlin} or {@code +02:00}; empty when there is none. */
  public static Optional<ZoneId> named(String name) {
    if (name.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(ZoneId.of(name, LINKS));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** The name as a log shows it. */
  public static String shortened(String name) {
    return name.length() > MAX_LENGTH ? name.substring(0, MAX_LENGTH) + "…" : name;
  }
}
