package dev.carillon.project;

import dev.carillon.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The HTTP interface of a Carillon, as imports call it. */
public interface Api {

  /**
   * @param body JSON, an object for all that answers in one
   */
  record Answer(int status, Json body) {
    private static final int LEAST_REFUSED = 300;

    public boolean ok() {
      return status < LEAST_REFUSED;
    }

    /** The body's fields; none when it is something else. */
    public Json.Obj fields() {
      return body instanceof Json.Obj object ? object : Json.Obj.EMPTY;
    }

    /** Why it was refused: one text for each field, otherwise the whole sentence. */
    public List<String> reasons() {
      List<String> fields =
          fields().list("errors").stream()
              .filter(Json.Obj.class::isInstance)
              .map(Json.Obj.class::cast)
              .map(it -> it.text("field").orElse("") + ": " + it.text("message").orElse(""))
              .toList();
      return fields.isEmpty()
          ? List.of(fields().text("message").orElse("It was answered with " + status + "."))
          : fields;
    }

    String reason() {
      return reasons().stream().collect(Collectors.joining("; "));
    }
  }

  /**
   * Makes one call, once. An answer that refuses is an answer; what gives none throws.
   *
   * @param path from {@code /v1} on, percent-encoded where need be, with its query
   */
  Answer call(String method, String path, Optional<Json.Obj> body);
}
