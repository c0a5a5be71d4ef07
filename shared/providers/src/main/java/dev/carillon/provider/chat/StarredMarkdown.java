package dev.carillon.provider.chat;

/** What the dialects that mark strong words with two stars have in common. */
public interface StarredMarkdown extends Dialect {
  @Override
  default String bold(String inner) {
    return "**" + inner + "**";
  }

  @Override
  default String italic(String inner) {
    return "*" + inner + "*";
  }

  @Override
  default String struck(String inner) {
    return "~~" + inner + "~~";
  }

  @Override
  default String code(String code) {
    return Backticks.around(code);
  }

  @Override
  default String block(String code) {
    return Backticks.fenced(code);
  }

  @Override
  default String link(String label, String url) {
    return "[" + label + "](" + url.replace("(", "%28").replace(")", "%29") + ")";
  }

  @Override
  default String bullet() {
    return "- ";
  }
}
