package dev.carillon.template.render;

import java.text.NumberFormat;
import java.util.Locale;

/** An amount in what is no currency that Java knows, as data may name one: a token, a slip. */
public final class UnknownCurrency {
  private static final int LONGEST = 16;
  private static final int FRACTION = 2;

  private UnknownCurrency() {}

  /** How its numbers are written: as that locale writes them, with two digits behind the point. */
  public static NumberFormat format(Locale locale) {
    var format = NumberFormat.getNumberInstance(locale);
    format.setMinimumFractionDigits(FRACTION);
    format.setMaximumFractionDigits(FRACTION);
    return format;
  }

  /**
   * The amount with its unit behind it as it was given; what is too long for one is cut. The unit
   * is noted among the names.
   */
  public static String labelled(String amount, String code, AskedNames names) {
    String unit = Lines.flattened(code).strip();
    String shown =
        unit.substring(
            0,
            unit.offsetByCodePoints(0, Math.min(LONGEST, unit.codePointCount(0, unit.length()))));
    names.unknownCurrency(shown);
    return amount + "\u00a0" + shown;
  }
}
