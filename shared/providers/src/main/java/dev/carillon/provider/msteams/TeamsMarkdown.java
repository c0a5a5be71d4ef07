package dev.carillon.provider.msteams;

import dev.carillon.provider.chat.StarredMarkdown;
import dev.carillon.provider.chat.WordEscapes;

/**
 * The dialect of a bot's messages, which also reads some HTML, so that no angle bracket of the data
 * may stay one.
 *
 * <p>Source:
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/format-your-bot-messages
 */
record TeamsMarkdown() implements StarredMarkdown {
  private static final String ESCAPED = "\\*_~`[]";

  @Override
  public String text(String words) {
    return WordEscapes.backslashed(entities(words), ESCAPED);
  }

  private static String entities(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public String heading(int level, String inner) {
    return "#".repeat(level) + " " + inner;
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
