package dev.carillon.tracking.rewrite;

import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Range;
import org.jsoup.parser.Parser;

/** The image that tells of a mail being opened. */
public final class OpenPixel {
  private static final String IMAGE =
      "<img src=\"%s\" alt=\"\" width=\"1\" height=\"1\" style=\"border:0;width:1px;height:1px\">";

  private OpenPixel() {}

  /**
   * The document with the image last in its body; all else stays as it was.
   *
   * @param address of the image; needs no escaping in HTML
   */
  public static String last(String html, String address) {
    int at = end(html);
    return html.substring(0, at) + IMAGE.formatted(address) + html.substring(at);
  }

  private static int end(String html) {
    Document document = Parser.htmlParser().setTrackPosition(true).parseInput(html, "");
    int body = endTag(document.body(), html);
    return body < html.length() ? body : endTag(document.selectFirst("html"), html);
  }

  /** Where the end tag begins; the end of the text when its author left it out. */
  private static int endTag(Element element, String html) {
    if (element == null) {
      return html.length();
    }
    Range range = element.endSourceRange();
    return range.isTracked() && !range.isImplicit() ? range.startPos() : html.length();
  }
}
