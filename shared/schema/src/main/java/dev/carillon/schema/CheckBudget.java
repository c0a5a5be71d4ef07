package dev.carillon.schema;

import com.networknt.schema.SchemaException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How often regular expressions may still look at a character while one document is checked. Some
 * patterns need time exponential in the length of a text, and whoever wrote the schema need not be
 * whoever sends the text. A look costs some nanoseconds, so the bound is one on time that needs no
 * clock and stops at the same place each time.
 */
final class CheckBudget {
  /** About a tenth of a second; a text of 4 MB can be read twice. */
  private static final long LOOKS = 10_000_000;

  private static final ScopedValue<CheckBudget> CURRENT = ScopedValue.newInstance();

  private long left = LOOKS;

  /** More looks were wanted than there are. */
  static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Spent() {
      super("the patterns need too long", null, false, false);
    }
  }

  /**
   * What {@code work} gives; all patterns that it tries share one budget.
   *
   * @throws Spent when that is not enough
   */
  static <T> T during(ScopedValue.CallableOp<T, RuntimeException> work) {
    return ScopedValue.where(CURRENT, new CheckBudget()).call(work);
  }

  /** Makes patterns that take what they look at from the budget of the check they are part of. */
  static RegularExpressionFactory patterns() {
    return source -> {
      var pattern = compiled(source);
      RegularExpression expression =
          text -> pattern.matcher(new Watched(text, 0, text.length(), CURRENT.get())).find();
      return expression;
    };
  }

  /** The schema's dialect is JavaScript's; what differs most is put into Java's. */
  private static Pattern compiled(String source) {
    // Compiling looks at each character once per character, several of them in a nanosecond.
    CURRENT.get().take((long) source.length() * source.length() / 16);
    try {
      return Pattern.compile(
          RegularExpressions.replaceLongformCharacterProperties(
              RegularExpressions.replaceDollarAnchors(source)));
    } catch (PatternSyntaxException e) {
      throw new SchemaException(
          "the pattern %s is no regular expression: %s".formatted(source, e.getDescription()));
    }
  }

  private void take(long looks) {
    left -= looks;
    if (left < 0) {
      throw new Spent();
    }
  }

  /** A stretch of a text that counts who looks at it. */
  private record Watched(String text, int start, int end, CheckBudget budget)
      implements CharSequence {
    @Override
    public int length() {
      return end - start;
    }

    @Override
    public char charAt(int index) {
      budget.take(1);
      return text.charAt(start + index);
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return new Watched(text, start + from, start + to, budget);
    }

    @Override
    public String toString() {
      return text.substring(start, end);
    }
  }
}
