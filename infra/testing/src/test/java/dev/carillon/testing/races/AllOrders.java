package dev.carillon.testing.races;

import dev.carillon.testing.calls.PortAccess;
import dev.carillon.testing.calls.SteppedInvocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The tree of choices, walked depth first, but for orders that only exchange calls which do not
 * notice each other. Two means from the literature on stateless model checking: wherever two calls
 * meet, and nothing forces the order they came in, whoever has to go first for the other order is
 * wanted at the place of the earlier one (source sets); and at each place it is remembered who need
 * not be tried, because they were there or above, for as long as nothing happened since that their
 * call would have noticed (sleep sets).
 */
public final class AllOrders implements CallOrders {
  private static final int NOBODY = -1;

  /** Where somebody has to be chosen. */
  private static final class Place {
    final List<Optional<PortAccess>> calls;
    final Set<Integer> asleep;
    final Set<Integer> wanted = new TreeSet<>();
    int chosen = NOBODY;

    /** How many calls of each actor come before the chosen one in every like order, or are it. */
    int[] after = {};

    Place(List<Optional<PortAccess>> calls, Set<Integer> asleep) {
      this.calls = calls;
      this.asleep = asleep;
      for (int i = 0; i < calls.size() && wanted.isEmpty(); i++) {
        if (calls.get(i).isPresent() && !asleep.contains(i)) {
          wanted.add(i);
        }
      }
    }

    void choose() {
      if (chosen != NOBODY) {
        asleep.add(chosen);
      }
      chosen = wanted.stream().filter(it -> !asleep.contains(it)).findFirst().orElse(NOBODY);
    }

    PortAccess made() {
      return calls.get(chosen).orElseThrow();
    }

    /** The number of the chosen call among those of its actor, from 1. */
    int number() {
      return after[chosen];
    }

    /** Whether that call was made before this one in every like order. */
    boolean comesAfter(Place other) {
      return other.number() <= after[other.chosen];
    }

    /** Who is still not to be tried after the choice. */
    Set<Integer> stillAsleep() {
      var still = new HashSet<>(asleep);
      still.removeIf(i -> calls.get(i).orElseThrow().meets(made()));
      return still;
    }
  }

  private final List<Place> places = new ArrayList<>();
  private int depth;

  @Override
  public int choose(List<SteppedInvocation> actors) {
    if (depth == places.size()) {
      var calls = actors.stream().map(it -> it.pending().map(PortAccess::of)).toList();
      Set<Integer> asleep = places.isEmpty() ? new HashSet<>() : places.getLast().stillAsleep();
      places.add(new Place(calls, asleep));
      chooseAtLast();
    }
    return places.get(depth++).chosen;
  }

  /** True when somebody was left to be chosen. */
  private boolean chooseAtLast() {
    Place last = places.getLast();
    last.choose();
    if (last.chosen == NOBODY) {
      return false;
    }
    place(last);
    return true;
  }

  /** Finds what the call just chosen comes after, and what it could as well come before. */
  private void place(Place last) {
    int[] after = new int[last.calls.size()];
    places.stream()
        .limit(places.size() - 1L)
        .filter(it -> it.chosen == last.chosen)
        .reduce((_, later) -> later)
        .ifPresent(own -> System.arraycopy(own.after, 0, after, 0, after.length));
    after[last.chosen]++;
    last.after = after;
    for (int i = places.size() - 2; i >= 0; i--) {
      Place earlier = places.get(i);
      if (!last.comesAfter(earlier) && earlier.made().meets(last.made())) {
        want(i);
        Arrays.setAll(after, actor -> Math.max(after[actor], earlier.after[actor]));
      }
    }
  }

  /** Somebody who leads to the last call before the one made there is to be tried there. */
  private void want(int place) {
    Place there = places.get(place);
    var leading = new ArrayList<Place>();
    var first = new TreeSet<Integer>();
    for (Place next : places.subList(place + 1, places.size())) {
      if (next == places.getLast() || !next.comesAfter(there)) {
        if (leading.stream().noneMatch(next::comesAfter)) {
          first.add(next.chosen);
        }
        leading.add(next);
      }
    }
    if (first.stream().noneMatch(there.wanted::contains)) {
      there.wanted.add(first.getFirst());
    }
  }

  @Override
  public boolean next() {
    depth = 0;
    while (!places.isEmpty()) {
      if (places.getLast().chosen != NOBODY && chooseAtLast()) {
        return true;
      }
      places.removeLast();
    }
    return false;
  }

  /**
   * How many orders the one just made stands for: all that keep the order of the calls which notice
   * each other.
   */
  @Override
  public double standsFor() {
    int actors = places.getFirst().calls.size();
    var made = new ArrayList<List<Place>>();
    var stride = new int[actors + 1];
    stride[0] = 1;
    for (int actor = 0; actor < actors; actor++) {
      int whose = actor;
      made.add(places.stream().filter(place -> place.chosen == whose).toList());
      stride[actor + 1] = stride[actor] * (made.getLast().size() + 1);
    }
    // In how many ways each has come so far, by a number whose digits say how far.
    var ways = new double[stride[actors]];
    ways[0] = 1;
    for (int state = 0; state < ways.length; state++) {
      var come = new int[actors];
      for (int actor = 0; actor < actors; actor++) {
        come[actor] = state / stride[actor] % (made.get(actor).size() + 1);
      }
      for (int actor = 0; actor < actors; actor++) {
        if (come[actor] < made.get(actor).size() && mayBeNext(made.get(actor), actor, come)) {
          ways[state + stride[actor]] += ways[state];
        }
      }
    }
    return ways[ways.length - 1];
  }

  private static boolean mayBeNext(List<Place> made, int actor, int[] come) {
    int[] after = made.get(come[actor]).after;
    return IntStream.range(0, come.length)
        .allMatch(other -> other == actor || after[other] <= come[other]);
  }
}
