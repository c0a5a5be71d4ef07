package dev.carillon.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What {@code ./carillon bench} was asked for.
 *
 * @param tables in the order they are measured; never empty
 * @param small so few of everything that it takes a minute: the figures of time mean nothing then
 * @param recipients of the largest fan-out
 * @param isolated whether each function of {@code fanout} has processes of its own
 * @param rounds how often each function is started
 * @param functions those that are started; empty for all
 */
public record BenchOptions(
    List<String> tables,
    boolean small,
    int recipients,
    boolean isolated,
    int rounds,
    Set<String> functions,
    Path json) {
  static final List<String> TABLES =
      List.of("cost", "cold", "click", "throughput", "lateness", "compute");

  /** Measured only when it is asked for by name. */
  private static final String FANOUT = "fanout";

  /** The arguments make no sense; the message says which. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  public BenchOptions {
    tables = List.copyOf(tables);
    functions = Set.copyOf(functions);
  }

  static BenchOptions parse(List<String> arguments, Path json) {
    var tables = new ArrayList<String>();
    boolean small = false;
    int recipients = 1_000;
    boolean isolated = false;
    int rounds = 5;
    Set<String> functions = Set.of();
    Path target = json;
    var left = arguments.iterator();
    while (left.hasNext()) {
      String argument = left.next();
      switch (argument) {
        case "--small" -> small = true;
        case "--recipients" -> recipients = number(argument, left.hasNext() ? left.next() : "");
        case "--isolated" -> isolated = true;
        case "--rounds" -> rounds = number(argument, left.hasNext() ? left.next() : "");
        case "--functions" -> {
          if (!left.hasNext()) {
            throw new Refused("--functions needs names with commas between them");
          }
          functions = Set.of(left.next().split(","));
        }
        case "--json" -> {
          if (!left.hasNext()) {
            throw new Refused("--json needs a file");
          }
          target = Path.of(left.next());
        }
        default -> {
          if (!TABLES.contains(argument) && !argument.equals(FANOUT)) {
            throw new Refused(
                "There is no table "
                    + argument
                    + "; there are "
                    + String.join(", ", TABLES)
                    + ", "
                    + FANOUT);
          }
          tables.add(argument);
        }
      }
    }
    return new BenchOptions(
        tables.isEmpty() ? TABLES : tables, small, recipients, isolated, rounds, functions, target);
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
