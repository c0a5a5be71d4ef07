package dev.carillon.provider.sms;

/**
 * How a text travels as SMS: in which alphabet, and in how many parts, each of which is charged.
 *
 * <pre>
 *   alphabet   one part   each of several   unit
 *   GSM-7      160        153               septet; two for a character of the extension table
 *   UCS-2      70         67                16 bits of UTF-16; two for a character beyond them
 * </pre>
 *
 * What takes two units is never split, so a part may hold one unit less. Source: 3GPP TS 23.038
 * (alphabets) and TS 23.040 (concatenation with a reference of 8 bits). A provider that replaces
 * characters on its own, such as curly quotes, may need fewer parts than are counted here.
 *
 * @param units of the whole text
 * @param parts at least 1, also for an empty text
 */
public record SmsSegments(Alphabet alphabet, int units, int parts) {

  public enum Alphabet {
    GSM_7(160, 153),
    UCS_2(70, 67);

    private final int alone;
    private final int joined;

    Alphabet(int alone, int joined) {
      this.alone = alone;
      this.joined = joined;
    }
  }

  /** GSM's default alphabet in the order of its codes, without the escape at 0x1B. */
  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
          + " !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
          + "¿abcdefghijklmnopqrstuvwxyzäöñüà";

  /** Its extension table; each is sent after an escape. */
  private static final String EXTENSION = "\f^{}\\[~]|€";

  public static SmsSegments of(String text) {
    Alphabet alphabet =
        text.chars().allMatch(c -> BASIC.indexOf(c) >= 0 || EXTENSION.indexOf(c) >= 0)
            ? Alphabet.GSM_7
            : Alphabet.UCS_2;
    int units = text.codePoints().map(c -> units(alphabet, c)).sum();
    return new SmsSegments(
        alphabet, units, units <= alphabet.alone ? 1 : parts(text, alphabet, alphabet.joined));
  }

  /** Whether the text needs more than GSM's alphabet. */
  public boolean unicode() {
    return alphabet == Alphabet.UCS_2;
  }

  private static int parts(String text, Alphabet alphabet, int room) {
    int parts = 1;
    int used = 0;
    for (int c : text.codePoints().toArray()) {
      int next = units(alphabet, c);
      if (used + next > room) {
        parts++;
        used = 0;
      }
      used += next;
    }
    return parts;
  }

  private static int units(Alphabet alphabet, int character) {
    return switch (alphabet) {
      case GSM_7 -> EXTENSION.indexOf(character) >= 0 ? 2 : 1;
      case UCS_2 -> Character.charCount(character);
    };
  }
}
