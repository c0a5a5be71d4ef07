package dev.carillon.template.email;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jsoup.nodes.Element;

/**
 * What is known of a table: where each of its cells stands.
 *
 * @param used the columns in which some row shows something
 * @param headed whether it has cells that are headings
 * @param places the column in which each cell begins, behind those that reach down from above
 */
record TableColumns(BitSet used, boolean headed, Map<Element, Integer> places) {
  /** As far as one cell may reach, as browsers have it. */
  private static final int WIDEST = 1_000;

  /** Columns further on are not looked at from above: no mail's table has as many. */
  private static final int REACHED = 100;

  /** A cell that spans columns says nothing of those after its first. */
  static TableColumns of(Element table, Predicate<Element> shows) {
    var used = new BitSet();
    var places = new IdentityHashMap<Element, Integer>();
    boolean headed = false;
    // How many rows more a cell above reaches into, by column.
    var reaching = new HashMap<Integer, Integer>();
    for (Element row : rows(table)) {
      int column = 0;
      var next = new HashMap<Integer, Integer>();
      reaching.forEach(
          (at, rows) -> {
            if (rows > 1) {
              next.put(at, rows - 1);
            }
          });
      for (Element cell : row.children()) {
        while (reaching.containsKey(column)) {
          column++;
        }
        places.put(cell, column);
        headed |= cell.normalName().equals("th");
        if (shows.test(cell)) {
          used.set(column);
        }
        int down = span(cell, "rowspan");
        for (int i = 0; i < span(cell, "colspan"); i++) {
          if (down > 1 && column < REACHED) {
            next.put(column, down - 1);
          }
          column++;
        }
      }
      reaching.clear();
      reaching.putAll(next);
    }
    return new TableColumns(used, headed, places);
  }

  /** How many columns or rows the cell spans. */
  static int span(Element cell, String attribute) {
    return PlainText.whole(cell.attr(attribute)).filter(it -> it > 1 && it <= WIDEST).orElse(1);
  }

  private static List<Element> rows(Element table) {
    var rows = new ArrayList<Element>();
    for (Element child : table.children()) {
      if (child.normalName().equals("tr")) {
        rows.add(child);
      } else {
        child.children().stream().filter(it -> it.normalName().equals("tr")).forEach(rows::add);
      }
    }
    return rows;
  }
}
