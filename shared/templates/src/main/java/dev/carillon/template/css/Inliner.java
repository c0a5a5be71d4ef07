package dev.carillon.template.css;

import dev.carillon.template.css.InlineStyle.Entry;
import dev.carillon.template.css.Stylesheet.Rule;
import dev.carillon.template.render.TemplateLimits;
import dev.carillon.template.render.TemplateProblem;
import dev.carillon.template.render.Unrenderable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Moves the rules of a document's style sheets into {@code style} attributes, as many mail clients
 * drop {@code <style>}, and leaves in a {@code <style>} what cannot be moved: rules for states,
 * media and pseudo-elements, for what mail clients add to a document, and what Outlook is not to
 * see. What applies to an element stays the same (see {@link Cascade}). On the way it takes away
 * addresses that would run as a script.
 */
public final class Inliner {
  /** Media that no mail is read on. */
  private static final Pattern OTHER_MEDIA =
      Pattern.compile(
          "(print|speech|tty|projection|handheld|aural|braille)", Pattern.CASE_INSENSITIVE);

  /** Elements that are never shown. */
  private static final Set<String> UNSEEN =
      Set.of("head", "meta", "title", "link", "style", "script", "base");

  /** Types of elements that mail clients put around or into what they show. */
  private static final Set<String> ADDED = Set.of("u", "a", "span", "div", "font", "img", "meta");

  /** One selector of a rule, at its place among all. */
  private record Placed(Rule rule, CssSelector selector, int order, boolean conditional) {}

  /**
   * One style sheet.
   *
   * @param stays whether it stands within a condition, where all of it has to remain
   */
  private record Sheet(Element element, Stylesheet content, boolean stays) {}

