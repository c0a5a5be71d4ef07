package dev.carillon.template;

import com.github.jknack.handlebars.HandlebarsException;
import com.github.jknack.handlebars.Template;
import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Compiles the fields of one template and gathers what is wrong with them. */
final class Compiler {
  private static final String NOT_TEXT = "it must be a text";

  private final Library library;
  private final List<Problem> problems = new ArrayList<>();

  Compiler(Library library) {
    this.library = library;
  }

  Library library() {
    return library;
  }

  /** The template, unless a problem turned up on the way. */
  <T> Compiled<T> finish(Supplier<T> template) {
    return problems.isEmpty()
        ? new Compiled.Ready<>(template.get())
        : new Compiled.Refused<>(problems);
  }

  void refuse(String field, String reason) {
    problems.add(Problem.of(field, reason));
  }

  void refuse(List<Problem> found) {
    problems.addAll(found);
  }

  /** A piece that must not be rendered when a problem was found. */
  Piece piece(String field, String source, Escaping escaping) {
    var findings = SourceCheck.of(field, source, Helpers.names());
    var found = new ArrayList<>(findings.problems());
    for (var inclusion : findings.partials()) {
      library
          .refusal(inclusion.key(), findings.depth())
          .ifPresent(reason -> found.add(Problem.at(field, source, inclusion.offset(), reason)));
    }
    if (found.isEmpty()) {
      try {
        return library.engine(escaping).compile(field, findings.source());
      } catch (HandlebarsException e) {
        found.add(parseError(field, e));
      } catch (StackOverflowError e) {
        found.add(Problem.of(field, "it is nested too deeply"));
      } catch (RuntimeException e) {
        found.add(Problem.of(field, "it is not a template"));
      }
    }
    problems.addAll(found);
    return new Piece(field, Template.EMPTY);
  }

  private static Problem parseError(String field, HandlebarsException e) {
    var error = e.getError();
    return error == null
        ? Problem.of(field, "it is not a template")
        : new Problem(field, error.line, error.column + 1, Piece.firstLine(error.reason));
  }

  /** The piece of a text under {@code key}; empty when there is none or it is null. */
  Optional<Piece> optional(Json.Obj template, String path, String key, Escaping escaping) {
    return switch (template.fields().get(key)) {
      case null -> Optional.empty();
      case Json.Null() -> Optional.empty();
      case Json.Str(var source) -> Optional.of(piece(path + key, source, escaping));
      default -> {
        refuse(path + key, NOT_TEXT);
        yield Optional.empty();
      }
    };
  }

  /** The piece of a text that must be there. */
  Piece required(Json.Obj template, String path, String key, Escaping escaping) {
    boolean absent = template.get(key).orElse(Json.NULL) instanceof Json.Null;
    if (absent) {
      refuse(path + key, "it is missing");
    }
    return optional(template, path, key, escaping)
        .orElseGet(() -> new Piece(path + key, Template.EMPTY));
  }

  /** The objects of the list under {@code key}; each item that is something else is a problem. */
  List<Json.Obj> objects(Json.Obj template, String path, String key) {
    var objects = new ArrayList<Json.Obj>();
    switch (template.get(key).orElse(Json.NULL)) {
      case Json.Null() -> {}
      case Json.Arr(var items) -> {
        for (int i = 0; i < items.size(); i++) {
          if (items.get(i) instanceof Json.Obj object) {
            objects.add(object);
          } else {
            refuse(path + key + "[" + i + "]", "it must be an object");
          }
        }
      }
      default -> refuse(path + key, "it must be a list");
    }
    return objects;
  }
}
