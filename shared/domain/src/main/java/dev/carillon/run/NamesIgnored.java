package dev.carillon.run;

import dev.carillon.json.Json;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The names that texts gave and that nothing has, so that something else stands in their place: a
 * run's log says so.
 *
 * @param zones of time zones; the usual one was taken
 * @param currencies codes; the amount is a number with the code behind it
 */
public record NamesIgnored(List<String> zones, List<String> currencies) {
  public static final NamesIgnored NONE = new NamesIgnored(List.of(), List.of());

  public NamesIgnored {
    zones = List.copyOf(zones);
    currencies = List.copyOf(currencies);
  }

  /** Those of both, each once. */
  public NamesIgnored and(NamesIgnored more) {
    return new NamesIgnored(both(zones, more.zones), both(currencies, more.currencies));
  }

  /** The entry's data with a field for each kind of which there are any. */
  public Json.Obj noted(Json.Obj data) {
    Json.Obj noted = zones.isEmpty() ? data : data.with("zones_ignored", Json.texts(zones));
    return currencies.isEmpty() ? noted : noted.with("currencies_unknown", Json.texts(currencies));
  }

  private static List<String> both(List<String> some, List<String> more) {
    var all = new LinkedHashSet<>(some);
    all.addAll(more);
    return List.copyOf(all);
  }
}
