package dev.carillon.storage.dynamo;

import dev.carillon.page.PageRequest;

/**
 * Positions in lists, as callers send them. They are compared as texts, and any text will do: what
 * is no position of an item lies somewhere between two.
 */
public final class Positions {
  private static final int LONGEST = 64;

  private Positions() {}

  /** The bound below which items are wanted, or {@code high} when there is none. */
  public static String high(PageRequest page, String high) {
    return page.after().map(Positions::plain).filter(at -> at.compareTo(high) < 0).orElse(high);
  }

  /** The bound above which items are wanted, or {@code low} when there is none. */
  public static String low(PageRequest page, String low) {
    return page.before().map(Positions::plain).filter(at -> at.compareTo(low) > 0).orElse(low);
  }

  /** Whether an item lies strictly beyond the position that the page is to begin at. */
  public static boolean beyond(PageRequest page, String position) {
    return page.after().map(after -> position.compareTo(plain(after)) < 0).orElse(true)
        && page.before().map(before -> position.compareTo(plain(before)) > 0).orElse(true);
  }

  /** Short and of characters that sort alike here and there, with the same place among the ids. */
  static String plain(String position) {
    int end = Math.min(LONGEST, position.length());
    for (int i = 0; i < end; i++) {
      char c = position.charAt(i);
      if (c <= ' ' || c >= '~') {
        return position.substring(0, i) + (c <= ' ' ? "!" : "~");
      }
    }
    return end == 0 ? "!" : position.substring(0, end);
  }
}