  private final String field;
  private final Styles styles;
  private final Map<Element, List<Entry>> entries = new IdentityHashMap<>();
  private final Map<CssSelector, KeptRule> kept = new IdentityHashMap<>();
  private final List<KeptRule> inOrder = new ArrayList<>();
  private final Map<CssSelector, Placed> moved = new IdentityHashMap<>();
  private DocumentIndex index;
  private int count;
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
      } else {
        DisarmAddresses.of(element);
        if (!UNSEEN.contains(element.normalName()) && element != document) {
          elements.add(element);
        }
      }
    }
    List<Sheet> read = read(document, sheets);
    if (read.isEmpty()) {
      return;
    }
    index = new DocumentIndex(document, elements, this::compared);
    place(read);
    for (Element element : elements) {
      own(element);
    }
    Cascade cascade = Cascade.settle(entries, inOrder, this::compared);
    entries.keySet().forEach(element -> write(element, cascade.style(element)));
    var rest = new StyleRest(kept, selector -> moved.containsKey(selector), cascade.uninlined());
    leave(document, read, rest);
    sheets.stream().filter(Inliner::isRead).forEach(Element::remove);
  }

  /** The style sheets in order. The same one again, as of a partial, counts where it is last. */
  private List<Sheet> read(Document document, List<Element> sheets) {
    Set<Element> conditional = ConditionalSheets.of(document);
    var read = new LinkedHashMap<Object, Sheet>();
    for (Element element : sheets) {
      if (isRead(element)) {
        boolean stays = conditional.contains(element);
        Object key = stays ? element : element.attr("media") + '\n' + element.data();
        read.remove(key);
        read.put(key, new Sheet(element, read(element, stays), stays));
      }
    }
    return List.copyOf(read.values());
  }

  /**
   * Writes what is left: one {@code <style>} for all, unless one that stays where it is stands
   * between them.
   */
  private static void leave(Document document, List<Sheet> read, StyleRest rest) {
    var together = new ArrayList<Stylesheet>();
    boolean split = false;
    for (int i = 0; i < read.size(); i++) {
      Sheet sheet = read.get(i);
      together.add(sheet.content());
      if (i + 1 < read.size() && !sheet.stays() && !read.get(i + 1).stays()) {
        continue;
      }
      String text = rest.text(together);
      together.clear();
      split |= sheet.stays();
      if (!text.isEmpty()) {
        Element style = new Element("style").appendChild(new DataNode(text));
        if (split || sheet.element().closest("head") != null) {
          sheet.element().before(style);
        } else {
          document.head().appendChild(style);
        }
      }
    }
  }

  /** Whether it is CSS for screens; what is for print stays as it is. */
  private static boolean isRead(Element style) {
    String type = style.attr("type").strip();
    return (type.isEmpty() || type.equalsIgnoreCase("text/css"))
        && !OTHER_MEDIA.matcher(style.attr("media").strip()).matches();
  }

  /** One that stays is parsed by itself, as the same one elsewhere may move. */
  private Stylesheet read(Element element, boolean stays) {
    var sheet = stays ? Stylesheet.parse(element.data()) : styles.sheet(element.data());
    count += Math.max(1, sheet.rules());
    if (count > TemplateLimits.CSS_RULES) {
      throw refused("there are more than " + TemplateLimits.CSS_RULES + " style rules");
    }
    String media = element.attr("media").strip().toLowerCase(Locale.ROOT);
    return media.isEmpty() || media.equals("all") || media.equals("screen")
        ? sheet
        : sheet.within(element.attr("media").strip());
  }

  private void place(List<Sheet> sheets) {
    var placed = new ArrayList<Placed>();
    sheets.forEach(sheet -> place(sheet.content().items(), sheet.stays(), placed));
    for (Placed each : placed) {
      CssSelector selector = each.selector();
      boolean known = each.rule().known();
      if (!each.conditional() && known && selector.decided() && selector.query().isPresent()) {
        List<Element> elements = index.select(selector);
        if (!elements.isEmpty()) {
          moved.put(selector, each);
          var rank = new CascadeRank(false, false, selector.specificity(), each.order());
          elements.forEach(element -> add(element, each.rule().declarations(), rank));
        } else if (index.mayBeMade(selector, ADDED)) {
          keep(each, false);
        }
      } else {
        keep(each, known && !selector.asks(index::lacks));
      }
    }
  }

  private void place(List<Stylesheet.Item> items, boolean conditional, List<Placed> placed) {
    for (Stylesheet.Item item : items) {
      switch (item) {
        case Rule rule ->
            rule.selectors()
                .forEach(
                    selector -> placed.add(new Placed(rule, selector, placed.size(), conditional)));
        case Stylesheet.Block block -> place(block.items(), true, placed);
        case Stylesheet.Verbatim _ -> {}
      }
    }
  }

  /** What a client would have to make is not looked for among all elements. */
  private void keep(Placed placed, boolean certain) {
    CssSelector relaxed = placed.selector().relaxed(index::lacks);
    List<Element> elements =
        !certain && relaxed.key().equals("*") ? List.of() : index.select(relaxed);
    var rule = new KeptRule(placed.rule(), placed.selector(), placed.order(), certain, elements);
    kept.put(placed.selector(), rule);
    inOrder.add(rule);
  }

  private void own(Element element) {
    if (element.hasAttr("style")) {
      var rank = new CascadeRank(false, true, 0, 0);
      add(element, Declaration.all(element.attr("style")), rank);
    }
  }

  private void add(Element element, List<Declaration> declarations, CascadeRank rank) {
    List<Entry> list = entries.computeIfAbsent(element, _ -> new ArrayList<>());
    for (Declaration declaration : declarations) {
      list.add(
          new Entry(
              declaration,
              new CascadeRank(
                  declaration.important(), rank.own(), rank.specificity(), rank.order())));
    }
  }

  private void write(Element element, InlineStyle style) {
    boolean ownOnly = entries.get(element).stream().allMatch(entry -> entry.rank().own());
    if (ownOnly && !style.isRaised()) {
      return;
    }
    String text = style.text();
    written += text.length();
    if (written > TemplateLimits.OUTPUT_BYTES) {
      throw refused(
          "with its styles inlined it is larger than " + TemplateLimits.OUTPUT_BYTES + " bytes");
    }
    if (!text.isEmpty()) {
      element.attr("style", text);
    }
  }

  private void compared(int price) {
    comparisons += price;
    if (comparisons > TemplateLimits.CSS_COMPARISONS || comparisons < 0) {
      throw refused("its styles take more than " + TemplateLimits.CSS_COMPARISONS + " comparisons");
    }
  }

  private void compared() {
    compared(1);
  }

  private Unrenderable refused(String reason) {
    return new Unrenderable(TemplateProblem.of(field, reason));
  }
}
