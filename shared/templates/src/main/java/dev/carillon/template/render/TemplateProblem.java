package dev.carillon.template.render;

/**
 * Why a template is refused at load, or why it could not be rendered.
 *
 * @param field the path of the template's field, such as {@code subject}, {@code
 *     visual_blocks[0].content} or {@code partials/card/content}
 * @param line from 1; 0 when the problem has no place in the source
 * @param column from 1; 0 when the problem has no place in the source
 * @param reason one sentence, without values of variables
 */
public record TemplateProblem(String field, int line, int column, String reason) {

  public static TemplateProblem of(String field, String reason) {
    return new TemplateProblem(field, 0, 0, reason);
  }

  public static TemplateProblem at(String field, String source, int offset, String reason) {
    int line = 1;
    int lineStart = 0;
    int end = Math.clamp(offset, 0, source.length());
    for (int i = source.indexOf('\n', 0, end); i >= 0; i = source.indexOf('\n', i + 1, end)) {
      line++;
      lineStart = i + 1;
    }
    return new TemplateProblem(field, line, offset - lineStart + 1, reason);
  }

  /** The reason with its place: {@code line 3, column 7: unknown helper 'shout'}. */
  public String sentence() {
    return line == 0 ? reason : "line " + line + ", column " + column + ": " + reason;
  }
}
