package dev.carillon.template.liquid.syntax;

import dev.carillon.template.liquid.syntax.Expression.Operand;
import dev.carillon.template.liquid.syntax.TemplatePart.Binding;
import dev.carillon.template.liquid.value.LiquidFault;
import java.util.Optional;

/** Reads {@code render 'key' with a as b, for c as d, name: value}. */
final class IncludeTag {
  private final Cursor cursor;
  private final int at;

  /**
   * @param at the offset of the tag
   */
  IncludeTag(int at, Cursor cursor) {
    this.at = at;
    this.cursor = cursor;
  }

  TemplatePart.Include read() {
    cursor.skipBlank();
    int begin = cursor.position();
    String key =
        cursor
            .operand()
            .map(Cursor::textOf)
            .filter(it -> !it.isEmpty() && !it.contains("{{") && !it.contains("{%"))
            .orElseThrow(
                () -> new LiquidFault(begin, "'render' names a partial by its key in quotes"));
    Optional<Binding> with = Optional.empty();
    Optional<Binding> each = Optional.empty();
    while (true) {
      cursor.skipBlank();
      int before = cursor.position();
      String word = cursor.identifier();
      Optional<Binding> binding =
          word.equals("with") || word.equals("for") ? binding(key) : Optional.empty();
      if (binding.isEmpty()) {
        cursor.moveTo(before);
        return new TemplatePart.Include(at, begin, key, with, each, cursor.hash());
      }
      if (word.equals("with")) {
        with = binding;
      } else {
        each = binding;
      }
    }
  }

  /** What follows {@code with} or {@code for}; empty when that is the name of an input. */
  private Optional<Binding> binding(String key) {
    cursor.skipBlank();
    int begin = cursor.position();
    if (cursor.peek() == ':') {
      return Optional.empty();
    }
    Optional<Operand> value = cursor.operand();
    if (value.isEmpty()) {
      return Optional.empty();
    }
    int behind = cursor.position();
    String name = key;
    if (cursor.identifier().equals("as")) {
      name = cursor.identifier();
    } else {
      cursor.moveTo(behind);
    }
    String text = cursor.text(begin, behind);
    cursor.skipBlank();
    if (cursor.peek() == ',') {
      cursor.advance();
    }
    return Optional.of(new Binding(value.get(), name, text));
  }
}
