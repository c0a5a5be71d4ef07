package dev.carillon.template.handlebars;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.EscapingStrategy;
import com.github.jknack.handlebars.Formatter;
import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.Parser;
import com.github.jknack.handlebars.TagType;
import com.github.jknack.handlebars.Template;
import com.github.jknack.handlebars.TypeSafeTemplate;
import com.github.jknack.handlebars.cache.TemplateCache;
import com.github.jknack.handlebars.io.TemplateLoader;
import com.github.jknack.handlebars.io.TemplateSource;
import dev.carillon.template.render.Escaping;
import dev.carillon.template.render.Markup;
import dev.carillon.template.render.TemplateValues;
import dev.carillon.template.render.UrlValues.UrlEncoded;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Handlebars with one way of escaping, our helpers, the project's partials and nothing else: no
 * file or class-path loader, no decorators, no resolver that reflects.
 */
final class HandlebarsParser {
  private static final String PARTIALS = "partials/";

  private final Handlebars handlebars;

  HandlebarsParser(Escaping escaping, Map<String, String> partials) {
    handlebars =
        new Handlebars(new Partials(partials))
            .with(new Helpers())
            .with(strategy(escaping))
            .with((Formatter) (value, _) -> format(escaping, value))
            .with(new Partials.Cache())
            .infiniteLoops(false)
            .preEvaluatePartialBlocks(false)
            .prettyPrint(true);
  }

  /**
   * Compiles a source that passed its {@link SourceCheck}.
   *
   * @throws com.github.jknack.handlebars.HandlebarsException when it cannot be parsed
   */
  HandlebarsPiece compile(String field, String source) {
    try {
      return new HandlebarsPiece(field, handlebars.compile(new Source(field, source)));
    } catch (IOException e) {
      throw new IllegalStateException("a source in memory failed", e);
    }
  }

  private static EscapingStrategy strategy(Escaping escaping) {
    return escaping == Escaping.NONE
        ? EscapingStrategy.NOOP
        : value -> {
          var out = new StringBuilder(value.length() + 16);
          escaping.append(value, out);
          return out;
        };
  }

  private static Object format(Escaping escaping, Object value) {
    if (value instanceof Handlebars.SafeString) {
      return value;
    }
    if (value instanceof Markup(var text)) {
      return new Handlebars.SafeString(text);
    }
    if (escaping == Escaping.URL && value instanceof UrlEncoded) {
      var out = new StringBuilder();
      escaping.append((UrlEncoded) value, out);
      return new Handlebars.SafeString(out);
    }
    return escaping == Escaping.JSON
            && (TemplateValues.isCompound(value) || value instanceof LogicHelpers.Json)
        ? new Handlebars.SafeString(
            value instanceof LogicHelpers.Json
                ? TemplateValues.text(value)
                : TemplateValues.json(value))
        : TemplateValues.text(value);
  }

  private record Source(String filename, String text) implements TemplateSource {
    @Override
    public String content(Charset charset) {
      return text;
    }

    @Override
    public long lastModified() {
      return 0;
    }
  }

  /** Finds partials in the project's own map, and only there. */
  private record Partials(Map<String, String> sources) implements TemplateLoader {

    @Override
    public TemplateSource sourceAt(String key) throws IOException {
      String source = sources.get(key);
      if (source == null) {
        throw new FileNotFoundException(key);
      }
      return new Source(PARTIALS + key, source);
    }

    @Override
    public String resolve(String key) {
      return PARTIALS + key;
    }

    @Override
    public String getPrefix() {
      return "";
    }

    @Override
    public String getSuffix() {
      return "";
    }

    @Override
    public void setPrefix(String prefix) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setSuffix(String suffix) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setCharset(Charset charset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Charset getCharset() {
      return StandardCharsets.UTF_8;
    }

    /** Handlebars asks for a partial each time it is included; each is compiled once. */
    private static final class Cache implements TemplateCache {
      /** By key and source, as a partial is indented like the tag that includes it. */
      private final ConcurrentMap<Source, Template> compiled = new ConcurrentHashMap<>();

      @Override
      public Template get(TemplateSource source, Parser parser) throws IOException {
        if (!source.filename().startsWith(PARTIALS)) {
          return parser.parse(source);
        }
        var key = new Source(source.filename(), source.content(StandardCharsets.UTF_8));
        Template template = compiled.get(key);
        if (template == null) {
          template = new Charged(parser.parse(source), key.text().length());
          compiled.put(key, template);
        }
        return template;
      }

      @Override
      public void clear() {
        compiled.clear();
      }

      @Override
      public void evict(TemplateSource source) {}

      @Override
      public TemplateCache setReload(boolean reload) {
        return this;
      }
    }
  }

  /** A partial that is paid for whenever it is entered, and sees what it is given. */
  private record Charged(Template template, int length) implements Template {
    @Override
    public void apply(Context context, Writer writer) throws IOException {
      HandlebarsRun.of(context).chargeChars(length);
      template.apply(PartialInputs.context(context), writer);
    }

    @Override
    public String apply(Context context) throws IOException {
      HandlebarsRun.of(context).chargeChars(length);
      return template.apply(PartialInputs.context(context));
    }

    @Override
    public void apply(Object model, Writer writer) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String apply(Object model) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String text() {
      return template.text();
    }

    @Override
    public String toJavaScript() {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T, S extends TypeSafeTemplate<T>> S as(Class<S> type) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> TypeSafeTemplate<T> as() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<String> collect(TagType... types) {
      return template.collect(types);
    }

    @Override
    public List<String> collectReferenceParameters() {
      return template.collectReferenceParameters();
    }

    @Override
    public String filename() {
      return template.filename();
    }

    @Override
    public int[] position() {
      return template.position();
    }
  }
}
