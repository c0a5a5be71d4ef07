package dev.carillon.testing;

import java.util.List;
import java.util.SplittableRandom;

/** So many orders, each call by whoever chance picks. */
final class ByChance implements Choices {
  private final SplittableRandom chance;
  private int left;

  ByChance(int count, long seed) {
    left = count;
    chance = new SplittableRandom(seed);
  }

  @Override
  public int choose(List<Actor> actors) {
    int[] able = Choices.able(actors);
    return able[chance.nextInt(able.length)];
  }

  @Override
  public boolean next() {
    return --left > 0;
  }
}
