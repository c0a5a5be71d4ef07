package dev.carillon.functions.management.workflows;

import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentType;
import dev.carillon.edge.view.CompleteContent;
import dev.carillon.edge.view.Times;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.json.Json;
import dev.carillon.workflow.Workflow;
import java.util.List;
import java.util.Optional;

/**
 * A workflow that serves, as the answer to switching it shows it: its file, and what is known of it
 * beside that. When it was made and changed is known unless it was last pushed to an earlier
 * version of this software.
 */
final class ServingView {
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

  private ServingView() {}

  static Json.Obj of(
      EnvironmentEntry environment, Workflow workflow, boolean active, Optional<ContentHead> head) {
    var view =
        Json.object()
            .with("key", workflow.key().value())
            .with("name", workflow.name())
            .with("environment", environment.slug())
            .with("active", Json.of(active))
            .with("valid", Json.TRUE)
            .with("sha", workflow.version().toString());
    Json.Obj source = CompleteContent.of(ContentType.WORKFLOW, workflow.source());
    for (var field : OF_THE_FILE) {
      var value = source.get(field);
      view = value.isPresent() ? view.with(field, value.get()) : view;
    }
    if (head.isPresent()) {
      view =
          view.with("created_at", Times.of(head.get().createdAt()))
              .with("updated_at", Times.of(head.get().updatedAt()));
    }
    return view;
  }
}
