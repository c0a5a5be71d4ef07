package dev.carillon.project;

import dev.carillon.json.Json;
import java.util.Optional;

/**
 * Why something in a project was not taken.
 *
 * @param workflow the key of the workflow it is in; empty for layouts, partials and variables
 * @param file the path of the file to look at, as it was pushed
 * @param step the ref of the step it is in; empty when it concerns the whole file
 * @param reason one sentence for the author of the file
 */
public record Finding(
    Optional<String> workflow, String file, Optional<String> step, String reason) {
  public static final String NOT_A_KEY =
      "The name of the directory must be 1 to 255 of a-z 0-9 _ -.";

  public static final String ARCHIVED =
      "This workflow is archived, for good: give the directory another name.";

  /** About a file that belongs to no workflow. */
  public static Finding inFile(String file, String reason) {
    return new Finding(Optional.empty(), file, Optional.empty(), reason);
  }

  public Finding ofWorkflow(String key) {
    return new Finding(Optional.of(key), file, step, reason);
  }

  public Json json() {
    return Json.object()
        .with("workflow", Json.ofNullable(workflow))
        .with("file", file)
        .with("step", Json.ofNullable(step))
        .with("reason", reason);
  }
}
