package dev.carillon.template.css;

import dev.carillon.template.engine.Links;
import java.util.Set;
import org.jsoup.nodes.Element;

/** Takes addresses that would run as a script out of a document. */
final class DisarmAddresses {
  private static final Set<String> ADDRESSES = Set.of("href", "src", "action", "background");

  private DisarmAddresses() {}

  static void of(Element element) {
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
}
