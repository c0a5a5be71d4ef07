package dev.carillon.template.handlebars;

import dev.carillon.template.css.CssValues;
import dev.carillon.template.handlebars.Helpers.Arguments;
import dev.carillon.template.handlebars.Helpers.Function;
import dev.carillon.template.render.Markup;
import dev.carillon.template.render.RenderRefusal;
import dev.carillon.template.render.TemplateLimits;
import dev.carillon.template.render.TemplateValues;
import dev.carillon.template.render.UrlValues.UrlEncoded;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Helpers that make texts out of texts. */
final class TextHelpers {
  static final Map<String, Function> ALL =
      Map.ofEntries(
          Map.entry("upper", a -> a.text(0).toUpperCase(Locale.ROOT)),
          Map.entry("lower", a -> a.text(0).toLowerCase(Locale.ROOT)),
          Map.entry("titlecase", a -> titlecase(a.text(0))),
          Map.entry("trim", a -> a.text(0).strip()),
          Map.entry("truncate", TextHelpers::truncate),
          Map.entry("replace", TextHelpers::replace),
          Map.entry("concat", TextHelpers::concat),
          Map.entry("join", TextHelpers::join),
          Map.entry("pluralize", TextHelpers::pluralize),
          Map.entry("url_encode", a -> UrlEncoded.of(a.text(0))),
          Map.entry("raw_text", a -> new Markup(a.text(0))),
          Map.entry("css_value", a -> CssValues.harmless(a.text(0), true)),
          Map.entry("css_text", a -> new Markup(CssValues.harmless(a.text(0), false))));

  private TextHelpers() {}

  private static String titlecase(String text) {
    var out = new StringBuilder(text.length());
    boolean start = true;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      out.appendCodePoint(start ? Character.toTitleCase(c) : Character.toLowerCase(c));
      start = Character.isWhitespace(c) || c == '-';
      i += Character.charCount(c);
    }
    return out.toString();
  }

  /** {@code {{truncate text 80}}}: at most that many characters, the last one an ellipsis. */
  private static String truncate(Arguments arguments) {
    String text = arguments.text(0);
    int limit =
        TemplateValues.decimal(arguments.at(1))
            .filter(number -> number.signum() > 0 && number.precision() - number.scale() <= 9)
            .orElseThrow(() -> new RenderRefusal("'truncate' needs a text and a length"))
            .intValue();
    return text.codePointCount(0, text.length()) <= limit
        ? text
        : text.substring(0, text.offsetByCodePoints(0, Math.max(0, limit - 1))) + "…";
  }

  private static String replace(Arguments arguments) {
    String what = arguments.text(1);
    if (what.isEmpty()) {
      return arguments.text(0);
    }
    String text = arguments.text(0);
    long found = 0;
    for (int at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + what.length())) {
      found++;
    }
    charge(arguments, text.length() + found * arguments.text(2).length());
    return text.replace(what, arguments.text(2));
  }

  private static String concat(Arguments arguments) {
    var out = new StringBuilder();
    for (int i = 0; i < arguments.count(); i++) {
      String text = arguments.text(i);
      charge(arguments, (long) out.length() + text.length());
      out.append(text);
    }
    return out.toString();
  }

  private static String join(Arguments arguments) {
    if (!(arguments.at(0) instanceof List<?> list)) {
      return arguments.text(0);
    }
    String separator = arguments.count() > 1 ? arguments.text(1) : ", ";
    charge(arguments, (long) list.size() * (separator.length() + 1));
    TemplateValues.weigh(list, arguments.run()::charge);
    String joined = list.stream().map(TemplateValues::text).collect(Collectors.joining(separator));
    charge(arguments, joined.length());
    return joined;
  }

  /** Longer than any output may be is never built. */
  private static void charge(Arguments arguments, long chars) {
    if (chars > TemplateLimits.OUTPUT_BYTES) {
      throw new RenderRefusal(
          "a text is larger than " + TemplateLimits.OUTPUT_BYTES + " characters");
    }
    arguments.run().chargeChars((int) chars);
  }

  /** {@code {{pluralize count "comment" "comments"}}}: the word, without the number. */
  private static String pluralize(Arguments arguments) {
    boolean one =
        TemplateValues.decimal(arguments.at(0))
            .filter(number -> number.compareTo(java.math.BigDecimal.ONE) == 0)
            .isPresent();
    return arguments.text(one ? 1 : 2);
  }
}
