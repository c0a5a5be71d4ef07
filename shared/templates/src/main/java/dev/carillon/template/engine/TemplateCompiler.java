package dev.carillon.template.engine;

import dev.carillon.json.Json;
import dev.carillon.template.render.Escaping;
import dev.carillon.template.render.TemplateProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Compiles the fields of one template and gathers what is wrong with them. */
public final class TemplateCompiler {
  private static final String NOT_TEXT = "it must be a text";

  private final TemplateEngine engine;
  private final List<TemplateProblem> problems = new ArrayList<>();

  public TemplateCompiler(TemplateEngine engine) {
    this.engine = engine;
  }

  public TemplateEngine engine() {
    return engine;
  }

  /** The template, unless a problem turned up on the way. */
  public <T> Compiled<T> finish(Supplier<T> template) {
    return problems.isEmpty()
        ? new Compiled.Ready<>(template.get())
        : new Compiled.Refused<>(problems);
  }

  public void refuse(String field, String reason) {
    problems.add(TemplateProblem.of(field, reason));
  }

  public void refuse(List<TemplateProblem> found) {
    problems.addAll(found);
  }

  /** A piece that must not be rendered when a problem was found. */
  public Piece piece(String field, String source, Escaping escaping) {
    return accepted(field, engine.compile(field, source, escaping));
  }

  /** The partial of that key as a piece; see {@link TemplateEngine#include}. */
  public Piece include(String field, String key, Set<String> inputs) {
    return accepted(field, engine.include(field, key, inputs));
  }

  /** A text that is handed to a partial; see {@link TemplateEngine#input}. */
  public Piece input(String field, String source, PartialInput.Kind kind) {
    return accepted(field, engine.input(field, source, kind));
  }

  private Piece accepted(String field, Compiled<Piece> compiled) {
    return switch (compiled) {
      case Compiled.Ready<Piece>(var piece) -> piece;
      case Compiled.Refused<Piece>(var found) -> {
        problems.addAll(found);
        yield Piece.nothing(field);
      }
    };
  }

  /** The piece of a text under {@code key}; empty when there is none or it is null. */
  public Optional<Piece> optional(Json.Obj template, String path, String key, Escaping escaping) {
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
  public Piece required(Json.Obj template, String path, String key, Escaping escaping) {
    boolean absent = template.get(key).orElse(Json.NULL) instanceof Json.Null;
    if (absent) {
      refuse(path + key, "it is missing");
    }
    return optional(template, path, key, escaping).orElseGet(() -> Piece.nothing(path + key));
  }

  /** The objects of the list under {@code key}; each item that is something else is a problem. */
  public List<Json.Obj> objects(Json.Obj template, String path, String key) {
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
