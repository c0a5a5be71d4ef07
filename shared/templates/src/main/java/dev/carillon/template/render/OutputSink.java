package dev.carillon.template.render;

import java.io.Writer;

/** Takes the output of one field and refuses to grow beyond {@link TemplateLimits#OUTPUT_BYTES}. */
public final class OutputSink extends Writer {
  private final StringBuilder out = new StringBuilder(1024);
  private int bytes;

  @Override
  public void write(char[] chars, int offset, int length) {
    write(new String(chars, offset, length));
  }

  @Override
  public void write(String text, int offset, int length) {
    append(text, offset, offset + length);
  }

  @Override
  public void write(String text) {
    append(text);
  }

  @Override
  public void write(int c) {
    append(String.valueOf((char) c));
  }

  @Override
  public Writer append(char c) {
    return append(String.valueOf(c));
  }

  @Override
  public Writer append(CharSequence text) {
    return append(text, 0, text.length());
  }

  @Override
  public Writer append(CharSequence text, int from, int to) {
    int total = bytes;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      total += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
      if (total > TemplateLimits.OUTPUT_BYTES) {
        throw new RenderRefusal(
            "the output is larger than " + TemplateLimits.OUTPUT_BYTES + " bytes");
      }
    }
    bytes = total;
    out.append(text, from, to);
    return this;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public String toString() {
    return out.toString();
  }
}
