package dev.carillon.edge.view;

import dev.carillon.edge.Limits;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * How much of a list fits into one answer. Lambda throws an answer away that is larger than its
 * limit, and the caller hears of an internal error; so a list ends early instead.
 */
public final class AnswerRoom {
  private int left = Limits.ANSWER_BYTES;

  /** Whether the item still fits; if so, it has taken its room. */
  public boolean takes(Json item) {
    int bytes = bytes(item);
    if (bytes > left) {
      return false;
    }
    left -= bytes;
    return true;
  }

  /** Whether it fits into an answer by itself. */
  static boolean fits(Json json) {
    return bytes(json) <= Limits.ANSWER_BYTES;
  }

  /** An item of a list and what is shown of it. */
  public record Shown<T, J extends Json>(T item, J view) {}

  /**
   * The items from the first on whose views fit, at least one: a list that gave none would never be
   * read to its end.
   */
  public static <T, J extends Json> List<Shown<T, J>> fitting(List<T> items, Function<T, J> view) {
    var room = new AnswerRoom();
    var fitting = new ArrayList<Shown<T, J>>();
    for (T item : items) {
      var shown = new Shown<>(item, view.apply(item));
      if (!room.takes(shown.view()) && !fitting.isEmpty()) {
        break;
      }
      fitting.add(shown);
    }
    return fitting;
  }

  /**
   * All of the items, for an answer that tells what was done and therefore must arrive: those that
   * do not fit any more as they are, in their small form.
   *
   * @param small some hundred bytes
   */
  public static <T> Json all(
      List<T> items, Function<T, Json.Obj> view, Function<T, Json.Obj> small) {
    var room = new AnswerRoom();
    return Json.array(
        items.stream()
            .map(
                item -> {
                  var whole = view.apply(item);
                  return room.takes(whole) ? whole : small.apply(item);
                })
            .toList());
  }

  /** In Lambda's answer the body is a text, so that each quote in it takes two bytes. */
  private static int bytes(Json item) {
    var text = JsonText.write(item);
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes += c == '"' || c == '\\' ? 2 : 1;
      } else {
        // Each half of a surrogate pair is two bytes of the four.
        bytes += c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
      }
    }
    return bytes;
  }
}
