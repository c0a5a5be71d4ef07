package dev.carillon.template.liquid;

import dev.carillon.template.liquid.value.Coerce;
import dev.carillon.template.liquid.value.Datum;
import dev.carillon.template.liquid.value.Datum.Fields;
import dev.carillon.template.liquid.value.Datum.Items;
import dev.carillon.template.liquid.value.Datum.Mark;
import dev.carillon.template.liquid.value.Datum.Num;
import dev.carillon.template.liquid.value.Datum.Text;
import dev.carillon.template.liquid.value.Meter;
import dev.carillon.template.liquid.value.Property;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables that a template sees while it is rendered, and what its tags remember. A partial
 * has one of its own.
 */
final class Frame {
  private static final String LENGTH = "length";

  /** What the caller gave, or the item that a filter looks into. */
  private final Datum given;

  /** The keys of the partials that led here. */
  private final List<String> chain;

  /** What the template has set. */
  private final Map<String, Datum> assigned = new HashMap<>();

  /** What loops have set, the innermost first. */
  private final Deque<Map<String, Datum>> loops = new ArrayDeque<>();

  private final Map<String, Double> counters = new HashMap<>();
  private final Map<String, Integer> cycles = new HashMap<>();
  private final Map<String, Double> offsets = new HashMap<>();
  private Interrupt interrupt = Interrupt.NONE;

  /** Why the rest of a loop's body is left out. */
  enum Interrupt {
    NONE,
    BREAK,
    CONTINUE
  }

  Frame(Datum given, List<String> chain) {
    this.given = given;
    this.chain = List.copyOf(chain);
  }

  List<String> chain() {
    return chain;
  }

  Datum given() {
    return given;
  }

  Datum variable(Datum key, Meter meter) {
    meter.charge(1);
    String name = Coerce.word(key, meter);
    for (var loop : loops) {
      Datum found = loop.get(name);
      if (found != null) {
        return found;
      }
    }
    Datum found = assigned.get(name);
    if (found != null) {
      return found;
    }
    Double counter = counters.get(name);
    return counter != null ? new Num(counter) : ofGiven(name, meter);
  }

  /** The size of the variables that are not there is 0, as in the reference implementation. */
  private Datum ofGiven(String name, Meter meter) {
    boolean holds =
        switch (given) {
          case Fields(var object) -> object.fields().containsKey(name);
          case Items _, Text _ -> name.equals(LENGTH) || isPlace(name);
          default -> false;
        };
    if (holds) {
      return Property.of(given, new Text(name), meter);
    }
    return name.equals("size") ? new Num(0) : Mark.UNDEFINED;
  }

  private static boolean isPlace(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  void assign(String name, Datum value) {
    assigned.put(name, value);
  }

  void enter(Map<String, Datum> loop) {
    loops.push(loop);
  }

  void leave() {
    loops.pop();
  }

  /** The loop around the one that begins; undefined for none. */
  Datum loop() {
    for (var loop : loops) {
      Datum found = loop.get("forloop");
      if (found != null) {
        return found;
      }
    }
    return Mark.UNDEFINED;
  }

  /** Changes a counter, which begins at a number that was given under its name or at 0. */
  double count(String name, double step, Meter meter) {
    double before =
        counters.containsKey(name)
            ? counters.get(name)
            : ofGiven(name, meter) instanceof Num(var number) && given instanceof Fields
                ? number
                : 0;
    counters.put(name, before + step);
    return before;
  }

  /** Which of several comes next in a cycle. */
  int cycle(String name, int count) {
    int index = cycles.getOrDefault(name, 0);
    cycles.put(name, (index + 1) % count);
    return index;
  }

  double offset(String loop) {
    return offsets.getOrDefault(loop, 0d);
  }

  void keepOffset(String loop, double offset) {
    offsets.put(loop, offset);
  }

  /** Forgets the loops of a template that could not be rendered to its end, and a break of one. */
  void begin() {
    loops.clear();
    interrupt = Interrupt.NONE;
  }

  Interrupt interrupt() {
    return interrupt;
  }

  void interrupt(Interrupt interrupt) {
    this.interrupt = interrupt;
  }
}
