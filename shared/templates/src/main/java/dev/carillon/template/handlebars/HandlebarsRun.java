package dev.carillon.template.handlebars;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.Options;
import com.github.jknack.handlebars.ValueResolver;
import com.github.jknack.handlebars.context.MapValueResolver;
import dev.carillon.template.render.AskedNames;
import dev.carillon.template.render.OutputSink;
import dev.carillon.template.render.Rendering;
import dev.carillon.template.render.TemplateLimits;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One piece being rendered: the sink it writes to, and a resolver that counts each look-up. */
final class HandlebarsRun implements ValueResolver {
  private static final String KEY = HandlebarsRun.class.getName();
  private static final String INPUTS = PartialInputs.class.getName();

  private final Rendering rendering;
  private final OutputSink sink = new OutputSink();

  HandlebarsRun(Rendering rendering) {
    this.rendering = rendering;
  }

  static HandlebarsRun of(Options options) {
    return of(options.context);
  }

  static HandlebarsRun of(Context context) {
    return context.data(KEY);
  }

  /** The model that the piece is applied to. */
  Context context(Map<String, Object> extra) {
    return Context.newBuilder(rendering.model(extra)).resolver(this).build().data(KEY, this);
  }

  /** That of a partial: these inputs and nothing else. */
  Context within(Map<String, Object> inputs) {
    return Context.newBuilder(inputs).resolver(this).build().data(KEY, this).data(INPUTS, inputs);
  }

  OutputSink sink() {
    return sink;
  }

  void charge(int price) {
    rendering.charge(price);
  }

  void chargeChars(int chars) {
    rendering.chargeChars(chars);
  }

  AskedNames names() {
    return rendering.names();
  }

  /** Sets a variable for what is rendered later; in a partial, for the rest of it. */
  void set(Context context, String name, Object value) {
    Map<String, Object> inputs = context.data(INPUTS);
    if (inputs == null) {
      rendering.set(name, value);
    } else {
      inputs.put(name, value);
    }
  }

  @Override
  public Object resolve(Object model, String name) {
    charge(1);
    if (model instanceof List<?> list && name.equals("length")) {
      return list.size();
    }
    Object value = MapValueResolver.INSTANCE.resolve(model, name);
    if (value instanceof List<?> list) {
      // What it is printed as is looked for among all of its items.
      charge(list.size() / TemplateLimits.CHARS_PER_STEP);
    }
    return value;
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
