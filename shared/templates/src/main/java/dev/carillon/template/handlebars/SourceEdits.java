package dev.carillon.template.handlebars;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Small changes to a source, by offsets in it as it was written. */
final class SourceEdits {
  private final Map<Integer, String> insertions = new TreeMap<>();
  private final Set<Integer> deletions = new TreeSet<>();

  SourceEdits copy() {
    var copy = new SourceEdits();
    copy.insertions.putAll(insertions);
    copy.deletions.addAll(deletions);
    return copy;
  }

  /** Puts text before the character at the offset, behind what was put there earlier. */
  void insert(int offset, String text) {
    insertions.merge(offset, text, String::concat);
  }

  /** Puts text in place of one character. */
  void replace(int offset, String text) {
    deletions.add(offset);
    insert(offset, text);
  }

  /** Positions as other languages write them: {@code actors[0]} is {@code actors.[0]} here. */
  void indexes(String source, int from, int end) {
    char quote = 0;
    for (int i = from; i < end; i++) {
      char c = source.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '[' && i > from) {
        char before = source.charAt(i - 1);
        if (Character.isLetterOrDigit(before) || before == '_' || before == ']') {
          insert(i, ".");
        }
        int close = source.indexOf(']', i);
        if (close - i > 3
            && "\"'".indexOf(source.charAt(i + 1)) >= 0
            && source.charAt(close - 1) == source.charAt(i + 1)) {
          replace(i + 1, "");
          replace(close - 1, "");
        }
        i = Math.max(i, close);
      }
    }
  }

  String apply(String source) {
    if (insertions.isEmpty()) {
      return source;
    }
    var out = new StringBuilder(source.length() + insertions.size() * 8);
    int from = 0;
    for (var insertion : insertions.entrySet()) {
      int offset = insertion.getKey();
      out.append(source, from, offset).append(insertion.getValue());
      from = deletions.contains(offset) ? offset + 1 : offset;
    }
    return out.append(source, from, source.length()).toString();
  }
}
