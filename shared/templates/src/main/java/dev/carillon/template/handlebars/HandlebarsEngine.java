package dev.carillon.template.handlebars;

import com.github.jknack.handlebars.HandlebarsException;
import dev.carillon.template.engine.Compiled;
import dev.carillon.template.engine.PartialSource;
import dev.carillon.template.engine.PartialType;
import dev.carillon.template.engine.Piece;
import dev.carillon.template.engine.TemplateEngine;
import dev.carillon.template.engine.TemplateLanguage;
import dev.carillon.template.render.Escaping;
import dev.carillon.template.render.TemplateLimits;
import dev.carillon.template.render.TemplateProblem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Handlebars over the partials of an environment, which are checked one by one and against one
 * another.
 */
public final class HandlebarsEngine implements TemplateEngine {

  /** The language that templates are written in when they name none. */
  public static final TemplateLanguage LANGUAGE =
      new TemplateLanguage() {
        @Override
        public String wireName() {
          return "handlebars";
        }

        @Override
        public TemplateEngine engine(Map<String, PartialSource> partials) {
          return new HandlebarsEngine(partials);
        }
      };

  /**
   * What is known of a partial: how many blocks deep it goes with those it includes, how long the
   * chain is, and why it cannot be used.
   */
  private record Standing(int depth, int chain, Optional<String> refusal) {
    static Standing refused(String reason) {
      return new Standing(0, 0, Optional.of(reason));
    }
  }

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

  private final Map<String, PartialSource> partials;
  private final Map<Escaping, HandlebarsParser> parsers = new EnumMap<>(Escaping.class);
  private final Map<String, SourceCheck.Findings> findings = new HashMap<>();
  private final Map<String, Standing> standings = new HashMap<>();
  private final List<TemplateProblem> problems = new ArrayList<>();

  private HandlebarsEngine(Map<String, PartialSource> partials) {
    this.partials = new LinkedHashMap<>(partials);
    partials.forEach(
        (key, partial) -> {
          findings.put(
              key, SourceCheck.of(PartialSource.field(key), partial.content(), Helpers.names()));
        });
    for (var escaping : Escaping.values()) {
      var sources = new HashMap<String, String>();
      findings.forEach((key, found) -> sources.put(key, OutputPlaces.guarded(found, escaping)));
      parsers.put(escaping, new HandlebarsParser(escaping, Map.copyOf(sources)));
    }
    order().forEach(this::check);
  }

  @Override
  public List<TemplateProblem> problems() {
    return List.copyOf(problems);
  }

  @Override
  public Optional<PartialSource> partial(String key) {
    return Optional.ofNullable(partials.get(key));
  }

  /** A name that cannot be written as a variable's is none that a partial could read. */
  @Override
  public Compiled<Piece> include(String field, String key, Set<String> inputs) {
    String given =
        inputs.stream()
            .filter(NAME.asMatchPredicate())
            .sorted()
            .map(name -> " " + name + "=" + name)
            .collect(Collectors.joining());
    return compile(
        field,
        "{{> " + key + given + "}}",
        partial(key).map(PartialSource::type).map(PartialType::escaping).orElse(Escaping.NONE));
  }

  @Override
  public Set<String> printed(String source) {
    return SourceCheck.of("", source, Helpers.names()).variables();
  }

  @Override
  public Compiled<Piece> compile(String field, String source, Escaping escaping) {
    var findings = SourceCheck.of(field, source, Helpers.names());
    var found = new ArrayList<>(findings.problems());
    for (var inclusion : findings.partials()) {
      refusal(inclusion.key(), findings.depth())
          .or(() -> missing(inclusion))
          .ifPresent(
              reason -> found.add(TemplateProblem.at(field, source, inclusion.start(), reason)));
    }
    if (found.isEmpty()) {
      try {
        return new Compiled.Ready<>(
            parsers.get(escaping).compile(field, OutputPlaces.guarded(findings, escaping)));
      } catch (HandlebarsException e) {
        found.add(parseError(field, e));
      } catch (StackOverflowError e) {
        found.add(TemplateProblem.of(field, "it is nested too deeply"));
      } catch (RuntimeException e) {
        found.add(TemplateProblem.of(field, "it is not a template"));
      }
    }
    return new Compiled.Refused<>(found);
  }

