package dev.carillon.bench.report;

import dev.carillon.json.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One table of the report.
 *
 * @param name what it is asked for by
 * @param notes how the figures came to be, a sentence each
 * @param rows by column; a row that lacks a column has nothing there. {@link #MET} says whether the
 *     row keeps to its budgets
 */
public record Table(String name, String title, List<String> notes, List<Json.Obj> rows) {
  public static final String MET = "met";

  public Table {
    notes = List.copyOf(notes);
    rows = List.copyOf(rows);
  }

  /** Three digits of it, and all of those before the point. */
  public static Json number(double value) {
    if (!Double.isFinite(value)) {
      return Json.NULL;
    }
    var exact = BigDecimal.valueOf(value);
    int before = Math.max(0, exact.precision() - exact.scale());
    return new Json.Num(
        exact
            .round(new MathContext(Math.max(3, before), RoundingMode.HALF_UP))
            .stripTrailingZeros());
  }

  /** Whether no row misses a budget. */
  public boolean met() {
    return rows.stream().noneMatch(row -> row.get(MET).equals(Optional.of(Json.FALSE)));
  }

  public Json.Obj json() {
    return Json.object()
        .with("title", title)
        .with("notes", Json.texts(notes))
        .with("rows", Json.array(rows));
  }

  /** As a terminal shows it. */
  public String text() {
    Map<String, Integer> widths = new LinkedHashMap<>();
    for (Json.Obj row : rows) {
      row.fields()
          .forEach(
              (column, value) ->
                  widths.merge(column, Math.max(column.length(), cell(value).length()), Math::max));
    }
    var text = new StringBuilder(title).append('\n');
    var heading = new ArrayList<String>();
    widths.forEach((column, width) -> heading.add(padded(column, width, heading.isEmpty())));
    text.append(String.join("  ", heading).stripTrailing()).append('\n');
    for (Json.Obj row : rows) {
      var cells = new ArrayList<String>();
      widths.forEach(
          (column, width) ->
              cells.add(
                  padded(row.get(column).map(Table::cell).orElse(""), width, cells.isEmpty())));
      text.append(String.join("  ", cells).stripTrailing()).append('\n');
    }
    notes.forEach(note -> text.append("  ").append(note).append('\n'));
    return text.toString();
  }

  private static String padded(String text, int width, boolean left) {
    String blanks = " ".repeat(width - text.length());
    return left ? text + blanks : blanks + text;
  }

  private static String cell(Json value) {
    return switch (value) {
      case Json.Str(var text) -> text;
      case Json.Num(var number) -> number.toPlainString();
      case Json.Bool(var truth) -> truth ? "yes" : "NO";
      case Json.Null _ -> "";
      case Json.Obj _, Json.Arr _ -> throw new IllegalArgumentException("A cell is one value");
    };
  }
}
