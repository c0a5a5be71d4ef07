package dev.carillon.provider.msteams;

import dev.carillon.provider.chat.Backticks;
import dev.carillon.provider.chat.Dialect;
import dev.carillon.provider.chat.WordEscapes;

/**
 * The dialect of a bot's messages, which also reads some HTML, so that no angle bracket of the data
 * may stay one.
 *
 * <p>Source:
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/format-your-bot-messages
 */
record TeamsMarkdown() implements Dialect {
  private static final String ESCAPED = "\\*_~`[]";

  @Override
  public String text(String words) {
    return WordEscapes.backslashed(entities(words), ESCAPED);
  }

  private static String entities(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public String bold(String inner) {
    return "**" + inner + "**";
  }

  @Override
  public String italic(String inner) {
    return "*" + inner + "*";
  }

  @Override
  public String struck(String inner) {
    return "~~" + inner + "~~";
  }

  @Override
  public String code(String code) {
    return Backticks.around(code);
  }

  @Override
  public String block(String code) {
    return Backticks.fenced(code);
  }

  @Override
  public String link(String label, String url) {
    return "[" + label + "](" + url.replace("(", "%28").replace(")", "%29") + ")";
  }

  @Override
  public String heading(int level, String inner) {
    return "#".repeat(level) + " " + inner;
  }

  @Override
  public String bullet() {
    return "- ";
  }

  @Override
  public String lineEnd() {
    return "  \n";
  }

  @Override
  public String rule() {
    return "---";
  }
}
