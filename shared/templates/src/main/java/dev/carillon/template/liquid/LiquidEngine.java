package dev.carillon.template.liquid;

import dev.carillon.template.engine.Compiled;
import dev.carillon.template.engine.PartialInput;
import dev.carillon.template.engine.PartialSource;
import dev.carillon.template.engine.Piece;
import dev.carillon.template.engine.TemplateEngine;
import dev.carillon.template.engine.TemplateLanguage;
import dev.carillon.template.render.Escaping;
import dev.carillon.template.render.TemplateProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Liquid over the partials of an environment. Values are printed as they are, which is Liquid's own
 * way and Knock's: a template that puts what people typed into HTML says {@code escape}. What is
 * put into a URL is encoded for its place all the same.
 */
public final class LiquidEngine implements TemplateEngine {

  /** What Knock's own files and command line write. */
  public static final TemplateLanguage LANGUAGE =
      new TemplateLanguage() {
        @Override
        public String wireName() {
          return "liquid";
        }

        @Override
        public TemplateEngine engine(Map<String, PartialSource> partials) {
          return new LiquidEngine(partials);
        }
      };

  /** Marks each value, so that it can be encoded for its place once the whole URL is known. */
  private static final OutputEscape URL =
      new OutputEscape() {
        @Override
        public void append(String value, StringBuilder out) {
          Escaping.URL.append(value, out);
        }

        @Override
        public Set<String> finishedBy() {
          return Set.of("raw", "url_encode");
        }
      };

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w-]*");

  /** A text that is nothing but one value. */
  private static final Pattern VALUE = Pattern.compile("\\s*\\{\\{-?([^{}]*?)-?\\}\\}\\s*");

  private final Map<String, PartialSource> partials;
  private final Liquid liquid;

  private LiquidEngine(Map<String, PartialSource> partials) {
    this.partials = Map.copyOf(partials);
    var sources = new LinkedHashMap<String, LiquidPartial>();
    partials.forEach((key, partial) -> sources.put(key, declared(partial)));
    this.liquid = Liquid.of(sources);
  }

  @Override
  public Compiled<Piece> compile(String field, String source, Escaping escaping) {
    return switch (liquid.compile(field, source, escape(escaping))) {
      case Compiled.Ready<LiquidTemplate>(var template) ->
          new Compiled.Ready<>(new LiquidPiece(field, template));
      case Compiled.Refused<LiquidTemplate>(var problems) -> new Compiled.Refused<>(problems);
    };
  }

  private static OutputEscape escape(Escaping escaping) {
    return switch (escaping) {
      case URL -> URL;
      case HTML, NONE, JSON, MARKDOWN -> OutputEscape.Standard.NONE;
    };
  }

  @Override
  public Optional<PartialSource> partial(String key) {
    return Optional.ofNullable(partials.get(key));
  }

  /** A name that cannot be written as a variable's is none that a partial could read. */
  @Override
  public Compiled<Piece> include(String field, String key, Set<String> inputs) {
    String handed =
        inputs.stream()
            .filter(NAME.asMatchPredicate())
            .sorted()
            .map(name -> ", " + name + ": " + name)
            .collect(Collectors.joining());
    return compile(field, "{% render '" + key + "'" + handed + " %}", Escaping.NONE);
  }

  @Override
  public Compiled<Piece> input(String field, String source, PartialInput.Kind kind) {
    Matcher value = VALUE.matcher(source);
    return type(kind) != InputType.TEXT && value.matches()
        ? compile(field, "{{ " + value.group(1) + " | json }}", Escaping.NONE)
        : compile(field, source, Escaping.NONE);
  }

  private static InputType type(PartialInput.Kind kind) {
    return switch (kind) {
      case TEXT, MARKDOWN -> InputType.TEXT;
      case NUMBER -> InputType.NUMBER;
      case BOOLEAN -> InputType.BOOLEAN;
      case LIST -> InputType.LIST;
      case JSON, FIELDS -> InputType.JSON;
    };
  }

  /** What is not declared arrives as a text, as with Knock. */
  private static LiquidPartial declared(PartialSource partial) {
    var types = new LinkedHashMap<String, InputType>();
    partial.inputs().forEach((name, input) -> types.put(name, type(input.kind())));
    return new LiquidPartial(partial.content(), OutputEscape.Standard.NONE, types, InputType.TEXT);
  }

  @Override
  public Set<String> printed(String source) {
    return switch (liquid.compile("", source, OutputEscape.Standard.NONE)) {
      case Compiled.Ready<LiquidTemplate>(var template) ->
          template.variables().stream().map(VariableUse::path).collect(Collectors.toSet());
      case Compiled.Refused<LiquidTemplate> _ -> Set.of();
    };
  }

  @Override
  public List<TemplateProblem> problems() {
    return liquid.problems();
  }
}
