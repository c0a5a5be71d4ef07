package dev.carillon.local.launch;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Talks to the {@code operator} function: makes environments, keys and channels, and pushes
 * workflows. All of it may be done again: what is there already stays.
 */
final class OperatorClient {
  private final Operator operator;

  /** Invokes the function with an event and returns what it answered, here or in AWS. */
  @FunctionalInterface
  interface Operator {
    /**
     * @throws IllegalStateException when the function failed; the message says how
     */
    byte[] invoke(byte[] event);
  }

  /** A workflow that was taken, in this version. */
  record Accepted(String workflow, String version) {}

  /** Why a workflow was not taken, as exactly as can be said. */
  record Refused(String workflow, Optional<String> file, Optional<String> step, String reason) {

    /** One line for the terminal. */
    String line() {
      var where =
          Stream.of(
              Optional.of(workflow).filter(key -> !key.isEmpty()),
              file.map(name -> "file " + name),
              step.map(ref -> "step " + ref));
      return "refused "
          + where.flatMap(Optional::stream).collect(Collectors.joining(", "))
          + ": "
          + reason;
    }
  }

  record Pushed(List<Accepted> accepted, List<Refused> refused) {
    Pushed {
      accepted = List.copyOf(accepted);
      refused = List.copyOf(refused);
    }
  }

  OperatorClient(Operator operator) {
    this.operator = operator;
  }

  /**
   * Makes what {@code what} lists: {@code environment}, {@code keys}, {@code channels}.
   *
   * @throws IllegalStateException when the function refuses it
   */
  Json.Obj seed(Json.Obj what) {
    return ask(Json.object().with("action", "seed").merged(what));
  }

  /** Sets what a channel's provider calls secret, in the place of what it was. */
  void credentials(String environment, String channel, Json credentials) {
    ask(
        Json.object()
            .with("action", "channel_credentials")
            .with("environment", environment)
            .with("channel", channel)
            .with("credentials", credentials));
  }

  /**
   * Pushes all files of a project.
   *
   * @param files from path below the project's root, {@code workflows/a/workflow.json}, to content
   * @param variables values that stand in no file, by name
   */
  Pushed push(String environment, Map<String, String> files, Json.Obj variables) {
    var contents = new LinkedHashMap<String, Json>();
    files.forEach((path, text) -> contents.put(path, Json.of(text)));
    var answer =
        ask(
            Json.object()
                .with("action", "push")
                .with("environment", environment)
                .with("files", new Json.Obj(contents))
                .with("variables", variables));
    var accepted = new ArrayList<Accepted>();
    for (var item : answer.list("accepted")) {
      if (item instanceof Json.Obj one) {
        accepted.add(new Accepted(one.text("workflow").orElse(""), one.text("version").orElse("")));
      }
    }
    var refused = new ArrayList<Refused>();
    for (var item : answer.list("refused")) {
      if (item instanceof Json.Obj one) {
        refused.add(
            new Refused(
                one.text("workflow").orElse(""),
                one.text("file"),
                one.text("step"),
                one.text("reason").orElse("")));
      }
    }
    return new Pushed(accepted, refused);
  }

  /**
   * Any action of the function.
   *
   * @throws IllegalStateException when the function refuses it
   */
  Json.Obj ask(Json.Obj event) {
    var answer = JsonText.parse(operator.invoke(JsonText.bytes(event)));
    if (answer instanceof Json.Obj object && object.get("error").isEmpty()) {
      return object;
    }
    throw new IllegalStateException("The operator function answered " + JsonText.write(answer));
  }
}
