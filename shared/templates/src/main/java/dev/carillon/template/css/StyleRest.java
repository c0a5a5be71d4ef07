package dev.carillon.template.css;

import dev.carillon.template.css.Stylesheet.Block;
import dev.carillon.template.css.Stylesheet.Item;
import dev.carillon.template.css.Stylesheet.Rule;
import dev.carillon.template.css.Stylesheet.Verbatim;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Writes what is left of style sheets. */
final class StyleRest {
  private final Map<CssSelector, KeptRule> kept;
  private final Predicate<CssSelector> moved;
  private final Set<String> uninlined;

  /**
   * @param kept the rules that stay, by selector
   * @param moved whether the rule of a selector moved
   * @param uninlined properties that did not move with it
   */
  StyleRest(Map<CssSelector, KeptRule> kept, Predicate<CssSelector> moved, Set<String> uninlined) {
    this.kept = kept;
    this.moved = moved;
    this.uninlined = uninlined;
  }

  /** The text of one style sheet for all of them, imports first; empty when nothing is left. */
  String text(Collection<Stylesheet> sheets) {
    var imports = new LinkedHashSet<String>();
    sheets.forEach(sheet -> imports.addAll(sheet.imports()));
    var out = new StringBuilder();
    imports.forEach(it -> out.append(it).append('\n'));
    sheets.forEach(sheet -> sheet.items().forEach(item -> write(item, "\n", out)));
    return out.toString();
  }

  private void write(Item item, String end, StringBuilder out) {
    switch (item) {
      case Verbatim(var text) -> out.append(text).append(end);
      case Rule rule -> write(rule, end, out);
      case Block(var prelude, var items, var text) -> {
        var inner = new StringBuilder();
        items.forEach(it -> write(it, " ", inner));
        boolean asWritten = !text.isEmpty() && items.stream().allMatch(this::asWritten);
        if (asWritten) {
          out.append(text).append(end);
        } else if (!inner.isEmpty()) {
          out.append(prelude).append(" { ").append(inner).append('}').append(end);
        }
      }
    }
  }

  private boolean asWritten(Item item) {
    return switch (item) {
      case Verbatim _ -> true;
      case Rule rule ->
          rule.selectors().stream()
              .allMatch(
                  selector ->
                      kept.containsKey(selector) && kept.get(selector).body().equals(rule.body()));
      case Block(_, var items, _) -> items.stream().allMatch(this::asWritten);
    };
  }

  /** Selectors side by side that come to the same stand in one list, as they were written. */
  private void write(Rule rule, String end, StringBuilder out) {
    if (!rule.known()) {
      write(rule.selectors().stream().map(CssSelector::text).toList(), rule.body(), end, out);
      return;
    }
    var together = new java.util.ArrayList<String>();
    String body = "";
    for (CssSelector selector : rule.selectors()) {
      String own = body(rule, selector);
      if (!own.equals(body)) {
        write(together, body, end, out);
        together.clear();
        body = own;
      }
      together.add(selector.text());
    }
    write(together, body, end, out);
  }

  /** Empty when nothing of the rule stays. */
  private String body(Rule rule, CssSelector selector) {
    if (kept.containsKey(selector)) {
      return kept.get(selector).body();
    }
    return moved.test(selector)
        ? rule.declarations().stream()
            .filter(it -> uninlined.contains(it.property()))
            .map(it -> it.text(it.important()))
            .collect(Collectors.joining(" "))
        : "";
  }

  private static void write(List<String> selectors, String body, String end, StringBuilder out) {
    if (!body.isEmpty() && !selectors.isEmpty()) {
      out.append(String.join(", ", selectors)).append(" { ").append(body).append(" }").append(end);
    }
  }
}
