package dev.carillon.provider.slack;

import dev.carillon.provider.chat.Backticks;
import dev.carillon.provider.chat.Dialect;

/**
 * Slack's dialect. It has three characters to escape and none for the rest, so that an asterisk in
 * somebody's name may make letters bold; but whatever stands between angle brackets is ours.
 *
 * <p>Source: https://docs.slack.dev/messaging/formatting-message-text
 */
record Mrkdwn() implements Dialect {

  @Override
  public String text(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public String bold(String inner) {
    return "*" + inner + "*";
  }

  @Override
  public String italic(String inner) {
    return "_" + inner + "_";
  }

  @Override
  public String struck(String inner) {
    return "~" + inner + "~";
  }

  @Override
  public String code(String code) {
    return Backticks.around(text(code));
  }

  @Override
  public String block(String code) {
    return Backticks.fenced(text(code));
  }

  @Override
  public String link(String label, String url) {
    return "<" + url.replace("&", "&amp;") + "|" + label + ">";
  }

  @Override
  public String heading(int level, String inner) {
    return bold(inner);
  }

  @Override
  public String bullet() {
    return "• ";
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
