package dev.carillon.template.handlebars;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.Decorator;
import com.github.jknack.handlebars.Helper;
import com.github.jknack.handlebars.HelperRegistry;
import com.github.jknack.handlebars.Options;
import com.github.jknack.handlebars.TagType;
import com.github.jknack.handlebars.Template;
import dev.carillon.template.render.AskedNames;
import dev.carillon.template.render.RenderRefusal;
import dev.carillon.template.render.TemplateScope;
import dev.carillon.template.render.TemplateValues;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The helpers that templates may call, and a registry that takes no others: those that come with
 * the library reach the class path, and are not in here.
 */
final class Helpers implements HelperRegistry {

  /** A helper that is a function of its arguments; as a block it decides between the branches. */
  interface Function {
    Object apply(Arguments arguments);
  }

  private static final Map<String, Helper<Object>> ALL = all();
  private static final Set<String> NAMES = offered();

  /** Those that templates may call. */
  static Set<String> names() {
    return NAMES;
  }

  private static Set<String> offered() {
    var names = new HashSet<>(ALL.keySet());
    names.remove(PartialInputs.NAME);
    return Set.copyOf(names);
  }

  private static Map<String, Helper<Object>> all() {
    var all = new HashMap<String, Helper<Object>>();
    all.put("if", (value, options) -> branch(options, isTrue(value, options)));
    all.put("unless", (value, options) -> branch(options, !isTrue(value, options)));
    all.put("with", Helpers::with);
    all.put("each", Helpers::each);
    all.put("set", Helpers::set);
    all.put(PartialInputs.NAME, PartialInputs::gather);
    LogicHelpers.ALL.forEach((name, function) -> all.put(name, helper(function)));
    TextHelpers.ALL.forEach((name, function) -> all.put(name, helper(function)));
    FormatHelpers.ALL.forEach((name, function) -> all.put(name, helper(function)));
    return Map.copyOf(all);
  }

  private static Helper<Object> helper(Function function) {
    return (first, options) -> {
      var run = HandlebarsRun.of(options);
      run.charge(1);
      boolean block = options.tagType == TagType.SECTION;
      if (!block && !hasArguments(options)) {
        // {{date}} without a value is the variable of that name.
        return options.context.get(options.helperName);
      }
      Object result = function.apply(new Arguments(first, options, run));
      return block ? branch(options, TemplateValues.isTrue(result)) : result;
    };
  }

  private static boolean hasArguments(Options options) {
    Integer count = options.data(Context.PARAM_SIZE);
    return (count != null && count > 0) || !options.hash.isEmpty();
  }

  private static boolean isTrue(Object value, Options options) {
    return TemplateValues.isTrue(value)
        || (Boolean.TRUE.equals(options.hash("includeZero"))
            && TemplateValues.decimal(value).isPresent());
  }

  /** Writes straight into the sink: a returned text would be built outside its bounds. */
  private static Object branch(Options options, boolean condition) throws IOException {
    var run = HandlebarsRun.of(options);
    run.charge(1);
    apply(condition ? options.fn : options.inverse, options.context, run);
    return "";
  }

  private static Object with(Object value, Options options) throws IOException {
    var run = HandlebarsRun.of(options);
    run.charge(1);
    if (!TemplateValues.isTrue(value)) {
      apply(options.inverse, options.context, run);
      return "";
    }
    Context context =
        options.context.model() == value
            ? options.context
            : Context.newContext(options.context, value);
    if (!options.blockParams.isEmpty()) {
      context = Context.newBlockParamContext(context, options.blockParams, List.of(value));
    }
    apply(options.fn, context, run);
    return "";
  }

