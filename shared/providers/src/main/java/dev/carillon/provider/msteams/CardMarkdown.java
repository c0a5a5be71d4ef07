package dev.carillon.provider.msteams;

import dev.carillon.provider.chat.Dialect;
import dev.carillon.provider.chat.WordEscapes;

/**
 * The dialect of a text block on an Adaptive Card: bold, italic, lists and links; no headings,
 * code, quotations or HTML.
 *
 * <p>Source: https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/text-features
 */
record CardMarkdown() implements Dialect {
  private static final String ESCAPED = "\\*_[]";

  @Override
  public String text(String words) {
    return WordEscapes.backslashed(words, ESCAPED);
  }

  @Override
  public String bold(String inner) {
    return "**" + inner + "**";
  }

  @Override
  public String italic(String inner) {
    return "_" + inner + "_";
  }

  @Override
  public String struck(String inner) {
    return inner;
  }

  @Override
  public String code(String code) {
    return text(code);
  }

  @Override
  public String block(String code) {
    return text(code);
  }

  @Override
  public String link(String label, String url) {
    return "[" + label + "](" + url.replace("(", "%28").replace(")", "%29") + ")";
  }

  @Override
  public String heading(int level, String inner) {
    return bold(inner);
  }

  @Override
  public String bullet() {
    return "- ";
  }

  @Override
  public String lineEnd() {
    return "\n\n";
  }

  @Override
  public String rule() {
    return "———";
  }
}
