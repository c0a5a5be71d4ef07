package dev.carillon.bench.report;

import java.util.Arrays;
import java.util.Collection;

/** Figures of one kind, of which some positions are asked for. */
public final class Sample {
  private final double[] sorted;

  private Sample(double[] sorted) {
    this.sorted = sorted;
  }

  public static Sample of(Collection<? extends Number> figures) {
    double[] all = figures.stream().mapToDouble(Number::doubleValue).toArray();
    Arrays.sort(all);
    return new Sample(all);
  }

  /** The smallest that at least so many of a hundred do not exceed; NaN when there are none. */
  public double at(double percent) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
  }

  public int size() {
    return sorted.length;
  }
}
