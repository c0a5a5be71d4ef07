package dev.carillon.functions.management.content;

import dev.carillon.content.ContentHead;
import dev.carillon.edge.view.Times;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.json.Json;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;

/** A content as answers show it: what its author wrote, and what is known of it beside that. */
final class AuthoredView {
  private final Workflows workflows;

  AuthoredView(Workflows workflows) {
    this.workflows = workflows;
  }

  /**
   * @param version which of its versions this is
   * @param valid whether nothing is wrong with it
   */
  Json.Obj of(
      ContentKind kind,
      EnvironmentEntry environment,
      ContentHead head,
      VersionId version,
      Json.Obj content,
      boolean valid) {
    Json.Obj view =
        shown(kind, content)
            .with("key", head.id().key())
            .with("environment", environment.slug())
            .with("updated_at", Times.of(head.updatedAt()));
    return switch (kind) {
      case WORKFLOW ->
          view.with("created_at", Times.of(head.createdAt()))
              .with("sha", version.toString())
              .with("active", Json.of(isActive(environment, head)))
              .with("valid", Json.of(valid));
      case EMAIL_LAYOUT, AUDIENCE ->
          view.with("created_at", Times.of(head.createdAt())).with("sha", version.toString());
      case PARTIAL ->
          view.with("inserted_at", Times.of(head.createdAt())).with("valid", Json.of(valid));
      case MESSAGE_TYPE ->
          view.with("created_at", Times.of(head.createdAt()))
              .with("sha", version.toString())
              .with("owner", "user")
              .with("semver", "1.0.0")
              .with("archived_at", Json.NULL)
              .with("deleted_at", Json.NULL)
              .with("valid", Json.of(valid));
    };
  }

  /** The language is always said, so that a file says the same wherever it is pushed. */
  private static Json.Obj shown(ContentKind kind, Json.Obj content) {
    return kind.hasTemplates() && content.get("template_language").isEmpty()
        ? content.with("template_language", "handlebars")
        : content;
  }

  /** A workflow that was never committed is one that nothing switched off. */
  private boolean isActive(EnvironmentEntry environment, ContentHead head) {
    return workflows
        .live(environment.id(), new WorkflowKey(head.id().key()))
        .map(Workflows.Live::active)
        .orElse(true);
  }
}
