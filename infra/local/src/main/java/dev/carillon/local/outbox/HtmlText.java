package dev.carillon.local.outbox;

/** Text inside HTML. */
final class HtmlText {

  private HtmlText() {}

  /** Safe between tags and between double quotes. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** What our own rendering of Markdown says when it is read: tags gone, characters themselves. */
  static String text(String html) {
    return html.replaceAll("<[^>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}
