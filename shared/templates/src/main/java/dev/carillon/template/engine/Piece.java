package dev.carillon.template.engine;

import dev.carillon.template.render.Rendering;
import java.util.Map;

/** One compiled template field, in whatever language. Immutable, for any number of threads. */
public interface Piece {

  /** The path of the field, as problems name it. */
  String field();

  /**
   * The output, with {@code extra} laid over the variables.
   *
   * @throws Unrenderable when it cannot be rendered, or not within the limits
   */
  String render(Rendering rendering, Map<String, Object> extra);

  default String render(Rendering rendering) {
    return render(rendering, Map.of());
  }

  /** A piece that comes to nothing, in place of one that was refused. */
  static Piece nothing(String field) {
    return new Piece() {
      @Override
      public String field() {
        return field;
      }

      @Override
      public String render(Rendering rendering, Map<String, Object> extra) {
        return "";
      }
    };
  }
}
