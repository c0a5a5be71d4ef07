package dev.carillon.template;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.Options;
import com.github.jknack.handlebars.ValueResolver;
import com.github.jknack.handlebars.context.MapValueResolver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One rendering of one message: its variables, the steps it has taken and the sink of the field
 * that is being written. Templates reach none of this; it travels beside their model.
 */
final class Rendering implements ValueResolver {
  private static final String KEY = Rendering.class.getName();

  /** A copy of the top level, as {@code set} writes into it. */
  private final Map<String, Object> variables;

  private Sink sink = new Sink();
  private int steps;

  Rendering(Scope scope) {
    this.variables = new LinkedHashMap<>(scope.variables());
  }

  static Rendering of(Options options) {
    return of(options.context);
  }

  static Rendering of(Context context) {
    return context.data(KEY);
  }

  /** A model to apply a template to, and a new sink for what it writes. */
  Context begin(Map<String, Object> extra) {
    sink = new Sink();
    Map<String, Object> model = variables;
    if (!extra.isEmpty()) {
      model = new LinkedHashMap<>(variables);
      model.putAll(extra);
    }
    return Context.newBuilder(model).resolver(this).build().data(KEY, this);
  }

  Sink sink() {
    return sink;
  }

  void charge(int price) {
    steps += price;
    if (steps > Limits.STEPS || steps < 0) {
      steps = Limits.STEPS + 1;
      throw new Refusal("it takes more than " + Limits.STEPS + " steps to render");
    }
  }

  void chargeChars(int chars) {
    charge(1 + chars / Limits.CHARS_PER_STEP);
  }

  void set(String name, Object value) {
    variables.put(name, value);
  }

  Object variable(String name) {
    return variables.get(name);
  }

  @Override
  public Object resolve(Object model, String name) {
    charge(1);
    if (model instanceof List<?> list && name.equals("length")) {
      return list.size();
    }
    return MapValueResolver.INSTANCE.resolve(model, name);
  }

  @Override
  public Object resolve(Object model) {
    charge(1);
    return MapValueResolver.INSTANCE.resolve(model);
  }

  @Override
  public Set<Map.Entry<String, Object>> propertySet(Object model) {
    return MapValueResolver.INSTANCE.propertySet(model);
  }
}
