package dev.carillon.environment;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The environments of the deployment. */
public interface EnvironmentList {

  /** All of them, by their order; a handful. Sees every put that has returned. */
  List<EnvironmentEntry> all();

  /** Lets the environment be this, from now on. Safe to repeat. */
  void put(EnvironmentEntry entry);

  /** The one that is called so; empty when there is none. */
  default Optional<EnvironmentEntry> named(String slug) {
    return all().stream().filter(it -> it.slug().equals(slug)).findFirst();
  }

  /** The one that content is promoted to from that one; empty when it is the last. */
  default Optional<EnvironmentEntry> after(EnvironmentEntry entry) {
    return all().stream()
        .filter(it -> it.order() > entry.order())
        .min(Comparator.comparingInt(EnvironmentEntry::order));
  }

  /** The one that content comes from; empty for the first. */
  default Optional<EnvironmentEntry> before(EnvironmentEntry entry) {
    return all().stream()
        .filter(it -> it.order() < entry.order())
        .max(Comparator.comparingInt(EnvironmentEntry::order));
  }
}
