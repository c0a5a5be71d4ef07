package dev.carillon.template.css;

import dev.carillon.template.css.InlineStyle.Entry;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;

/**
 * Keeps the outcome of the cascade when some rules move into {@code style} attributes, where they
 * beat all that stays behind. A rule that stays and stood above one that moved becomes important;
 * what moved and stood above such a rule becomes important too; where neither does (one rule that
 * is to win over an element's style and to lose on another's), the properties in question do not
 * move.
 */
final class Cascade {
  private final Map<Element, List<Entry>> entries;
  private final List<KeptRule> kept;
  private final Map<Element, List<KeptRule>> touching = new IdentityHashMap<>();
  private final Set<String> properties = new HashSet<>();
  private final Set<String> uninlined = new HashSet<>();
  private final Map<Element, InlineStyle> styles = new IdentityHashMap<>();
  private final Runnable compared;

  private Cascade(Map<Element, List<Entry>> entries, List<KeptRule> kept, Runnable compared) {
    this.entries = entries;
    this.kept = kept;
    this.compared = compared;
    for (KeptRule rule : kept) {
      for (Element element : rule.elements()) {
        touching.computeIfAbsent(element, _ -> new java.util.ArrayList<>()).add(rule);
      }
      rule.declarations().forEach(it -> properties.add(it.property()));
    }
    entries.values().forEach(all -> all.forEach(it -> properties.add(it.declaration().property())));
  }

  /**
   * Settles what becomes important and what does not move.
   *
   * @param entries what each element would carry
   * @param kept in order; those that have to are raised
   * @param compared runs before each comparison of two declarations
   */
  static Cascade settle(Map<Element, List<Entry>> entries, List<KeptRule> kept, Runnable compared) {
    var cascade = new Cascade(entries, kept, compared);
    while (!cascade.settled()) {
      kept.forEach(KeptRule::lower);
    }
    cascade.raiseUncertain();
    return cascade;
  }

  /** The style of the element; empty without entries. */
  InlineStyle style(Element element) {
    return styles.get(element);
  }

  /** Properties that stay in the style sheet. */
  Set<String> uninlined() {
    return uninlined;
  }

  private boolean settled() {
    entries.forEach((element, all) -> styles.put(element, InlineStyle.of(all, uninlined)));
    touching.forEach(this::raiseAbove);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (List<KeptRule> rules : touching.values()) {
        changed |= raiseOver(rules);
      }
    }
    int before = uninlined.size();
    touching.forEach(this::raiseInline);
    return uninlined.size() == before;
  }

  private interface Pair {
    void of(KeptRule rule, int declaration, int entry);
  }

  /** Each declaration that stays with each of the element's that sets the same. */
  private void pairs(List<KeptRule> rules, boolean certain, InlineStyle style, Pair pair) {
    for (KeptRule rule : rules) {
      if (rule.certain() != certain || rule.selectsPseudoElement()) {
        continue;
      }
      for (int d = 0; d < rule.declarations().size(); d++) {
        for (int e = 0; e < style.size(); e++) {
          compared.run();
          if (rule.declarations().get(d).overlaps(style.entry(e).declaration())
              && !style.covered(e)) {
            pair.of(rule, d, e);
          }
        }
      }
    }
  }

  private void raiseAbove(Element element, List<KeptRule> rules) {
    InlineStyle style = styles.get(element);
    if (style != null) {
      pairs(
          rules,
          true,
          style,
          (rule, d, e) -> {
            if (rule.rank(d).compareTo(style.entry(e).rank()) > 0
                && !rule.declarations().get(d).important()) {
              rule.raise(d);
            }
          });
    }
  }

  /** What stands over a declaration that was raised has to be raised as well. */
  private boolean raiseOver(List<KeptRule> rules) {
    boolean changed = false;
    for (KeptRule low : rules) {
      for (int l = 0; l < low.declarations().size(); l++) {
        if (!low.certain()
            || low.selectsPseudoElement()
            || !low.important(l)
            || low.declarations().get(l).important()) {
          continue;
        }
        for (KeptRule high : rules) {
          for (int h = 0; h < high.declarations().size(); h++) {
            compared.run();
            if (high.certain()
                && !high.selectsPseudoElement()
                && !high.important(h)
                && high.declarations().get(h).overlaps(low.declarations().get(l))
                && high.rank(h).compareTo(low.rank(l)) > 0) {
              high.raise(h);
              changed = true;
            }
          }
        }
      }
    }
    return changed;
  }

  private void raiseInline(Element element, List<KeptRule> rules) {
    InlineStyle style = styles.get(element);
    if (style == null) {
      return;
    }
    pairs(
        rules,
        true,
        style,
        (rule, d, e) -> {
          if (rule.important(d) && rule.rank(d).compareTo(style.entry(e).rank()) < 0) {
            style.raise(e);
          }
        });
    pairs(
        rules,
        true,
        style,
        (rule, d, e) -> {
          if (style.important(e) && rule.rank(d).compareTo(style.entry(e).rank()) > 0) {
            keepInSheet(style.entry(e).declaration().property());
            keepInSheet(rule.declarations().get(d).property());
          }
        });
  }

  private void keepInSheet(String property) {
    if (uninlined.add(property)) {
      properties.stream()
          .filter(other -> !uninlined.contains(other) && Declaration.overlap(property, other))
          .toList()
          .forEach(this::keepInSheet);
    }
  }

  /** For elements that a mail client may make: where all that they may carry stood below. */
  private void raiseUncertain() {
    for (KeptRule rule : kept) {
      if (rule.certain() || rule.selectsPseudoElement()) {
        continue;
      }
      for (int d = 0; d < rule.declarations().size(); d++) {
        boolean above = false;
        boolean below = false;
        for (Element element : rule.elements()) {
          InlineStyle style = styles.get(element);
          for (int e = 0; style != null && e < style.size(); e++) {
            compared.run();
            if (rule.declarations().get(d).overlaps(style.entry(e).declaration())) {
              boolean over = rule.rank(d).compareTo(style.entry(e).rank()) > 0;
              above |= over;
              below |= !over;
            }
          }
        }
        if (above && !below) {
          rule.raise(d);
        }
      }
    }
  }
}
