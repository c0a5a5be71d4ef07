package dev.carillon.template.css;

import dev.carillon.template.css.Stylesheet.Declaration;
import dev.carillon.template.css.Stylesheet.Rule;
import dev.carillon.template.engine.Links;
import dev.carillon.template.engine.TemplateLimits;
import dev.carillon.template.engine.TemplateProblem;
import dev.carillon.template.engine.Unrenderable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Moves the rules of a document's style sheets into {@code style} attributes, as many mail clients
 * drop {@code <style>}, and leaves in one {@code <style>} what cannot be moved. On the way it takes
 * away addresses that would run as a script.
 */
public final class Inliner {
  /** Elements that are never shown. */
  private static final Set<String> UNSEEN =
      Set.of("head", "meta", "title", "link", "style", "script", "base");

  private static final String[] ADDRESSES = {"href", "src", "action", "background"};

  /** A rule with its place among those of all style sheets. */
  private record Ordered(Rule rule, int order) {}

  private record Match(Declaration declaration, int specificity, int order) {}

  private static final Comparator<Match> CASCADE =
      Comparator.comparingInt(Match::specificity).thenComparingInt(Match::order);

  private final String field;
  private final Styles styles;
  private final Map<String, List<Ordered>> rules = new HashMap<>();
  private final Set<String> rest = new LinkedHashSet<>();
  private int count;
  private int order;
  private int comparisons;
  private long written;

  private Inliner(String field, Styles styles) {
    this.field = field;
    this.styles = styles;
  }

  /**
   * Changes the document.
   *
   * @throws Unrenderable when the style sheets cost more than the limits allow
   */
  public static void inline(String field, Document document, Styles styles) {
    new Inliner(field, styles).run(document);
  }

  private void run(Document document) {
    var sheets = new ArrayList<Element>();
    var elements = new ArrayList<Element>();
    for (Element element : document.getAllElements()) {
      if (element.normalName().equals("style")) {
        sheets.add(element);
      } else if (!UNSEEN.contains(element.normalName())) {
        elements.add(element);
      }
    }
    sheets.forEach(this::read);
    for (Element element : elements) {
      disarm(element);
      style(element);
    }
    if (!rest.isEmpty()) {
      document.head().appendElement("style").appendChild(new DataNode(String.join("", rest)));
    }
  }

  /** Takes a style sheet out of the document, unless it is for some media only. */
  private void read(Element element) {
    String media = element.attr("media").strip();
    if (!media.isEmpty() && !media.equalsIgnoreCase("all") && !media.equalsIgnoreCase("screen")) {
      return;
    }
    var sheet = styles.sheet(element.data());
    count += Math.max(1, sheet.rules().size());
    if (count > TemplateLimits.CSS_RULES) {
      throw refused("there are more than " + TemplateLimits.CSS_RULES + " style rules");
    }
    for (Rule rule : sheet.rules()) {
      rules
          .computeIfAbsent(rule.selector().key(), _ -> new ArrayList<>())
          .add(new Ordered(rule, order++));
    }
    if (!sheet.rest().isEmpty()) {
      rest.add(sheet.rest());
    }
    element.remove();
  }

  private void style(Element element) {
    var matches = new ArrayList<Match>();
    collect("*", element, matches);
    collect(element.normalName(), element, matches);
    if (element.hasAttr("id")) {
      collect("#" + element.attr("id"), element, matches);
    }
    if (element.hasAttr("class")) {
      for (String name : element.classNames()) {
        collect("." + name, element, matches);
      }
    }
    if (matches.isEmpty()) {
      return;
    }
    matches.sort(CASCADE);
    var style = new LinkedHashMap<String, String>();
    List<Declaration> own = Stylesheet.declarations(element.attr("style"));
    matches.stream()
        .map(Match::declaration)
        .filter(d -> !d.important())
        .forEach(d -> put(style, d, false));
    own.stream().filter(d -> !d.important()).forEach(d -> put(style, d, false));
    matches.stream()
        .map(Match::declaration)
        .filter(Declaration::important)
        .forEach(d -> put(style, d, false));
    own.stream().filter(Declaration::important).forEach(d -> put(style, d, true));

    var text = new StringBuilder();
    style.forEach(
        (property, value) ->
            text.append(text.isEmpty() ? "" : " ")
                .append(property)
                .append(": ")
                .append(value)
                .append(';'));
    written += text.length();
    if (written > TemplateLimits.OUTPUT_BYTES) {
      throw refused(
          "with its styles inlined it is larger than " + TemplateLimits.OUTPUT_BYTES + " bytes");
    }
    element.attr("style", text.toString());
  }

  /** The later one wins and moves to the end, as a short form must not undo what follows it. */
  private static void put(Map<String, String> style, Declaration declaration, boolean important) {
    style.remove(declaration.property());
    style.put(declaration.property(), declaration.value() + (important ? " !important" : ""));
  }

  private void collect(String key, Element element, List<Match> matches) {
    for (Ordered ordered : rules.getOrDefault(key, List.of())) {
      Rule rule = ordered.rule();
      if (rule.selector().matches(element, this::compared)) {
        for (Declaration declaration : rule.declarations()) {
          matches.add(new Match(declaration, rule.selector().specificity(), ordered.order()));
        }
      }
    }
  }

  private void compared() {
    if (++comparisons > TemplateLimits.CSS_COMPARISONS) {
      throw refused("its styles take more than " + TemplateLimits.CSS_COMPARISONS + " comparisons");
    }
  }

  private static void disarm(Element element) {
    for (String attribute : ADDRESSES) {
      if (element.hasAttr(attribute)) {
        String scheme = Links.scheme(element.attr(attribute));
        boolean image = attribute.equals("src") && element.normalName().equals("img");
        if (Links.harmful(element.attr(attribute)) && !(image && scheme.equals("data"))) {
          element.removeAttr(attribute);
        }
      }
    }
  }

  private Unrenderable refused(String reason) {
    return new Unrenderable(TemplateProblem.of(field, reason));
  }
}
