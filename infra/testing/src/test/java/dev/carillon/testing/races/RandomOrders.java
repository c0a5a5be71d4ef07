package dev.carillon.testing.races;

import dev.carillon.testing.calls.SteppedInvocation;
import java.util.List;
import java.util.SplittableRandom;

/** So many orders, each call by the one that chance picks. */
public final class RandomOrders implements CallOrders {
  private final SplittableRandom chance;
  private int left;

  public RandomOrders(int count, long seed) {
    left = count;
    chance = new SplittableRandom(seed);
  }

  @Override
  public int choose(List<SteppedInvocation> actors) {
    int[] able = CallOrders.able(actors);
    return able[chance.nextInt(able.length)];
  }

  @Override
  public boolean next() {
    return --left > 0;
  }
}
