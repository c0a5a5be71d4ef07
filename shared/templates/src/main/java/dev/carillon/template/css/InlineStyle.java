package dev.carillon.template.css;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** The declarations that an element is to carry, from the weakest to the strongest. */
final class InlineStyle {

  /** A declaration of a rule or of the element's own {@code style}. */
  record Entry(Declaration declaration, CascadeRank rank) {}

  private final List<Entry> entries;
  private final BitSet raised = new BitSet();

  private InlineStyle(List<Entry> entries) {
    this.entries = entries;
  }

  /**
   * @param all in any order, those of one rule or one attribute in theirs
   * @param uninlined properties that stay in the style sheet, unless they are the element's own
   */
  static InlineStyle of(List<Entry> all, Set<String> uninlined) {
    var sorted = new ArrayList<Entry>();
    for (Entry entry : all) {
      if (entry.rank().own() || !uninlined.contains(entry.declaration().property())) {
        sorted.add(entry);
      }
    }
    sorted.sort((a, b) -> a.rank().compareTo(b.rank()));
    var live = new ArrayList<Entry>();
    for (Entry entry : sorted) {
      live.removeIf(
          earlier ->
              !earlier.rank().equals(entry.rank())
                  && entry.declaration().replaces(earlier.declaration()));
      live.add(entry);
    }
    return new InlineStyle(live);
  }

  int size() {
    return entries.size();
  }

  Entry entry(int index) {
    return entries.get(index);
  }

  /** Whether a later entry of the same property stands over it. */
  boolean covered(int index) {
    for (int i = index + 1; i < entries.size(); i++) {
      if (entries
          .get(i)
          .declaration()
          .property()
          .equals(entries.get(index).declaration().property())) {
        return true;
      }
    }
    return false;
  }

  /** Makes the entry important, and those over it that it would otherwise beat. */
  void raise(int index) {
    for (int i = index; i < entries.size(); i++) {
      if (entries.get(i).declaration().overlaps(entries.get(index).declaration())) {
        raised.set(i);
      }
    }
  }

  boolean important(int index) {
    Entry entry = entries.get(index);
    return raised.get(index) || entry.rank().own() && entry.declaration().important();
  }

  boolean isRaised() {
    return !raised.isEmpty();
  }

  String text() {
    var text = new StringBuilder();
    for (int i = 0; i < entries.size(); i++) {
      text.append(text.isEmpty() ? "" : " ")
          .append(entries.get(i).declaration().text(important(i)));
    }
    return text.toString();
  }
}
