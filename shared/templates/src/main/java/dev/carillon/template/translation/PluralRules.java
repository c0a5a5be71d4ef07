package dev.carillon.template.translation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which plural form a number takes in a language: the cardinal rules of the Unicode CLDR, as they
 * are written there, for the languages that most software is translated to. A language that is not
 * listed has one form for everything.
 */
final class PluralRules {
  static final String OTHER = "other";

  /** Those of several languages at once; what none of a language's rules takes is "other". */
  private static final String RULES =
      """
      en de nl sv et fi it ca gl sw ur yi; one i = 1 and v = 0
      es eu bg el hu nb nn no tr az ka kk ky sq ta te ml mn mr ne sd so uz ug af da ps; one n = 1
      fr pt hy ff kab; one i = 0,1
      pt-PT; one i = 1 and v = 0
      hi bn fa gu kn zu am as; one i = 0 or n = 1
      pa ln mg ti wa; one n = 0..1
      si; one n = 0,1 or i = 0 and f = 1
      is mk; one t = 0 and i % 10 = 1 and i % 100 != 11 or t != 0
      fil tl; one v = 0 and i = 1,2,3 or v = 0 and i % 10 != 4,6,9 or v != 0 and f % 10 != 4,6,9
      lv; zero n % 10 = 0 or n % 100 = 11..19 or v = 2 and f % 100 = 11..19; one n % 10 = 1 and n % 100 != 11 or v = 2 and f % 10 = 1 and f % 100 != 11 or v != 2 and f % 10 = 1
      lt; one n % 10 = 1 and n % 100 != 11..19; few n % 10 = 2..9 and n % 100 != 11..19; many f != 0
      ro mo; one i = 1 and v = 0; few v != 0 or n = 0 or n != 1 and n % 100 = 1..19
      ru uk; one v = 0 and i % 10 = 1 and i % 100 != 11; few v = 0 and i % 10 = 2..4 and i % 100 != 12..14; many v = 0 and i % 10 = 0 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 11..14
      be; one n % 10 = 1 and n % 100 != 11; few n % 10 = 2..4 and n % 100 != 12..14; many n % 10 = 0 or n % 10 = 5..9 or n % 100 = 11..14
      bs hr sr sh; one v = 0 and i % 10 = 1 and i % 100 != 11 or f % 10 = 1 and f % 100 != 11; few v = 0 and i % 10 = 2..4 and i % 100 != 12..14 or f % 10 = 2..4 and f % 100 != 12..14
      pl; one i = 1 and v = 0; few v = 0 and i % 10 = 2..4 and i % 100 != 12..14; many v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 12..14
      cs sk; one i = 1 and v = 0; few i = 2..4 and v = 0; many v != 0
      sl; one v = 0 and i % 100 = 1; two v = 0 and i % 100 = 2; few v = 0 and i % 100 = 3..4 or v != 0
      he iw; one i = 1 and v = 0 or i = 0 and v != 0; two i = 2 and v = 0
      ar ars; zero n = 0; one n = 1; two n = 2; few n % 100 = 3..10; many n % 100 = 11..99
      ga; one n = 1; two n = 2; few n = 3..6; many n = 7..10
      cy; zero n = 0; one n = 1; two n = 2; few n = 3; many n = 6
      mt; one n = 1; two n = 2; few n = 0 or n % 100 = 3..10; many n % 100 = 11..19
      gd; one n = 1,11; two n = 2,12; few n = 3..10,13..19
      br; one n % 10 = 1 and n % 100 != 11,71,91; two n % 10 = 2 and n % 100 != 12,72,92; few n % 10 = 3..4,9 and n % 100 != 10..19,70..79,90..99
      """;

  private static final Pattern RELATION =
      Pattern.compile("([nivft])(?: % (\\d+))? (=|!=) ([\\d.,]+)");

  private static final Map<String, List<Rule>> BY_LANGUAGE = read();

  private record Rule(String form, List<List<Relation>> anyOfAll) {
    boolean takes(Operands number) {
      return anyOfAll.stream().anyMatch(all -> all.stream().allMatch(it -> it.holds(number)));
    }
  }

