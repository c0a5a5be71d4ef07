package dev.carillon.template;

import dev.carillon.template.engine.Compiled;
import dev.carillon.template.engine.Piece;
import dev.carillon.template.engine.TemplateCompiler;
import dev.carillon.template.engine.TemplateEngine;
import dev.carillon.template.render.Escaping;
import dev.carillon.template.render.Lines;
import dev.carillon.template.render.RenderBoundary;
import dev.carillon.template.render.Rendered;
import dev.carillon.template.render.TemplateScope;

/** A compiled text. Immutable; renders any number of times, from any thread. */
public final class TextTemplate {

  enum Kind {
    TEXT,
    LINE,
    JSON
  }

  private final Piece piece;
  private final Kind kind;

  private TextTemplate(Piece piece, Kind kind) {
    this.piece = piece;
    this.kind = kind;
  }

  /** Compiles it; all that is wrong is said at once. */
  public static Compiled<TextTemplate> compile(
      TemplateEngine engine, String field, String source, Kind kind) {
    return compile(
        engine, field, source, kind, kind == Kind.JSON ? Escaping.ofJson(source) : Escaping.NONE);
  }

  /** As {@link #compile(TemplateEngine, String, String, Kind)}, its values escaped in that way. */
  static Compiled<TextTemplate> compile(
      TemplateEngine engine, String field, String source, Escaping escaping) {
    return compile(engine, field, source, Kind.TEXT, escaping);
  }

  private static Compiled<TextTemplate> compile(
      TemplateEngine engine, String field, String source, Kind kind, Escaping escaping) {
    var compiler = new TemplateCompiler(engine);
    var piece = compiler.piece(field, source, escaping);
    return compiler.finish(() -> new TextTemplate(piece, kind));
  }

  /** The text with these variables; the same each time. */
  public Rendered<String> render(TemplateScope scope) {
    return RenderBoundary.render(
        piece.field(),
        scope,
        rendering -> {
          String text = piece.render(rendering);
          return kind == Kind.LINE ? Lines.strict(piece.field(), text) : text;
        });
  }
}
