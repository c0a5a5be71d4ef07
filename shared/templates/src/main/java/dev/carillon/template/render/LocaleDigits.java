package dev.carillon.template.render;

import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.Set;

/** The digits of numbers and amounts as a locale groups them. */
public final class LocaleDigits {
  /** Where digits are grouped by three once and by two from there: 12,34,567 (CLDR). */
  private static final Set<String> LAKHS =
      Set.of(
          "hi", "bn", "gu", "ml", "mr", "te", "pa", "as", "or", "ne", "kok", "mai", "sa", "sat",
          "doi", "brx", "ks", "dz");

  private static final Set<String> LAKHS_IN_INDIA = Set.of("en", "ta", "ur", "kn", "sd");

  private LocaleDigits() {}

  /** Java groups by one size only, so lakhs and crores are grouped here. */
  public static String grouped(NumberFormat format, BigDecimal value, Locale locale) {
    boolean lakhs =
        LAKHS.contains(locale.getLanguage())
            || locale.getCountry().equals("IN") && LAKHS_IN_INDIA.contains(locale.getLanguage());
    if (!lakhs) {
      return format.format(value);
    }
    format.setGroupingUsed(false);
    var out = new StringBuilder(format.format(value));
    int first = 0;
    while (first < out.length() && !Character.isDigit(out.charAt(first))) {
      first++;
    }
    int last = first;
    while (last < out.length() && Character.isDigit(out.charAt(last))) {
      last++;
    }
    char separator = DecimalFormatSymbols.getInstance(locale).getGroupingSeparator();
    for (int at = last - 3; at > first; at -= 2) {
      out.insert(at, separator);
    }
    return out.toString();
  }
}
