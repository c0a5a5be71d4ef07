package dev.carillon.testing.races;

import dev.carillon.testing.calls.PortAccess;
import dev.carillon.testing.calls.SteppedInvocation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The tree of choices, walked depth first. At each place it is remembered who need not be tried:
 * all that were tried there or above, for as long as nothing happened since that their call would
 * have noticed (a sleep set, in the literature on stateless model checking).
 */
public final class AllOrders implements CallOrders {
  private static final class Place {
    final List<Optional<PortAccess>> calls;
    final Set<Integer> asleep;
    int chosen = -1;

    Place(List<Optional<PortAccess>> calls, Set<Integer> asleep) {
      this.calls = calls;
      this.asleep = asleep;
    }

    boolean choose() {
      if (chosen >= 0) {
        asleep.add(chosen);
      }
      chosen =
          IntStream.range(0, calls.size())
              .filter(i -> calls.get(i).isPresent() && !asleep.contains(i))
              .findFirst()
              .orElse(-1);
      return chosen >= 0;
    }

    /** Who is still not to be tried after the choice. */
    Set<Integer> stillAsleep() {
      PortAccess made = calls.get(chosen).orElseThrow();
      var still = new HashSet<>(asleep);
      still.removeIf(i -> calls.get(i).orElseThrow().meets(made));
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
      var place = new Place(calls, asleep);
      place.choose();
      places.add(place);
    }
    return places.get(depth++).chosen;
  }

  @Override
  public boolean next() {
    depth = 0;
    while (!places.isEmpty()) {
      if (places.getLast().chosen >= 0 && places.getLast().choose()) {
        return true;
      }
      places.removeLast();
    }
    return false;
  }

  /**
   * How many orders of two actors the one just made stands for: all that keep the order of the
   * calls which notice each other.
   */
  @Override
  public long standsFor() {
    if (places.getFirst().calls.size() != 2) {
      throw new IllegalStateException("Only the orders of two can be counted");
    }
    var made = List.<List<PortAccess>>of(new ArrayList<>(), new ArrayList<>());
    // After how many calls of the other one each call comes at the earliest.
    var after = List.<List<Integer>>of(new ArrayList<>(), new ArrayList<>());
    for (Place place : places) {
      PortAccess call = place.calls.get(place.chosen).orElseThrow();
      List<PortAccess> others = made.get(1 - place.chosen);
      int earliest = others.size();
      while (earliest > 0 && !others.get(earliest - 1).meets(call)) {
        earliest--;
      }
      made.get(place.chosen).add(call);
      after.get(place.chosen).add(earliest);
    }
    return ways(after.get(0), after.get(1));
  }

  private static long ways(List<Integer> first, List<Integer> second) {
    var ways = new long[first.size() + 1][second.size() + 1];
    ways[0][0] = 1;
    for (int i = 0; i <= first.size(); i++) {
      for (int j = 0; j <= second.size(); j++) {
        if (i > 0 && first.get(i - 1) <= j) {
          ways[i][j] += ways[i - 1][j];
        }
        if (j > 0 && second.get(j - 1) <= i) {
          ways[i][j] += ways[i][j - 1];
        }
      }
    }
    return ways[first.size()][second.size()];
  }
}
