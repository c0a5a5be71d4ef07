package dev.carillon.template.liquid;

import dev.carillon.template.engine.Compiled;
import dev.carillon.template.liquid.filter.Filters;
import dev.carillon.template.liquid.syntax.Syntax;
import dev.carillon.template.liquid.syntax.Syntax.Known;
import dev.carillon.template.render.TemplateProblem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Compiles Liquid against the partials of one environment. Safe for use by several threads; what it
 * compiles is immutable, and the same source gives the same template. A partial is compiled when
 * the first template names it.
 */
public final class Liquid {
  private final Map<String, LiquidPartial> sources;
  private final Known known;
  private final ConcurrentMap<String, Read> partials = new ConcurrentHashMap<>();

  /** A partial that is rendered. */
  record Partial(LiquidPartial source, LiquidTemplate template) {}

  private record Read(Partial partial, Syntax syntax) {}

  private Liquid(Map<String, LiquidPartial> sources) {
    this.sources = Map.copyOf(sources);
    this.known = new Known(Filters.names(), Filters::problem, this.sources.keySet());
  }

  /** Reads none of the partials yet. */
  public static Liquid of(Map<String, LiquidPartial> partials) {
    return new Liquid(partials);
  }

  /**
   * A template, or all that is wrong with it and with the partials that it leads to. Never throws
   * for what a source holds.
   *
   * @param field names it in problems
   */
  public Compiled<LiquidTemplate> compile(String field, String source, OutputEscape escape) {
    Syntax syntax = Syntax.read(source, known);
    var problems = new ArrayList<TemplateProblem>();
    syntax.problems().forEach(fault -> problems.add(Places.problem(field, source, fault)));
    reached(syntax).forEach(key -> problems.addAll(problems(key)));
    return problems.isEmpty()
        ? new Compiled.Ready<>(new LiquidTemplate(this, field, source, syntax, escape))
        : new Compiled.Refused<>(problems);
  }

  /**
   * The texts that a source asks the translations for, itself and not through partials; none of a
   * source that does not compile.
   */
  public Set<TranslationUse> translations(String source) {
    return TranslationUses.of(Syntax.read(source, known).parts());
  }

  /** What is wrong with the partials, whether or not a template names them. */
  public List<TemplateProblem> problems() {
    return sources.keySet().stream().sorted().flatMap(key -> problems(key).stream()).toList();
  }

  private List<TemplateProblem> problems(String key) {
    return read(key).stream()
        .flatMap(
            read ->
                read.syntax().problems().stream()
                    .map(
                        fault ->
                            Places.problem(field(key), read.partial().source().content(), fault)))
        .toList();
  }

  /** The keys of the partials that a template leads to, itself or through others. */
  private LinkedHashSet<String> reached(Syntax syntax) {
    var reached = new LinkedHashSet<String>();
    var next = new ArrayDeque<>(syntax.partials());
    while (!next.isEmpty()) {
      String key = next.pop();
      if (reached.add(key)) {
        read(key).ifPresent(read -> next.addAll(read.syntax().partials()));
      }
    }
    return reached;
  }

  Optional<Partial> partial(String key) {
    return read(key).map(Read::partial);
  }

  Known known() {
    return known;
  }

  private Optional<Read> read(String key) {
    LiquidPartial source = sources.get(key);
    return source == null
        ? Optional.empty()
        : Optional.of(partials.computeIfAbsent(key, _ -> read(key, source)));
  }

  private Read read(String key, LiquidPartial source) {
    Syntax syntax = Syntax.read(source.content(), known);
    var template = new LiquidTemplate(this, field(key), source.content(), syntax, source.escape());
    return new Read(new Partial(source, template), syntax);
  }

  private static String field(String key) {
    return "partials/" + key + "/content";
  }
}
