package dev.carillon.template.liquid.filter;

import dev.carillon.template.liquid.value.Coerce;
import dev.carillon.template.liquid.value.Datum;
import dev.carillon.template.liquid.value.Datum.Items;
import dev.carillon.template.liquid.value.Datum.Num;
import dev.carillon.template.liquid.value.Datum.Text;
import dev.carillon.template.liquid.value.LiquidFault;
import dev.carillon.template.liquid.value.Searching;
import dev.carillon.template.liquid.value.Spaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Filters that make texts of texts. */
final class TextFilters {
  private static final String ELLIPSIS = "...";

  static final Map<String, Filter> ALL =
      Map.ofEntries(
          Map.entry("append", (in, a, s) -> text(joined(s, s.text(in), required(a, "append", s)))),
          Map.entry(
              "prepend", (in, a, s) -> text(joined(s, required(a, "prepend", s), s.text(in)))),
          Map.entry("upcase", of(text -> text.toUpperCase(Locale.ROOT))),
          Map.entry("downcase", of(text -> text.toLowerCase(Locale.ROOT))),
          Map.entry("capitalize", of(TextFilters::capitalize)),
          Map.entry("titlecase", of(TextFilters::titlecase)),
          Map.entry("strip", (in, a, s) -> strip(in, a, s, true, true)),
          Map.entry("lstrip", (in, a, s) -> strip(in, a, s, true, false)),
          Map.entry("rstrip", (in, a, s) -> strip(in, a, s, false, true)),
          Map.entry("strip_newlines", of(text -> text.replace("\r\n", "").replace("\n", ""))),
          Map.entry("normalize_whitespace", of(text -> Spaces.collapse(text, " "))),
          Map.entry("squish", of(text -> Spaces.strip(Spaces.collapse(text, " ")))),
          Map.entry("replace", (in, a, s) -> replace(in, a.text(0, s), a.text(1, s), s)),
          Map.entry("remove", (in, a, s) -> replace(in, a.text(0, s), "", s)),
          Map.entry("replace_first", (in, a, s) -> one(in, a, a.text(1, s), s, false)),
          Map.entry("replace_last", (in, a, s) -> one(in, a, a.text(1, s), s, true)),
          Map.entry("remove_first", (in, a, s) -> one(in, a, "", s, false)),
          Map.entry("remove_last", (in, a, s) -> one(in, a, "", s, true)),
          Map.entry("split", TextFilters::split),
          Map.entry("truncate", TextFilters::truncate),
          Map.entry("truncatewords", TextFilters::truncateWords),
          Map.entry("number_of_words", TextFilters::numberOfWords),
          Map.entry("array_to_sentence_string", TextFilters::sentence),
          Map.entry("pluralize", TextFilters::pluralize),
          Map.entry("compare_versions", TextFilters::compareVersions));

  private TextFilters() {}

  static Datum text(String text) {
    return new Text(text);
  }

  /** A filter without arguments. */
  static Filter of(UnaryOperator<String> change) {
    return (in, _, scope) -> text(scope.meter().paid(change.apply(scope.text(in))));
  }

  private static String required(FilterArguments arguments, String name, FilterScope scope) {
    if (arguments.count() == 0) {
      throw new LiquidFault("'" + name + "' needs a text");
    }
    return arguments.text(0, scope);
  }

  private static String joined(FilterScope scope, String first, String second) {
    scope.meter().chargeChars((long) first.length() + second.length());
    return first + second;
  }

