package dev.carillon.template.render;

import dev.carillon.run.NamesIgnored;
import dev.carillon.time.Zones;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The zones and currencies that the templates of one rendering ask for by name. For one thread at a
 * time.
 */
public final class AskedNames {
  private static final int NOTED = 10;

  private final ZoneId usual;
  private final Set<String> zones = new LinkedHashSet<>();
  private final Set<String> currencies = new LinkedHashSet<>();

  /**
   * @param usual the zone of dates that a template gives none for, or one that does not exist
   */
  public AskedNames(ZoneId usual) {
    this.usual = usual;
  }

  public ZoneId usual() {
    return usual;
  }

  /** The zone of that name; the usual one, which is noted, when there is none. */
  public ZoneId zone(String name) {
    return Zones.named(name)
        .orElseGet(
            () -> {
              note(zones, Zones.shortened(name));
              return usual;
            });
  }

  /** Notes the code of a currency that nobody knows. */
  void unknownCurrency(String code) {
    note(currencies, code);
  }

  private static void note(Set<String> names, String name) {
    if (names.size() < NOTED) {
      names.add(name);
    }
  }

  /** The names in whose place something else stood, shortened, the first ten of each kind. */
  public NamesIgnored ignored() {
    return new NamesIgnored(List.copyOf(zones), List.copyOf(currencies));
  }
}
