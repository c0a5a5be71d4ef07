package dev.carillon.template.render;

import dev.carillon.template.translation.TranslationCatalog;
import dev.carillon.variable.Lookups;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One rendering of one message: its variables and the steps it has taken, in all its fields and
 * whatever languages they are written in. Templates reach none of this; it travels beside their
 * model.
 */
public final class Rendering {

  /** A copy of the top level, as templates may set variables for what is rendered after them. */
  private final Map<String, Object> variables;

  private final AskedNames names;
  private final TranslationCatalog translations;
  private final Lookups lookups;
  private int steps;

  public Rendering(TemplateScope scope) {
    this.variables = new LinkedHashMap<>(scope.variables());
    this.names = new AskedNames(scope.zone());
    this.translations = scope.translations();
    this.lookups = scope.lookups();
  }

  /**
   * The text of a key in the recipient's language; empty when there is none.
   *
   * @param count which plural form is wanted; empty when none is asked for
   */
  public Optional<String> translated(String key, Optional<BigDecimal> count) {
    return translations.find(text("recipient", "locale"), text("tenant", "id"), key, count);
  }

  /** What loaders find. */
  public Lookups lookups() {
    return lookups;
  }

  public AskedNames names() {
    return names;
  }

  /** The variables with {@code extra} over them; what is set later shows if there is no extra. */
  public Map<String, Object> model(Map<String, Object> extra) {
    if (extra.isEmpty()) {
      return variables;
    }
    Map<String, Object> model = new LinkedHashMap<>(variables);
    model.putAll(extra);
    return model;
  }

  /**
   * Takes so many steps.
   *
   * @throws RenderRefusal when there are more than {@link TemplateLimits#STEPS} in all
   */
  public void charge(int price) {
    steps += price;
    if (steps > TemplateLimits.STEPS || steps < 0) {
      steps = TemplateLimits.STEPS + 1;
      throw new RenderRefusal("it takes more than " + TemplateLimits.STEPS + " steps to render");
    }
  }

  /** Takes the steps for handling so many characters. */
  public void chargeChars(int chars) {
    charge(1 + chars / TemplateLimits.CHARS_PER_STEP);
  }

  /** Sets a variable of the top level for all that is rendered from now on. */
  public void set(String name, Object value) {
    variables.put(name, value);
  }

  /** Lays these over {@code vars.branding} for all that is rendered from now on. */
  public void brand(Map<String, String> overrides) {
    if (overrides.isEmpty()) {
      return;
    }
    var vars = copy(variables.get("vars"));
    var branding = copy(vars.get("branding"));
    branding.putAll(overrides);
    vars.put("branding", branding);
    variables.put("vars", vars);
  }

  private static Map<Object, Object> copy(Object value) {
    return value instanceof Map<?, ?> map ? new LinkedHashMap<>(map) : new LinkedHashMap<>();
  }

  /** The text at that path of the variables; empty when there is none. */
  public String text(String... path) {
    Object value = variables;
    for (String key : path) {
      value = value instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return value instanceof CharSequence text ? text.toString() : "";
  }
}
