package dev.carillon.template.markdown;

import dev.carillon.template.render.Links;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/** HTML that says how text is to look and does nothing else. */
final class SafeHtml {
  private static final Safelist SAFE =
      Safelist.none()
          .addTags(
              "a",
              "abbr",
              "b",
              "blockquote",
              "br",
              "caption",
              "center",
              "cite",
              "code",
              "col",
              "colgroup",
              "dd",
              "del",
              "details",
              "div",
              "dl",
              "dt",
              "em",
              "figcaption",
              "figure",
              "h1",
              "h2",
              "h3",
              "h4",
              "h5",
              "h6",
              "hr",
              "i",
              "img",
              "ins",
              "kbd",
              "li",
              "mark",
              "ol",
              "p",
              "pre",
              "q",
              "s",
              "samp",
              "small",
              "span",
              "strike",
              "strong",
              "sub",
              "summary",
              "sup",
              "table",
              "tbody",
              "td",
              "tfoot",
              "th",
              "thead",
              "tr",
              "u",
              "ul",
              "var")
          .addAttributes(":all", "align", "dir", "lang", "title")
          .addAttributes("a", "href")
          .addAttributes("code", "class")
          .addAttributes("img", "alt", "height", "src", "width")
          .addAttributes("ol", "reversed", "start")
          .addAttributes("td", "colspan", "rowspan", "valign", "width")
          .addAttributes("th", "colspan", "rowspan", "valign", "width");

  private SafeHtml() {}

  /**
   * Without elements and attributes that do more, their text kept; links only where they may go.
   */
  static String clean(String html) {
    Document clean = new Cleaner(SAFE).clean(Jsoup.parseBodyFragment(html));
    clean.outputSettings().prettyPrint(false);
    for (Element element : clean.select("[href], [src]")) {
      for (String attribute : new String[] {"href", "src"}) {
        if (!Links.allowedInMarkdown(element.attr(attribute))) {
          element.removeAttr(attribute);
        }
      }
    }
    return clean.body().html() + "\n";
  }
}
