package dev.carillon.project.knock;

import dev.carillon.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * One thing in a Knock repository, with the texts of its files read in.
 *
 * @param file the file that describes it
 * @param namespace of translations only
 */
record KnockResource(
    Kind kind, String key, Optional<String> namespace, String file, Json.Obj content) {

  /** In the order in which they are saved: what is used comes before what uses it. */
  enum Kind {
    PARTIAL("partials", "partial.json", "partials", "partial", "partial"),
    LAYOUT("layouts", "layout.json", "email_layouts", "email_layout", "layout"),
    TRANSLATION("translations", "", "translations", "translation", "translation"),
    MESSAGE_TYPE(
        "message-types", "message_type.json", "message_types", "message_type", "message type"),
    AUDIENCE("audiences", "audience.json", "audiences", "audience", "audience"),
    WORKFLOW("workflows", "workflow.json", "workflows", "workflow", "workflow");

    private final String directory;
    private final String head;
    private final String path;
    private final String wrapper;
    private final String word;

    Kind(String directory, String head, String path, String wrapper, String word) {
      this.directory = directory;
      this.head = head;
      this.path = path;
      this.wrapper = wrapper;
      this.word = word;
    }

    String directory() {
      return directory;
    }

    /** The file that describes one; empty where files are not told apart so. */
    String head() {
      return head;
    }

    /** {@code /v1/workflows/} */
    String path() {
      return "/v1/" + path + "/";
    }

    /** The field of a body that holds one. */
    String wrapper() {
      return wrapper;
    }
  }

  /** {@code workflow welcome} */
  String name() {
    return kind.word + " " + namespace.map(it -> it + ".").orElse("") + key;
  }

  /** The steps of a workflow, those in branches included. */
  List<Json.Obj> steps() {
    return kind == Kind.WORKFLOW ? steps(content) : List.of();
  }

  private static List<Json.Obj> steps(Json.Obj holder) {
    return holder.list("steps").stream()
        .filter(Json.Obj.class::isInstance)
        .map(Json.Obj.class::cast)
        .<Json.Obj>mapMulti(
            (step, out) -> {
              out.accept(step);
              step.list("branches").stream()
                  .filter(Json.Obj.class::isInstance)
                  .forEach(branch -> steps((Json.Obj) branch).forEach(out));
            })
        .toList();
  }
}