  private static String capitalize(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT)
            + text.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String titlecase(String text) {
    var out = new StringBuilder(text.length());
    boolean start = true;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      out.appendCodePoint(start ? Character.toTitleCase(c) : Character.toLowerCase(c));
      start = Spaces.contains(c) || c == '-';
      i += Character.charCount(c);
    }
    return out.toString();
  }

  private static Datum strip(
      Datum input, FilterArguments arguments, FilterScope scope, boolean left, boolean right) {
    String text = scope.text(input);
    if (!arguments.isSet(0)) {
      String stripped = left ? Spaces.stripStart(text) : text;
      return text(right ? Spaces.stripEnd(stripped) : stripped);
    }
    var characters = new java.util.BitSet();
    arguments.text(0, scope).codePoints().forEach(characters::set);
    int from = 0;
    int to = text.length();
    while (left && from < to && characters.get(text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (right && to > from && characters.get(text.codePointBefore(to))) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text(text.substring(from, Math.max(from, to)));
  }

  /** An empty pattern stands between any two characters. */
  private static Datum replace(Datum input, String pattern, String replacement, FilterScope scope) {
    String text = scope.text(input);
    Searching.charge(text, pattern, scope.meter());
    if (pattern.isEmpty()) {
      long gaps = Math.max(0, text.length() - 1);
      scope.meter().chargeChars(text.length() + gaps * replacement.length());
      var out = new StringBuilder();
      for (int i = 0; i < text.length(); i++) {
        out.append(i == 0 ? "" : replacement).append(text.charAt(i));
      }
      return text(out.toString());
    }
    long found = 0;
    for (int at = text.indexOf(pattern);
        at >= 0;
        at = text.indexOf(pattern, at + pattern.length())) {
      found++;
    }
    scope
        .meter()
        .chargeChars(text.length() + found * ((long) replacement.length() - pattern.length()));
    return text(text.replace(pattern, replacement));
  }

  private static Datum one(
      Datum input, FilterArguments arguments, String replacement, FilterScope scope, boolean last) {
    String text = scope.text(input);
    String pattern = arguments.text(0, scope);
    Searching.charge(text, pattern, scope.meter());
    int at = last ? text.lastIndexOf(pattern) : text.indexOf(pattern);
    if (at < 0) {
      return text(text);
    }
    return text(
        joined(scope, text.substring(0, at) + replacement, text.substring(at + pattern.length())));
  }

  /** Empty pieces at the end are left out. */
  private static Datum split(Datum input, FilterArguments arguments, FilterScope scope) {
    String text = scope.text(input);
    String separator = arguments.text(0, scope);
    Searching.charge(text, separator, scope.meter());
    var pieces = new ArrayList<Datum>();
    if (separator.isEmpty()) {
      scope.meter().charge(text.length());
      for (int i = 0; i < text.length(); i++) {
        pieces.add(text(text.substring(i, i + 1)));
      }
    } else {
      int from = 0;
      for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
        scope.meter().charge(1);
        pieces.add(text(text.substring(from, at)));
        from = at + separator.length();
      }
      pieces.add(text(text.substring(from)));
    }
    while (!pieces.isEmpty() && pieces.getLast() instanceof Text(var piece, _) && piece.isEmpty()) {
      pieces.removeLast();
    }
    return new Items(List.copyOf(pieces));
  }

  private static Datum truncate(Datum input, FilterArguments arguments, FilterScope scope) {
    String text = scope.text(input);
    double limit = arguments.number(0, 50, scope);
    String ellipsis = arguments.text(1, ELLIPSIS, scope);
    if (text.length() <= limit || codePoints(text, 0, limit) >= text.length()) {
      return input;
    }
    double kept = Math.max(limit - ellipsis.codePointCount(0, ellipsis.length()), 0);
    return text(joined(scope, text.substring(0, codePoints(text, 0, kept)), ellipsis));
  }

  /** The offset that is {@code count} characters after {@code from}, at most the text's end. */
  static int codePoints(String text, int from, double count) {
    int index = from;
    for (int i = 0; i < count && index < text.length(); i++) {
      index += Character.charCount(text.codePointAt(index));
    }
    return index;
  }

  private static Datum truncateWords(Datum input, FilterArguments arguments, FilterScope scope) {
    List<String> words = Spaces.split(Spaces.stripStart(scope.text(input)));
    double limit = arguments.number(0, 15, scope);
    int kept = Double.isNaN(limit) ? 0 : (int) Math.clamp(limit <= 0 ? 1 : limit, 0, words.size());
    scope.meter().charge(words.size());
    String text = String.join(" ", words.subList(0, kept));
    String ellipsis =
        words.size() >= (limit <= 0 ? 1 : limit) ? arguments.text(1, ELLIPSIS, scope) : "";
    return text(joined(scope, text, ellipsis));
  }

  private static Datum numberOfWords(Datum input, FilterArguments arguments, FilterScope scope) {
    String text = Spaces.strip(scope.text(input));
    if (text.isEmpty()) {
      return new Num(0);
    }
    int ideographs = (int) text.chars().filter(TextFilters::isIdeograph).count();
    boolean each =
        switch (arguments.text(0, scope)) {
          case "cjk" -> true;
          case "auto" -> ideographs > 0;
          default -> false;
        };
    if (!each) {
      return new Num(Spaces.split(text).size());
    }
    int runs = 0;
    boolean within = false;
    for (int i = 0; i < text.length(); i++) {
      boolean other = !isIdeograph(text.charAt(i)) && !Spaces.contains(text.charAt(i));
      runs += other && !within ? 1 : 0;
      within = other;
    }
    return new Num(ideographs + runs);
  }

  /** Chinese, Japanese and Korean writing, where each character counts as a word. */
  private static boolean isIdeograph(int c) {
    return c >= 0x4e00 && c <= 0x9fff
        || c >= 0xf900 && c <= 0xfaff
        || c >= 0x3400 && c <= 0x4dbf
        || c >= 0x3040 && c <= 0x30ff
        || c >= 0xac00 && c <= 0xd7af;
  }

  private static Datum sentence(Datum input, FilterArguments arguments, FilterScope scope) {
    List<Datum> items = Coerce.list(input);
    String connector = arguments.text(0, "and", scope);
    return switch (items.size()) {
      case 0 -> text("");
      case 1 -> items.getFirst();
      case 2 -> text(word(items, 0, scope) + " " + connector + " " + word(items, 1, scope));
      default -> {
        int last = items.size() - 1;
        String most = Coerce.joined(items.subList(0, last), ", ", scope.meter());
        yield text(joined(scope, most, ", " + connector + " " + word(items, last, scope)));
      }
    };
  }

  private static String word(List<Datum> items, int index, FilterScope scope) {
    return scope.meter().paid(Coerce.word(items.get(index), scope.meter()));
  }

  /** {@code count | pluralize: "comment", "comments"}: the word, without the number. */
  private static Datum pluralize(Datum input, FilterArguments arguments, FilterScope scope) {
    return text(arguments.text(Coerce.number(input, scope.meter()) == 1 ? 0 : 1, scope));
  }

  /** -1, 0 or 1 as the version comes before the other one, is the same or comes after it. */
  private static Datum compareVersions(Datum input, FilterArguments arguments, FilterScope scope) {
    return new Num(Versions.compare(scope.text(input), arguments.text(0, scope)));
  }
}
