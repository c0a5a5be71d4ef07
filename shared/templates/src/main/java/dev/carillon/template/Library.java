package dev.carillon.template;

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

/** The partials of an environment, checked one by one and against one another. */
final class Library {

  enum PartialType {
    HTML,
    TEXT,
    MARKDOWN,
    JSON;

    Escaping escaping() {
      return switch (this) {
        case HTML -> Escaping.HTML;
        case TEXT -> Escaping.NONE;
        case MARKDOWN -> Escaping.MARKDOWN;
        case JSON -> Escaping.JSON;
      };
    }
  }

  record Partial(PartialType type, String content) {}

  /**
   * What is known of a partial: how many blocks deep it goes with those it includes, how long the
   * chain is, and why it cannot be used.
   */
  private record Standing(int depth, int chain, Optional<String> refusal) {
    static Standing refused(String reason) {
      return new Standing(0, 0, Optional.of(reason));
    }
  }

  private final Map<String, Partial> partials;
  private final Map<Escaping, Engine> engines = new EnumMap<>(Escaping.class);
  private final Map<String, SourceCheck.Findings> findings = new HashMap<>();
  private final Map<String, Standing> standings = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Styles styles = new Styles();

  Library(Map<String, Partial> partials) {
    this.partials = new LinkedHashMap<>(partials);
    partials.forEach(
        (key, partial) -> {
          findings.put(key, SourceCheck.of(field(key), partial.content(), Helpers.names()));
          styles.prepare(partial.content());
        });
    var sources = new HashMap<String, String>();
    findings.forEach((key, found) -> sources.put(key, found.source()));
    for (var escaping : Escaping.values()) {
      engines.put(escaping, new Engine(escaping, Map.copyOf(sources)));
    }
    order().forEach(this::check);
  }

  /** The problems of all partials. */
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  Optional<Partial> partial(String key) {
    return Optional.ofNullable(partials.get(key));
  }

  Engine engine(Escaping escaping) {
    return engines.get(escaping);
  }

  /** Style sheets that stand in partials, parsed once. */
  Styles styles() {
    return styles;
  }

  /** Why a template that nests {@code depth} blocks cannot include that partial; else empty. */
  Optional<String> refusal(String key, int depth) {
    if (!partials.containsKey(key)) {
      return Optional.of("unknown partial '" + key + "'");
    }
    Standing standing = standings.get(key);
    if (standing.refusal().isEmpty() && depth + standing.depth() > Limits.NESTING) {
      return Optional.of(
          "blocks are nested more than " + Limits.NESTING + " deep with partial '" + key + "'");
    }
    return standing.refusal();
  }

  private void check(String key) {
    var compiler = new Compiler(this);
    Partial partial = partials.get(key);
    compiler.piece(field(key), partial.content(), partial.type().escaping());
    List<Problem> found = compiler.<Boolean>finish(() -> true).problems();
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
        chain + 1 > Limits.PARTIAL_CHAIN
            ? Optional.of(
                "partials include one another more than " + Limits.PARTIAL_CHAIN + " deep")
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

  static String field(String key) {
    return "partials/" + key + "/content";
  }
}
