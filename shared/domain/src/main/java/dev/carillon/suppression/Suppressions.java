package dev.carillon.suppression;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import java.util.Optional;

/** The addresses of each environment that get no more mail. */
public interface Suppressions {

  /**
   * Empty when mail may go there. Asked once for each mail, so it is answered from what was stored
   * about a second ago at the latest; an address of more than {@link Suppression#LONGEST_ADDRESS}
   * characters has none.
   *
   * @param address in any spelling
   */
  Optional<Suppression> find(EnvironmentId environment, String address);

  /** Adds it, unless the address has one: what it was first suppressed for stays. */
  void add(EnvironmentId environment, Suppression suppression);

  /**
   * Lets mail go there again.
   *
   * @return false when there was nothing to remove
   */
  boolean remove(EnvironmentId environment, String address);

  /**
   * @param position what a page begins behind, or ends before
   */
  record ListedSuppression(Suppression suppression, String position) {}

  /** All of them, in an order that stays; which one is no matter of age. */
  Page<ListedSuppression> page(EnvironmentId environment, PageRequest page);
}
