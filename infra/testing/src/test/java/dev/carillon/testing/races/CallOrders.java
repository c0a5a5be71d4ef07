package dev.carillon.testing.races;

import dev.carillon.testing.calls.SteppedInvocation;
import java.util.List;
import java.util.stream.IntStream;

/** Whose turn it is at each place of an order, for one order after the other. */
public interface CallOrders {
  /** One of those that did not end; negative to give up this order, as one tried before. */
  int choose(List<SteppedInvocation> actors);

  /** Turns to the next order; false when there is none. */
  boolean next();

  /** How many orders the one just made stands for, itself included; exact up to 2^53. */
  default double standsFor() {
    return 1;
  }

  static int[] able(List<SteppedInvocation> actors) {
    return IntStream.range(0, actors.size()).filter(i -> !actors.get(i).ended()).toArray();
  }
}