  private static TemplateProblem parseError(String field, HandlebarsException e) {
    var error = e.getError();
    return error == null
        ? TemplateProblem.of(field, "it is not a template")
        : new TemplateProblem(
            field, error.line, error.column + 1, HandlebarsPiece.firstLine(error.reason));
  }

  /** Why a template that nests {@code depth} blocks cannot include that partial; else empty. */
  private Optional<String> refusal(String key, int depth) {
    if (!partials.containsKey(key)) {
      return Optional.of("unknown partial '" + key + "'");
    }
    Standing standing = standings.get(key);
    if (standing.refusal().isEmpty() && depth + standing.depth() > TemplateLimits.NESTING) {
      return Optional.of(
          "blocks are nested more than "
              + TemplateLimits.NESTING
              + " deep with partial '"
              + key
              + "'");
    }
    return standing.refusal();
  }

  /** What the partial reads and the tag does not give it, as it sees nothing else. */
  private Optional<String> missing(SourceCheck.Inclusion inclusion) {
    if (inclusion.whole()) {
      return Optional.empty();
    }
    return findings.get(inclusion.key()).needed().stream()
        .filter(name -> !inclusion.inputs().contains(name))
        .findFirst()
        .map(
            name ->
                "partial '"
                    + inclusion.key()
                    + "' reads '"
                    + name
                    + "', which it is not given; write "
                    + name
                    + "=…, or test it with {{#if "
                    + name
                    + "}} in the partial where it may be missing");
  }

  private void check(String key) {
    PartialSource partial = partials.get(key);
    List<TemplateProblem> found =
        compile(PartialSource.field(key), partial.content(), partial.type().escaping()).problems();
    if (!found.isEmpty() && standings.get(key).refusal().isEmpty()) {
      standings.put(key, Standing.refused("partial '" + key + "' has a problem of its own"));
    }
    problems.addAll(found);
  }

  /**
   * The partials, each after those it includes, so that what is known of these is known in time.
   * Those that are left over include themselves or lead to one that does; they come last.
   */
  private List<String> order() {
    var order = new ArrayList<String>();
    var left = new ArrayList<>(partials.keySet());
    boolean found = true;
    while (found) {
      found = false;
      for (var keys = left.iterator(); keys.hasNext(); ) {
        String key = keys.next();
        if (standings.keySet().containsAll(included(key))) {
          standings.put(key, standing(key));
          order.add(key);
          keys.remove();
          found = true;
        }
      }
    }
    for (String key : left) {
      standings.put(
          key,
          Standing.refused(
              reachesItself(key)
                  ? "partial '" + key + "' includes itself"
                  : "partial '" + key + "' includes one that includes itself"));
    }
    order.addAll(left);
    return order;
  }

  private Standing standing(String key) {
    int depth = 0;
    int chain = 0;
    for (String below : included(key)) {
      depth = Math.max(depth, standings.get(below).depth());
      chain = Math.max(chain, standings.get(below).chain());
    }
    return new Standing(
        findings.get(key).depth() + depth,
        chain + 1,
        chain + 1 > TemplateLimits.PARTIAL_CHAIN
            ? Optional.of(
                "partials include one another more than " + TemplateLimits.PARTIAL_CHAIN + " deep")
            : Optional.empty());
  }

  private boolean reachesItself(String start) {
    var seen = new HashSet<String>();
    var next = new ArrayDeque<>(included(start));
    while (!next.isEmpty()) {
      String key = next.pop();
      if (key.equals(start)) {
        return true;
      }
      if (seen.add(key)) {
        next.addAll(included(key));
      }
    }
    return false;
  }

  /** The partials that this one names, as far as there are such. */
  private Set<String> included(String key) {
    var included = new HashSet<String>();
    for (var inclusion : findings.get(key).partials()) {
      if (partials.containsKey(inclusion.key())) {
        included.add(inclusion.key());
      }
    }
    return included;
  }
}