  private record Relation(String operand, int modulus, boolean equal, List<long[]> ranges) {
    boolean holds(Operands number) {
      BigDecimal value = number.of(operand);
      if (modulus > 0) {
        value = value.remainder(BigDecimal.valueOf(modulus));
      }
      BigDecimal rest = value;
      boolean whole = rest.stripTrailingZeros().scale() <= 0;
      boolean within =
          whole
              && ranges.stream()
                  .anyMatch(
                      range ->
                          rest.compareTo(BigDecimal.valueOf(range[0])) >= 0
                              && rest.compareTo(BigDecimal.valueOf(range[1])) <= 0);
      return within == equal;
    }
  }

  /** What CLDR calls the operands of a number. */
  private record Operands(BigDecimal n) {
    BigDecimal of(String name) {
      return switch (name) {
        case "n" -> n;
        case "i" -> new BigDecimal(n.toBigInteger());
        case "v" -> BigDecimal.valueOf(Math.max(0, n.scale()));
        case "f" -> new BigDecimal(fraction(n));
        default -> new BigDecimal(fraction(n.stripTrailingZeros()));
      };
    }

    private static BigInteger fraction(BigDecimal number) {
      return number.scale() <= 0
          ? BigInteger.ZERO
          : number.remainder(BigDecimal.ONE).movePointRight(number.scale()).toBigInteger();
    }
  }

  private PluralRules() {}

  /**
   * {@code zero}, {@code one}, {@code two}, {@code few}, {@code many} or {@code other}.
   *
   * @param count negative numbers take the form of their amount
   */
  static String form(Locale locale, BigDecimal count) {
    var number = new Operands(count.abs());
    return rules(locale).stream()
        .filter(rule -> rule.takes(number))
        .map(Rule::form)
        .findFirst()
        .orElse(OTHER);
  }

  /** The forms of whole numbers in that language, in CLDR's order, the last being "other". */
  static List<String> forms(Locale locale) {
    var forms = new ArrayList<String>();
    for (Rule rule : rules(locale)) {
      boolean whole =
          IntStream.range(0, 200)
              .anyMatch(i -> form(locale, BigDecimal.valueOf(i)).equals(rule.form()));
      if (whole) {
        forms.add(rule.form());
      }
    }
    boolean all =
        IntStream.range(0, 200).noneMatch(i -> form(locale, BigDecimal.valueOf(i)).equals(OTHER));
    if (!all) {
      forms.add(OTHER);
    }
    return forms;
  }

  private static List<Rule> rules(Locale locale) {
    List<Rule> exact = BY_LANGUAGE.get(locale.toLanguageTag());
    return exact == null ? BY_LANGUAGE.getOrDefault(locale.getLanguage(), List.of()) : exact;
  }

  private static Map<String, List<Rule>> read() {
    var all = new HashMap<String, List<Rule>>();
    RULES
        .lines()
        .forEach(
            line -> {
              String[] parts = line.split("; ");
              var rules = new ArrayList<Rule>();
              for (int i = 1; i < parts.length; i++) {
                String[] rule = parts[i].split(" ", 2);
                rules.add(new Rule(rule[0], condition(rule[1])));
              }
              for (String language : parts[0].split(" ")) {
                all.put(language, List.copyOf(rules));
              }
            });
    return Map.copyOf(all);
  }

  private static List<List<Relation>> condition(String text) {
    var any = new ArrayList<List<Relation>>();
    for (String alternative : text.split(" or ")) {
      var all = new ArrayList<Relation>();
      for (String relation : alternative.split(" and ")) {
        all.add(relation(relation));
      }
      any.add(List.copyOf(all));
    }
    return List.copyOf(any);
  }

  private static Relation relation(String text) {
    Matcher matcher = RELATION.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalStateException("Not a relation: " + text);
    }
    var ranges = new ArrayList<long[]>();
    for (String range : matcher.group(4).split(",")) {
      String[] ends = range.split("\\.\\.");
      ranges.add(new long[] {Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1])});
    }
    return new Relation(
        matcher.group(1),
        matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2)),
        matcher.group(3).equals("="),
        List.copyOf(ranges));
  }
}
