package dev.carillon.template.render;

import dev.carillon.time.Zones;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The zones that the templates of one rendering ask for by name. For one thread at a time. */
public final class AskedZones {
  private static final int NOTED = 10;

  private final ZoneId usual;
  private final Set<String> unknown = new LinkedHashSet<>();

  /**
   * @param usual of dates that a template gives no zone for, or one that does not exist
   */
  public AskedZones(ZoneId usual) {
    this.usual = usual;
  }

  public ZoneId usual() {
    return usual;
  }

  /** The zone of that name; the usual one, which is noted, when there is none. */
  public ZoneId named(String name) {
    return Zones.named(name)
        .orElseGet(
            () -> {
              if (unknown.size() < NOTED) {
                unknown.add(Zones.shortened(name));
              }
              return usual;
            });
  }

  /** The names for which the usual zone stood in, shortened, the first ten. */
  public List<String> unknown() {
    return List.copyOf(unknown);
  }
}
