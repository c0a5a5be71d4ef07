package dev.carillon.project;

import java.util.ArrayList;
import java.util.List;

/** What became of each thing that was to be imported, in the order in which it was tried. */
public final class ImportReport {

  /** What can become of a thing. */
  public enum Fate {
    /** It is there now, or would be if this were no dry run. */
    MAPPED,
    /** It is there, but something of it means something else here, or is left out. */
    DIFFERS,
    /** Carillon has it, and refused this one. */
    REFUSED,
    /** Carillon has no place for it. */
    LEFT_OUT,
    /** Something that it needs and that nobody can import. */
    NEEDED;

    private String word() {
      return switch (this) {
        case MAPPED -> "mapped";
        case DIFFERS -> "differs";
        case REFUSED -> "refused";
        case LEFT_OUT -> "left out";
        case NEEDED -> "needed";
      };
    }
  }

  /**
   * @param what such as {@code workflow welcome}
   * @param where the file, or the place in it; empty for none
   * @param why a sentence; empty for what was mapped as it is
   */
  public record Line(Fate fate, String what, String where, String why) {

    /** One line for a terminal. */
    public String text() {
      return "%-8s  %s%s%s"
          .formatted(
              fate.word(),
              what,
              where.isEmpty() ? "" : " (" + where + ")",
              why.isEmpty() ? "" : ": " + why);
    }
  }

  private final List<Line> lines = new ArrayList<>();

  public void add(Fate fate, String what, String where, String why) {
    lines.add(new Line(fate, what, where, why));
  }

  public List<Line> lines() {
    return List.copyOf(lines);
  }

  /** Whether nothing was refused. */
  public boolean isGood() {
    return count(Fate.REFUSED) == 0;
  }

  private long count(Fate fate) {
    return lines.stream().filter(line -> line.fate() == fate).count();
  }

  /** How many of each there are, as one line. */
  public String totals() {
    return "%d mapped, %d differ, %d refused, %d left out, %d needed"
        .formatted(
            count(Fate.MAPPED),
            count(Fate.DIFFERS),
            count(Fate.REFUSED),
            count(Fate.LEFT_OUT),
            count(Fate.NEEDED));
  }
}
