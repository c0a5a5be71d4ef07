package dev.carillon.functions.api.workflows;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.workflow.Workflow;
import java.util.List;

/**
 * A workflow as responses show it: its file, and what is known of it beside that. When it was made
 * and changed is not.
 */
final class WorkflowView {
  private static final List<String> OF_THE_FILE =
      List.of(
          "description",
          "categories",
          "tags",
          "conditions",
          "settings",
          "trigger_frequency",
          "trigger_data_json_schema",
          "steps");

  private WorkflowView() {}

  static Json.Obj of(EnvironmentId environment, Workflow workflow, boolean active) {
    var view =
        Json.object()
            .with("key", workflow.key().value())
            .with("name", workflow.name())
            .with("environment", environment.value())
            .with("active", Json.of(active))
            .with("valid", Json.TRUE)
            .with("sha", workflow.version().toString());
    for (var field : OF_THE_FILE) {
      var value = workflow.source().get(field);
      view = value.isPresent() ? view.with(field, value.get()) : view;
    }
    return view;
  }
}
