package dev.carillon.template.liquid;

import dev.carillon.template.liquid.value.LiquidFault;
import dev.carillon.template.liquid.value.Meter;
import dev.carillon.template.render.TemplateLimits;

/** What a template writes, bounded while it grows. */
final class OutputText {
  private final StringBuilder out = new StringBuilder();
  private final Meter meter;
  private int bytes;

  OutputText(Meter meter) {
    this.meter = meter;
  }

  void write(String text) {
    write(text, OutputEscape.Standard.NONE);
  }

  /** Every way of escaping writes at most six characters for one. */
  void write(String text, OutputEscape escape) {
    meter.chargeChars(text.length());
    int from = out.length();
    escape.append(text, out);
    count(from);
  }

  private void count(int from) {
    for (int i = from; i < out.length(); i++) {
      char c = out.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    if (bytes > TemplateLimits.OUTPUT_BYTES) {
      throw new LiquidFault("the output is larger than " + TemplateLimits.OUTPUT_BYTES + " bytes");
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
