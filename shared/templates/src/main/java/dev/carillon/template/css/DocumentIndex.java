package dev.carillon.template.css;

import dev.carillon.template.css.CssSelector.Test;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Collector;
import org.jsoup.select.Evaluator;
import org.jsoup.select.QueryParser;
import org.jsoup.select.Selector;

/** Finds the elements of a document that a selector selects, and knows what no element has. */
final class DocumentIndex {
  /** To make an evaluator forget the document it saw: it keeps that for its thread. */
  private static final Element NOTHING = new Element("nothing");

  private final Document document;
  private final List<Element> elements;
  private final IntConsumer compared;
  private final Map<String, List<Element>> byKey = new HashMap<>();
  private final Map<Element, Integer> depths = new IdentityHashMap<>();
  private final Set<String> attributes = new HashSet<>();

  /**
   * @param elements those that can be selected
   * @param compared is told how much is about to be compared
   */
  DocumentIndex(Document document, List<Element> elements, IntConsumer compared) {
    this.document = document;
    this.elements = elements;
    this.compared = compared;
    for (Element element : elements) {
      depths.put(element, depths.getOrDefault(element.parent(), 0) + 1);
      put(element.normalName(), element);
      if (element.hasAttr("id")) {
        put("#" + element.attr("id"), element);
      }
      if (element.hasAttr("class")) {
        element.classNames().forEach(name -> put("." + name, element));
      }
      for (Attribute attribute : element.attributes()) {
        attributes.add(attribute.getKey().toLowerCase(java.util.Locale.ROOT));
      }
    }
  }

  private void put(String key, Element element) {
    byKey.computeIfAbsent(key, _ -> new ArrayList<>()).add(element);
  }

  /** The elements, in order; all of them for a selector that jsoup cannot be asked. */
  List<Element> select(CssSelector selector) {
    String key = selector.key();
    List<Element> candidates = key.equals("*") ? elements : byKey.getOrDefault(key, List.of());
    var query = selector.query();
    if (query.isEmpty() || candidates.isEmpty()) {
      return query.isEmpty() ? elements : List.of();
    }
    Evaluator evaluator;
    try {
      evaluator = QueryParser.parse(query.get());
    } catch (Selector.SelectorParseException | IllegalArgumentException e) {
      return elements;
    }
    var selected = new ArrayList<Element>();
    for (Element element : candidates) {
      compared.accept(price(selector, element));
      if (evaluator.matches(document, element)) {
        selected.add(element);
      }
    }
    if (selector.compares()) {
      Collector.collect(evaluator, NOTHING);
    }
    return selected;
  }

  /** Elements that are looked at for one comparison: those around it, or those before it. */
  private int price(CssSelector selector, Element element) {
    if (!selector.compares()) {
      return 1;
    }
    boolean siblings = selector.parts().stream().anyMatch(part -> part.combinator() == '~');
    int around = selector.parts().size() + depths.get(element);
    return siblings && element.parent() != null
        ? around + element.parent().childNodeSize()
        : around;
  }

  /** Whether no element has what is tested. */
  boolean lacks(Test test) {
    return switch (test) {
      case Test.Type(var name) -> !byKey.containsKey(name);
      case Test.Id(var id) -> !byKey.containsKey("#" + id);
      case Test.ClassName(var name) -> !byKey.containsKey("." + name);
      case Test.Attribute(var name, _, _) -> !attributes.contains(name);
      case Test.State _ -> false;
    };
  }

  /**
   * Whether a mail client may make what a selector of nothing selects: by an id, a class or an
   * attribute of its own, or an element of one of these types.
   */
  boolean mayBeMade(CssSelector selector, Set<String> types) {
    return selector.asks(
        test ->
            switch (test) {
              case Test.Type(var name) -> types.contains(name);
              case Test.Attribute _ -> true;
              case Test.Id _, Test.ClassName _ -> lacks(test);
              case Test.State _ -> false;
            });
  }
}
