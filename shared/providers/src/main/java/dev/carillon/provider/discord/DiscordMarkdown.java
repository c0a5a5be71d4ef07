package dev.carillon.provider.discord;

import dev.carillon.provider.chat.Dialect;
import dev.carillon.provider.chat.StarredMarkdown;
import dev.carillon.provider.chat.WordEscapes;

/**
 * Discord's dialect, which is Markdown but for what it leaves out.
 *
 * <p>Source: https://support.discord.com/hc/en-us/articles/210298617-Markdown-Text-101
 */
record DiscordMarkdown() implements StarredMarkdown {
  /** Mentions, emoji and times stand between angle brackets; spoilers between bars. */
  private static final String ESCAPED = "\\*_~`|<>[]";

  private static final int DEEPEST_HEADING = 3;

  @Override
  public String text(String words) {
    return WordEscapes.backslashed(words, ESCAPED);
  }

  /**
   * A telephone or an address is no link there. A label that is an address of the web makes it none
   * either: it would be shown as it is written, so that nobody is led elsewhere than it says.
   */
  @Override
  public String link(String label, String url) {
    if (!url.regionMatches(true, 0, "http", 0, 4)) {
      return label;
    }
    return Dialect.isAddress(label) ? url : StarredMarkdown.super.link(label, url);
  }

  @Override
  public String heading(int level, String inner) {
    return level <= DEEPEST_HEADING ? "#".repeat(level) + " " + inner : bold(inner);
  }

  @Override
  public String lineEnd() {
    return "\n";
  }

  @Override
  public String rule() {
    return "———";
  }
}
