package dev.carillon.provider;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The providers there are, by the key that channels name them by. */
public final class Providers {
  private static final Map<String, Provider<?>> ALL = byKey(List.of());

  private Providers() {}

  /** Empty when there is none of that key. */
  public static Optional<Provider<?>> named(String key) {
    return Optional.ofNullable(ALL.get(key));
  }

  /** In the order in which a form offers them. */
  public static Collection<Provider<?>> all() {
    return ALL.values();
  }

  private static Map<String, Provider<?>> byKey(List<Provider<?>> providers) {
    var map = new LinkedHashMap<String, Provider<?>>();
    for (Provider<?> provider : providers) {
      if (map.put(provider.key(), provider) != null) {
        throw new IllegalStateException("Two providers have the key " + provider.key());
      }
    }
    return Collections.unmodifiableMap(map);
  }
}
