package dev.carillon.testing.races;

import dev.carillon.testing.calls.SteppedInvocation;
import java.util.ArrayList;
import java.util.List;

/** The tree of choices in which few actors that could go on are interrupted, depth first. */
public final class FewPreemptionOrders implements CallOrders {
  private record Place(List<Integer> options, int chosen, int preemptions, int before) {}

  private final int most;
  private final List<Place> places = new ArrayList<>();
  private int depth;

  public FewPreemptionOrders(int most) {
    this.most = most;
  }

  @Override
  public int choose(List<SteppedInvocation> actors) {
    if (depth == places.size()) {
      places.add(place(actors));
    }
    Place place = places.get(depth++);
    return place.options().get(place.chosen());
  }

  private Place place(List<SteppedInvocation> actors) {
    int last = places.isEmpty() ? -1 : running(places.getLast());
    int spent = places.isEmpty() ? 0 : spent(places.getLast());
    boolean goesOn = last >= 0 && !actors.get(last).ended();
    var options = new ArrayList<Integer>();
    if (goesOn) {
      options.add(last);
    }
    for (int i : CallOrders.able(actors)) {
      if (i != last && (!goesOn || spent < most)) {
        options.add(i);
      }
    }
    return new Place(options, 0, spent, goesOn ? last : -1);
  }

  private static int running(Place place) {
    return place.options().get(place.chosen());
  }

  private static int spent(Place place) {
    boolean preempted = place.before() >= 0 && running(place) != place.before();
    return place.preemptions() + (preempted ? 1 : 0);
  }

  @Override
  public boolean next() {
    depth = 0;
    while (!places.isEmpty()) {
      Place place = places.removeLast();
      if (place.chosen() + 1 < place.options().size()) {
        places.add(
            new Place(place.options(), place.chosen() + 1, place.preemptions(), place.before()));
        return true;
      }
    }
    return false;
  }
}
