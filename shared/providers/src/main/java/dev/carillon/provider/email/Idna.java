package dev.carillon.provider.email;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Domain names in ASCII, as UTS #46 maps them without transitional processing: what mail servers
 * and browsers do today. {@code java.net.IDN} follows the older IDNA2003, which turns {@code
 * straße} into {@code strasse}, another domain that may be another's.
 *
 * <p>The mapping is not the table of UTS #46 but what it was made from: NFKC and lower case,
 * character by character. Where the two differ (Cherokee, the Greek iota subscript, the dotted
 * capital I) and where a character's meaning depends on its neighbours (the zero-width joiners),
 * the name is refused rather than guessed.
 *
 * <p>https://www.unicode.org/reports/tr46/, https://www.rfc-editor.org/rfc/rfc3492
 */
final class Idna {
  private static final Pattern ASCII_LABEL =
      Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");
  private static final Pattern DOTS = Pattern.compile("[.\u3002\uFF0E\uFF61]");

  /** Mapped to nothing: soft hyphen, zero-width space, word joiner, byte order mark, variations. */
  private static final Pattern IGNORED = Pattern.compile("[\u00AD\u200B\u2060\uFEFF\uFE00-\uFE0F]");

  private static final int LONGEST = 253;
  private static final int LONGEST_LABEL = 63;

  private Idna() {}

  /** Empty for what is no domain, or none that can be mapped without doubt. */
  static Optional<String> ascii(String domain) {
    var ascii = new StringBuilder();
    for (String label : DOTS.split(domain, -1)) {
      Optional<String> encoded = label(label);
      if (encoded.isEmpty()) {
        return Optional.empty();
      }
      ascii.append(ascii.isEmpty() ? "" : ".").append(encoded.get());
    }
    return ascii.length() <= LONGEST ? Optional.of(ascii.toString()) : Optional.empty();
  }

  private static Optional<String> label(String label) {
    if (isAscii(label)) {
      return Optional.of(label).filter(it -> ASCII_LABEL.matcher(it).matches());
    }
    return mapped(label)
        .map(it -> isAscii(it) ? it : "xn--" + punycode(it.codePoints().toArray()))
        .filter(it -> it.length() <= LONGEST_LABEL && ASCII_LABEL.matcher(it).matches());
  }

  private static Optional<String> mapped(String label) {
    if (label.length() > LONGEST_LABEL * 2 || !label.codePoints().allMatch(Idna::unambiguous)) {
      return Optional.empty();
    }
    String plain = lower(IGNORED.matcher(label).replaceAll(""));
    String mapped = nfkc(lower(nfkc(plain)));
    boolean valid =
        !mapped.isEmpty()
            && mapped.codePoints().allMatch(Idna::allowed)
            && !combining(mapped.codePointAt(0))
            && !mapped.startsWith("-")
            && !mapped.endsWith("-")
            // The third and fourth: a prefix such as that of Punycode.
            && !(mapped.length() > 3 && mapped.startsWith("--", 2))
            && Normalizer.normalize(mapped, Normalizer.Form.NFD).indexOf('\u0345') < 0;
    return valid ? Optional.of(mapped) : Optional.empty();
  }

  private static boolean unambiguous(int c) {
    boolean cherokee = (c >= 0x13A0 && c <= 0x13FF) || (c >= 0xAB70 && c <= 0xABBF);
    return !cherokee && c != 0x200C && c != 0x200D && c != 0x0130;
  }

  private static boolean allowed(int c) {
    if (c < 0x80) {
      return c == '-' || Character.isLowerCase(c) || Character.isDigit(c);
    }
    return switch (Character.getType(c)) {
      case Character.LOWERCASE_LETTER,
          Character.OTHER_LETTER,
          Character.MODIFIER_LETTER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.OTHER_SYMBOL ->
          true;
      // Between two l of Catalan names.
      default -> c == 0x00B7;
    };
  }

  private static boolean combining(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  /** Character by character: String's own method makes a last sigma another letter. */
  private static String lower(String text) {
    return text.codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String nfkc(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  /** RFC 3492, 6.3, with its parameters for domain names. */
  private static String punycode(int[] input) {
    var out = new StringBuilder();
    for (int c : input) {
      if (c < 0x80) {
        out.append((char) c);
      }
    }
    int basic = out.length();
    int handled = basic;
    if (basic > 0) {
      out.append('-');
    }
    int n = 0x80;
    int delta = 0;
    int bias = 72;
    while (handled < input.length) {
      int next = Integer.MAX_VALUE;
      for (int c : input) {
        next = c >= n && c < next ? c : next;
      }
      delta += (next - n) * (handled + 1);
      n = next;
      for (int c : input) {
        if (c < n) {
          delta++;
        } else if (c == n) {
          variableLength(out, delta, bias);
          bias = adapted(delta, handled + 1, handled == basic);
          delta = 0;
          handled++;
        }
      }
      delta++;
      n++;
    }
    return out.toString();
  }

  private static void variableLength(StringBuilder out, int delta, int bias) {
    int q = delta;
    for (int k = 36; ; k += 36) {
      int t = Math.clamp(k - bias, 1, 26);
      if (q < t) {
        out.append(digit(q));
        return;
      }
      out.append(digit(t + (q - t) % (36 - t)));
      q = (q - t) / (36 - t);
    }
  }

  private static int adapted(int delta, int points, boolean first) {
    int d = first ? delta / 700 : delta / 2;
    d += d / points;
    int k = 0;
    while (d > 455) {
      d /= 35;
      k += 36;
    }
    return k + 36 * d / (d + 38);
  }

  private static char digit(int value) {
    return (char) (value < 26 ? 'a' + value : '0' + value - 26);
  }
}
