package dev.carillon.template.render;

/** A text that is printed as it is, whatever the escaping: a layout's {@code content}. */
public record Markup(String text) implements PrintedText {
  @Override
  public String toString() {
    return text;
  }
}
