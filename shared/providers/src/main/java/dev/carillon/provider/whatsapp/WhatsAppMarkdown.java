package dev.carillon.provider.whatsapp;

import dev.carillon.provider.chat.Backticks;
import dev.carillon.provider.chat.Dialect;

/**
 * WhatsApp's dialect, which has no way to escape anything and makes links of URLs alone.
 *
 * <p>Source: https://faq.whatsapp.com/539178204879377
 */
record WhatsAppMarkdown() implements Dialect {

  @Override
  public String text(String words) {
    return words;
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
    return Backticks.around(code);
  }

  @Override
  public String block(String code) {
    return Backticks.fenced(code);
  }

  /** A label that is an address would be a link beside the one that is meant. */
  @Override
  public String link(String label, String url) {
    if (Dialect.isAddress(label)) {
      return url;
    }
    return url.equals(label) || url.endsWith(":" + label) ? label : label + " (" + url + ")";
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
    return "\n";
  }

  @Override
  public String rule() {
    return "———";
  }
}
