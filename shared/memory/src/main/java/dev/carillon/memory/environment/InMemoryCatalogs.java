package dev.carillon.memory.environment;

import dev.carillon.catalog.Catalog;
import dev.carillon.catalog.CatalogName;
import dev.carillon.catalog.Catalogs;
import dev.carillon.environment.EnvironmentId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The lists of a team in memory. */
public final class InMemoryCatalogs implements Catalogs {
  private record Place(Optional<EnvironmentId> environment, CatalogName name) {}

  private final Map<Place, Catalog> catalogs = new ConcurrentHashMap<>();

  @Override
  public Catalog find(Optional<EnvironmentId> environment, CatalogName name) {
    return catalogs.getOrDefault(new Place(environment, name), Catalog.EMPTY);
  }

  @Override
  public Catalog change(
      Optional<EnvironmentId> environment, CatalogName name, UnaryOperator<Catalog> change) {
    return catalogs.compute(
        new Place(environment, name),
        (_, before) -> change.apply(before == null ? Catalog.EMPTY : before));
  }
}
