package dev.carillon.catalog;

import dev.carillon.environment.EnvironmentId;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The lists of a team. Each is one document: who changes it decides on all of it, such as that one
 * owner must remain.
 */
public interface Catalogs {

  /**
   * The list as last changed before this call; {@link Catalog#EMPTY} when it never was.
   *
   * @param environment whose list; empty for the one of the whole deployment
   */
  Catalog find(Optional<EnvironmentId> environment, CatalogName name);

  /**
   * Lets the list be what the change makes of it; of two changes at once, the later is made of what
   * the earlier left. Safe to repeat if the change is.
   *
   * @param change may be asked several times; what it throws goes through, and nothing changes
   * @return the list as it is then
   */
  Catalog change(
      Optional<EnvironmentId> environment, CatalogName name, UnaryOperator<Catalog> change);
}
