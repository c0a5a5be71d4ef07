package dev.carillon.edge;

import dev.carillon.json.Json;
import java.util.List;

/**
 * A request that is answered with an {@link ErrorCode}. Thrown by what reads or handles the
 * request, caught in {@link dev.carillon.edge.route.Router} and nowhere else.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param path as the client wrote it: {@code recipients[3].id}
   * @param sentence for the client; must not quote what other clients sent
   */
  public record Field(String path, String sentence) {}

  private final ErrorCode problem;
  private final String sentence;
  private final transient List<Field> fields;

  public ApiException(ErrorCode problem, List<Field> fields) {
    this(problem, problem.sentence(), fields);
  }

  ApiException(ErrorCode problem, String sentence, List<Field> fields) {
    // Part of normal traffic: no stack.
    super(problem.code(), null, false, false);
    this.problem = problem;
    this.sentence = sentence;
    this.fields = List.copyOf(fields);
  }

  public ErrorCode problem() {
    return problem;
  }

  /** For the client. */
  public String sentence() {
    return sentence;
  }

  public List<Field> fields() {
    return fields;
  }

  /** The answer in the published shape. */
  public HttpResponse response() {
    var body =
        Json.object()
            .with("code", problem.code())
            .with("message", sentence)
            .with("status", Json.of(problem.status()))
            .with("type", problem.type());
    return HttpResponse.of(
        problem.status(),
        fields.isEmpty()
            ? body
            : body.with("errors", Json.array(fields.stream().map(ApiException::json).toList())));
  }

  private static Json json(Field field) {
    return Json.object()
        .with("field", field.path())
        .with("message", field.sentence())
        .with("type", Json.NULL);
  }
}
