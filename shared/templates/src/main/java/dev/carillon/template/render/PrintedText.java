package dev.carillon.template.render;

/**
 * A text that helpers hand on and templates print in a way of its own: as it is, as part of a URL,
 * as JSON. It reads as the text itself.
 */
public interface PrintedText extends CharSequence {
  /** What is printed. */
  String text();

  @Override
  default int length() {
    return text().length();
  }

  @Override
  default char charAt(int index) {
    return text().charAt(index);
  }

  @Override
  default CharSequence subSequence(int start, int end) {
    return text().subSequence(start, end);
  }
}
