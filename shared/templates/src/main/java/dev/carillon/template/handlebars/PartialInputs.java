package dev.carillon.template.handlebars;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.Options;
import dev.carillon.template.css.CssValues;
import dev.carillon.template.render.TemplateValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a partial is given, which is all that it sees. Tags are rewritten so that they hand it over
 * as one value under {@link #NAME}, made by the helper of the same name.
 */
final class PartialInputs {
  static final String NAME = "partial_inputs";

  private PartialInputs() {}

  /**
   * The values under their names.
   *
   * @param inStyle whether the partial stands where a style is written, so that texts among them
   *     are values of a style and nothing more
   */
  static Object gather(Object inStyle, Options options) {
    var run = HandlebarsRun.of(options);
    run.charge(1 + options.hash.size());
    var inputs = new LinkedHashMap<String, Object>();
    if (options.params.length > 0 && options.params[0] instanceof Map<?, ?> whole) {
      run.charge(whole.size());
      whole.forEach((name, value) -> inputs.put(String.valueOf(name), value));
    }
    inputs.putAll(options.hash);
    if (Boolean.TRUE.equals(inStyle)) {
      TemplateValues.weigh(inputs, run::charge);
      inputs.replaceAll((_, value) -> harmless(value));
    }
    return inputs;
  }

  private static Object harmless(Object value) {
    return switch (value) {
      case CharSequence text -> CssValues.harmless(text.toString(), true);
      case List<?> list -> list.stream().map(PartialInputs::harmless).toList();
      case Map<?, ?> map -> {
        var harmless = new LinkedHashMap<String, Object>();
        map.forEach((name, inner) -> harmless.put(String.valueOf(name), harmless(inner)));
        yield harmless;
      }
      case null -> null;
      default -> value;
    };
  }

  /** The context of a partial that was included in that one. */
  @SuppressWarnings("unchecked")
  static Context context(Context including) {
    return HandlebarsRun.of(including)
        .within(
            including.get(NAME) instanceof Map<?, ?> inputs
                ? (Map<String, Object>) inputs
                : new LinkedHashMap<>());
  }
}
