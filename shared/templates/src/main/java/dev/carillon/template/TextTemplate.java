package dev.carillon.template;

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

  static Compiled<TextTemplate> compile(Library library, String field, String source, Kind kind) {
    var compiler = new Compiler(library);
    var escaping = kind == Kind.JSON ? Escaping.ofJson(source) : Escaping.NONE;
    var piece = compiler.piece(field, source, escaping);
    return compiler.finish(() -> new TextTemplate(piece, kind));
  }

  /** The text with these variables; the same each time. */
  public Rendered<String> render(Scope scope) {
    return Boundary.render(
        piece.field(),
        () -> {
          String text = piece.render(new Rendering(scope));
          return kind == Kind.LINE ? Lines.strict(piece.field(), text) : text;
        });
  }
}
