package dev.carillon.template.css;

import dev.carillon.template.render.Links;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;

/** Takes addresses that would run as a script out of a document. */
final class DisarmAddresses {
  /** What some client fetches, opens or submits to. */
  private static final Set<String> ADDRESSES =
      Set.of(
          "href",
          "xlink:href",
          "src",
          "srcset",
          "imagesrcset",
          "code",
          "action",
          "formaction",
          "background",
          "data",
          "poster",
          "cite",
          "longdesc",
          "lowsrc",
          "dynsrc",
          "ping",
          "codebase",
          "classid",
          "archive",
          "manifest",
          "profile",
          "usemap",
          "from",
          "to",
          "values",
          "srcdoc");

  private static final Pattern REFRESH =
      Pattern.compile("url\\s*=\\s*['\"]?(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private DisarmAddresses() {}

  static void of(Element element) {
    for (Attribute attribute : element.attributes().asList()) {
      String name = attribute.getKey().toLowerCase(Locale.ROOT);
      if (ADDRESSES.contains(name) && harmful(element, name, attribute.getValue())) {
        element.removeAttr(attribute.getKey());
      }
    }
    if (element.normalName().equals("param") && Links.harmful(element.attr("value"))) {
      element.removeAttr("value");
    }
    if (element.normalName().equals("meta") && refreshesToHarm(element.attr("content"))) {
      element.removeAttr("content");
    }
  }

  private static boolean harmful(Element element, String attribute, String value) {
    return switch (attribute) {
      case "srcdoc" -> true;
      case "values" -> Arrays.stream(value.split(";")).anyMatch(Links::harmful);
      case "srcset", "imagesrcset" ->
          Arrays.stream(value.split(",")).anyMatch(DisarmAddresses::runs);
      default -> Links.harmful(value) && !isImage(element, attribute, value);
    };
  }

  /** Of a list of pictures, the commas within a picture that comes with the mail part nothing. */
  private static boolean runs(String picture) {
    return Links.harmful(picture)
        && !picture.strip().toLowerCase(Locale.ROOT).startsWith("data:image/");
  }

  /** A picture that comes with the mail. */
  private static boolean isImage(Element element, String attribute, String value) {
    return (attribute.equals("background")
            || attribute.equals("src") && element.normalName().equals("img")
            || attribute.endsWith("href") && element.normalName().equals("image"))
        && value.strip().toLowerCase(Locale.ROOT).startsWith("data:image/");
  }

  private static boolean refreshesToHarm(String content) {
    var refresh = REFRESH.matcher(content);
    return refresh.find() && Links.harmful(refresh.group(1));
  }
}
