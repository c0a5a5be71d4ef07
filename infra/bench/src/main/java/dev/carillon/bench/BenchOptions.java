package dev.carillon.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code ./carillon bench} was asked for.
 *
 * @param tables in the order they are measured; never empty
 * @param small so few of everything that it takes a minute: the figures of time mean nothing then
 * @param recipients of the largest fan-out, 1,000 to 100,000
 * @param rounds how often each function is started
 */
public record BenchOptions(
    List<String> tables, boolean small, int recipients, int rounds, Path json) {
  static final List<String> TABLES = List.of("cost", "cold", "throughput", "lateness", "compute");

  /** The arguments make no sense; the message says which. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  public BenchOptions {
    tables = List.copyOf(tables);
  }

  static BenchOptions parse(List<String> arguments, Path json) {
    var tables = new ArrayList<String>();
    boolean small = false;
    int recipients = 1_000;
    int rounds = 5;
    Path target = json;
    var left = arguments.iterator();
    while (left.hasNext()) {
      String argument = left.next();
      switch (argument) {
        case "--small" -> small = true;
        case "--recipients" -> recipients = number(argument, left.hasNext() ? left.next() : "");
        case "--rounds" -> rounds = number(argument, left.hasNext() ? left.next() : "");
        case "--json" -> {
          if (!left.hasNext()) {
            throw new Refused("--json needs a file");
          }
          target = Path.of(left.next());
        }
        default -> {
          if (!TABLES.contains(argument)) {
            throw new Refused(
                "There is no table " + argument + "; there are " + String.join(", ", TABLES));
          }
          tables.add(argument);
        }
      }
    }
    return new BenchOptions(tables.isEmpty() ? TABLES : tables, small, recipients, rounds, target);
  }

  private static int number(String option, String text) {
    try {
      int value = Integer.parseInt(text);
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException _) {
      // As for zero.
    }
    throw new Refused(option + " needs a number above 0");
  }
}
