package dev.carillon.provider.discord;

import dev.carillon.provider.chat.Backticks;
import dev.carillon.provider.chat.Dialect;
import dev.carillon.provider.chat.WordEscapes;

/**
 * Discord's dialect, which is Markdown but for what it leaves out.
 *
 * <p>Source: https://support.discord.com/hc/en-us/articles/210298617-Markdown-Text-101
 */
record DiscordMarkdown() implements Dialect {
  /** Mentions, emoji and times stand between angle brackets; spoilers between bars. */
  private static final String ESCAPED = "\\*_~`|<>[]";

  private static final int DEEPEST_HEADING = 3;

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

  /** A telephone or an address is no link there. */
  @Override
  public String link(String label, String url) {
    return url.regionMatches(true, 0, "http", 0, 4)
        ? "[" + label + "](" + url.replace("(", "%28").replace(")", "%29") + ")"
        : label;
  }

  @Override
  public String heading(int level, String inner) {
    return level <= DEEPEST_HEADING ? "#".repeat(level) + " " + inner : bold(inner);
  }

  @Override
  public String bullet() {
    return "- ";
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