  private static Object each(Object value, Options options) throws IOException {
    var run = HandlebarsRun.of(options);
    run.charge(1);
    Iterator<?> items =
        switch (value) {
          case List<?> list -> list.iterator();
          case Map<?, ?> map -> map.entrySet().iterator();
          case null, default -> List.of().iterator();
        };
    if (!items.hasNext()) {
      apply(options.inverse, options.context, run);
    }
    for (int index = 0; items.hasNext(); index++) {
      run.charge(1);
      Object next = items.next();
      Object key = index;
      Object item = next;
      if (next instanceof Map.Entry<?, ?> entry) {
        key = entry.getKey();
        item = entry.getValue();
      }
      Context context =
          Context.newBuilder(options.context, item)
              .combine(
                  Map.of(
                      "@index",
                      index,
                      "@key",
                      key,
                      "@first",
                      index == 0,
                      "@last",
                      !items.hasNext(),
                      "@odd",
                      index % 2 == 1,
                      "@even",
                      index % 2 == 0))
              .build();
      if (!options.blockParams.isEmpty()) {
        context = Context.newBlockParamContext(context, options.blockParams, List.of(item, key));
      }
      apply(options.fn, context, run);
    }
    return "";
  }

  /** {@code {{set "name" value}}}, or {@code {{set name=value}}}, for what is rendered later. */
  private static Object set(Object first, Options options) {
    var run = HandlebarsRun.of(options);
    run.charge(1);
    if (options.params.length == 1 && first instanceof String name) {
      run.set(
          options.context,
          name,
          options.params[0] == null ? TemplateScope.Nothing.NOTHING : options.params[0]);
    } else if (options.params.length > 0 || !hasArguments(options)) {
      if (options.params.length == 0) {
        return options.context.get(options.helperName);
      }
      throw new RenderRefusal("'set' needs a name and a value");
    }
    options.hash.forEach(
        (name, value) ->
            run.set(options.context, name, value == null ? TemplateScope.Nothing.NOTHING : value));
    return "";
  }

  private static void apply(Template template, Context context, HandlebarsRun run)
      throws IOException {
    template.apply(context, run.sink());
  }

  /** What a helper was called with. */
  record Arguments(Object first, Options options, HandlebarsRun run) {
    int count() {
      return options.params.length + 1;
    }

    /** The argument, from 0; null when it was not given or is nothing. */
    Object at(int index) {
      Object value =
          index == 0 ? first : index <= options.params.length ? options.params[index - 1] : null;
      return value == TemplateScope.Nothing.NOTHING ? null : value;
    }

    List<Object> all() {
      var all = new Object[count()];
      for (int i = 0; i < all.length; i++) {
        all[i] = at(i);
      }
      return Arrays.asList(all);
    }

    /** The argument as it would be printed. */
    String text(int index) {
      return text(at(index));
    }

    /** The argument under that name, else the one at that place, else empty. */
    String named(String name, int index) {
      Object value = options.hash(name);
      return value == null ? text(index) : text(value);
    }

    AskedNames names() {
      return run.names();
    }

    private String text(Object value) {
      TemplateValues.weigh(value, run::charge);
      String text = TemplateValues.text(value);
      run.chargeChars(text.length());
      return text;
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public <C> Helper<C> helper(String name) {
    return (Helper<C>) ALL.get(name);
  }

  @Override
  public Set<Map.Entry<String, Helper<?>>> helpers() {
    return Set.of();
  }

  @Override
  public Decorator decorator(String name) {
    return null;
  }

  @Override
  public HelperRegistry setCharset(Charset charset) {
    return this;
  }

  @Override
  public <H> HelperRegistry registerHelper(String name, Helper<H> helper) {
    throw closed();
  }

  @Override
  public <H> HelperRegistry registerHelperMissing(Helper<H> helper) {
    throw closed();
  }

  @Override
  public HelperRegistry registerHelpers(Object source) {
    throw closed();
  }

  @Override
  public HelperRegistry registerHelpers(Class<?> source) {
    throw closed();
  }

  @Override
  public HelperRegistry registerHelpers(URI location) {
    throw closed();
  }

  @Override
  public HelperRegistry registerHelpers(File input) {
    throw closed();
  }

  @Override
  public HelperRegistry registerHelpers(String filename, Reader source) {
    throw closed();
  }

  @Override
  public HelperRegistry registerHelpers(String filename, InputStream source) {
    throw closed();
  }

  @Override
  public HelperRegistry registerHelpers(String filename, String source) {
    throw closed();
  }

  @Override
  public HelperRegistry registerDecorator(String name, Decorator decorator) {
    throw closed();
  }

  private static UnsupportedOperationException closed() {
    return new UnsupportedOperationException("the helpers are given");
  }
}
