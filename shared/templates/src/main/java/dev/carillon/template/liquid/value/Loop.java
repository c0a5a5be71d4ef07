package dev.carillon.template.liquid.value;

import dev.carillon.json.Json;
import java.math.BigDecimal;

/**
 * {@code forloop} and {@code tablerowloop}: where a loop stands. The one value that changes; it
 * lives as long as its loop.
 */
public final class Loop implements Datum {
  private final String name;
  private final int length;
  private final double columns;
  private final Datum parent;
  private int index;

  private Loop(String name, int length, double columns, Datum parent) {
    this.name = name;
    this.length = length;
    this.columns = columns;
    this.parent = parent;
  }

  /**
   * @param parent the loop around this one; {@link Datum.Mark#UNDEFINED} for none
   */
  public static Loop of(String name, int length, Datum parent) {
    return new Loop(name, length, 0, parent);
  }

  /**
   * @param columns in a row, above 0
   */
  public static Loop table(String name, int length, double columns) {
    return new Loop(name, length, columns, Mark.UNDEFINED);
  }

  public void next() {
    index++;
  }

  /** From 0. */
  public int column() {
    return (int) (index % columns);
  }

  /** From 1. */
  public int row() {
    return (int) (index / columns) + 1;
  }

  Datum property(String key) {
    return switch (key) {
      case "index" -> new Num(index + 1);
      case "index0", "i" -> new Num(index);
      case "rindex" -> new Num(length - index);
      case "rindex0" -> new Num(length - index - 1);
      case "first" -> new Bool(index == 0);
      case "last" -> new Bool(index == length - 1);
      case "length" -> new Num(length);
      case "name" -> new Text(name);
      case "parentloop" -> parent;
      default -> columns > 0 ? tableProperty(key) : Mark.UNDEFINED;
    };
  }

  private Datum tableProperty(String key) {
    return switch (key) {
      case "cols" -> new Num(columns);
      case "row" -> new Num(row());
      case "col" -> new Num(column() + 1);
      case "col0" -> new Num(column());
      case "col_first" -> new Bool(column() == 0);
      case "col_last" -> new Bool(column() + 1 == columns);
      default -> Mark.UNDEFINED;
    };
  }

  Json.Obj json() {
    var json =
        Json.object().with("i", Json.of(index)).with("length", Json.of(length)).with("name", name);
    return columns > 0 ? json.with("cols", new Json.Num(BigDecimal.valueOf(columns))) : json;
  }
}
