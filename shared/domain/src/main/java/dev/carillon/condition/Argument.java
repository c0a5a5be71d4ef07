package dev.carillon.condition;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a condition's argument means. A text that begins with a known prefix ({@code data.}, {@code
 * recipient.}, …), or is a path between braces, is a path; any other text that is JSON is what it
 * says ({@code "5"} is a number, {@code "[\"a\"]"} a list); the rest are themselves.
 */
public sealed interface Argument {

  /** As the file gives it; JSON null when it gives none. */
  Json given();

  /** The same for every run. */
  record Fixed(Json given, Json value) implements Argument {}

  /** What the path leads to; the empty text when it leads nowhere. */
  record At(Json given, Path path) implements Argument {}

  /**
   * The two bounds of a range, each read as an argument of its own. The items of any other list,
   * and of a list that a path led to, are themselves.
   */
  record Range(Json given, List<Argument> bounds) implements Argument {
    public Range {
      bounds = List.copyOf(bounds);
    }
  }

  /** The names of statuses, without {@code $message.}; empty when it names none. */
  record Statuses(Json given, List<String> names) implements Argument {
    public Statuses {
      names = List.copyOf(names);
    }
  }

  /** An audience by its key; empty when it names none. */
  record Audience(Json given, String key) implements Argument {}

  /** What the names of statuses begin with in Knock's files. */
  String STATUS_PREFIX = "$message.";

  /**
   * @param roots what a text must begin with to be a path
   */
  static Argument of(Subject subject, Operator operator, Json given, Set<String> roots) {
    if (subject instanceof Subject.Status) {
      return new Statuses(given, statuses(given));
    }
    if (operator.asksForAudience()) {
      return new Audience(given, audience(given));
    }
    return plain(given, roots)
        .orElseGet(
            () -> {
              Json decoded = decoded(given);
              return decoded instanceof Json.Arr(var bounds) && operator.takesRange()
                  ? new Range(given, bounds.stream().map(bound -> bound(bound, roots)).toList())
                  : new Fixed(given, decoded);
            });
  }

  private static Argument bound(Json given, Set<String> roots) {
    return plain(given, roots).orElseGet(() -> new Fixed(given, decoded(given)));
  }

  private static Optional<Argument> plain(Json given, Set<String> roots) {
    if (!(given instanceof Json.Str(var text))) {
      return Optional.empty();
    }
    int dot = text.indexOf('.');
    return dot > 0 && roots.contains(text.substring(0, dot))
        ? Optional.of(new At(given, Path.of(text)))
        : Path.braced(text).map(path -> new At(given, path));
  }

  private static Json decoded(Json given) {
    return given instanceof Json.Str(var text) ? JsonLiteral.parse(text).orElse(given) : given;
  }

  /** The names the argument means: {@code $message.seen} or {@code seen}, one or a list. */
  private static List<String> statuses(Json given) {
    if (given instanceof Json.Arr(var items)) {
      return items.stream().flatMap(item -> statuses(item).stream()).toList();
    }
    if (!(given instanceof Json.Str(var text))) {
      return List.of();
    }
    if (text.startsWith("[")) {
      return JsonLiteral.parse(text).map(Argument::statuses).orElse(List.of());
    }
    return List.of(text.startsWith(STATUS_PREFIX) ? text.substring(STATUS_PREFIX.length()) : text);
  }

  /** A key, bare or as JSON, or an object that holds it; {@code 2024} is a key, not a number. */
  private static String audience(Json given) {
    return switch (given) {
      case Json.Obj object -> object.text("audience_key").orElse("");
      case Json.Str(var text) when text.startsWith("\"") || text.startsWith("{") ->
          JsonLiteral.parse(text)
              .map(it -> it instanceof Json.Str(var key) ? key : audience(it))
              .orElse("");
      case Json.Str(var text) -> text;
      case Json.Arr _, Json.Num _, Json.Bool _, Json.Null _ -> "";
    };
  }

  /** What it comes to. */
  default Json in(Facts facts) {
    return switch (this) {
      case Fixed(_, var value) -> value;
      case At(_, var path) -> facts.at(path).orElse(Json.of(""));
      case Range(_, var bounds) ->
          Json.array(bounds.stream().map(bound -> bound.in(facts)).toList());
      case Statuses(var given, _) -> given;
      case Audience(_, var key) -> Json.of(key);
    };
  }

  /**
   * It as a text, for what looks into texts: a text of the file as it stands there, {@code 007} or
   * {@code 1.0}, and not as the number that it also is.
   *
   * @param value what it comes to
   */
  default String spelling(Json value) {
    return this instanceof Fixed(Json.Str(var text), var decoded) && !(decoded instanceof Json.Str)
        ? text
        : Comparison.spelled(value);
  }

  /** What a log shows of it when nobody asked: a path is not followed. */
  default Json unasked() {
    return this instanceof Fixed(_, var value) ? value : given();
  }

  /** Whether it comes to a secret, or holds one. */
  default boolean isSecret(Facts facts) {
    return paths().anyMatch(facts::isSecret);
  }

  /** The paths in it. */
  default Stream<Path> paths() {
    return switch (this) {
      case At(_, var path) -> Stream.of(path);
      case Range(_, var bounds) -> bounds.stream().flatMap(Argument::paths);
      case Fixed _, Statuses _, Audience _ -> Stream.empty();
    };
  }
}
