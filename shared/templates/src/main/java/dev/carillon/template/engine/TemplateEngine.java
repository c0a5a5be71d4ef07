package dev.carillon.template.engine;

import dev.carillon.template.render.Escaping;
import dev.carillon.template.render.TemplateProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One template language over the partials of one environment: all that emails, feeds and requests
 * know of how their texts are written. Immutable; any number of threads may compile at once.
 */
public interface TemplateEngine {

  /**
   * Compiles one field.
   *
   * @param field its path, as problems name it
   * @param escaping what happens to the values that it prints
   * @return the piece, or all that is wrong with the source; never throws for what it holds
   */
  Compiled<Piece> compile(String field, String source, Escaping escaping);

  /** The partial of that key; empty when there is none. */
  Optional<PartialSource> partial(String key);

  /**
   * The partial of that key as a piece of its own, escaped by its type. Refused when there is none
   * or it has a problem.
   *
   * @param inputs the names of those variables that it is rendered with and that are meant for it,
   *     which is all that it sees
   */
  Compiled<Piece> include(String field, String key, Set<String> inputs);

  /**
   * Compiles a text that is handed to a partial. One that is nothing but a value comes to that
   * value's JSON where the kind asks for more than a text, in a language that partials read so.
   */
  default Compiled<Piece> input(String field, String source, PartialInput.Kind kind) {
    return compile(field, source, Escaping.NONE);
  }

  /** The names of the variables that the source prints as they are, such as {@code content}. */
  Set<String> printed(String source);

  /** The problems of all partials, whether or not a template names them. */
  List<TemplateProblem> problems();
}
