package dev.carillon.template.css;

import dev.carillon.template.css.Stylesheet.Rule;
import java.util.BitSet;
import java.util.List;
import org.jsoup.nodes.Element;

/** One selector of a rule that stays in the style sheet, and the elements it may ever select. */
final class KeptRule {
  private final Rule rule;
  private final CssSelector selector;
  private final int order;
  private final boolean certain;
  private final List<Element> elements;
  private final BitSet raised = new BitSet();

  /**
   * @param order its place among all rules
   * @param certain whether it can hold for the document as it is; else a mail client would have to
   *     change the document first
   */
  KeptRule(Rule rule, CssSelector selector, int order, boolean certain, List<Element> elements) {
    this.rule = rule;
    this.selector = selector;
    this.order = order;
    this.certain = certain;
    this.elements = elements;
  }

  /** Whether no {@code style} attribute can be in its way. */
  boolean selectsPseudoElement() {
    return selector.ofPseudoElement();
  }

  boolean certain() {
    return certain;
  }

  List<Element> elements() {
    return elements;
  }

  List<Declaration> declarations() {
    return rule.declarations();
  }

  /** The rank that its declaration has as it was written. */
  CascadeRank rank(int index) {
    return new CascadeRank(
        rule.declarations().get(index).important(), false, selector.specificity(), order);
  }

  /** Whether the declaration will be written as important. */
  boolean important(int index) {
    return rule.declarations().get(index).important() || raised.get(index);
  }

  void raise(int index) {
    raised.set(index);
  }

  void lower() {
    raised.clear();
  }

  /** The body as CSS: as it was written, unless a declaration of it is raised. */
  String body() {
    if (raised.isEmpty()) {
      return rule.body();
    }
    var body = new StringBuilder();
    for (int i = 0; i < declarations().size(); i++) {
      body.append(body.isEmpty() ? "" : " ").append(declarations().get(i).text(important(i)));
    }
    return body.toString();
  }
}
