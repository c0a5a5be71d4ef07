package dev.carillon.template.css;

import java.util.Comparator;

/**
 * What decides between two declarations that apply to one element.
 *
 * @param own whether it stands in the element's own {@code style}
 */
record CascadeRank(boolean important, boolean own, int specificity, int order)
    implements Comparable<CascadeRank> {
  private static final Comparator<CascadeRank> ORDER =
      Comparator.comparing(CascadeRank::important)
          .thenComparing(CascadeRank::own)
          .thenComparingInt(CascadeRank::specificity)
          .thenComparingInt(CascadeRank::order);

  @Override
  public int compareTo(CascadeRank other) {
    return ORDER.compare(this, other);
  }
}
