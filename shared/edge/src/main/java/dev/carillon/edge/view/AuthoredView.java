package dev.carillon.edge.view;

import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentType;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.json.Json;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;

/** A content as answers show it: what its author wrote, and what is known of it beside that. */
public final class AuthoredView {
  private final Workflows workflows;

  public AuthoredView(Workflows workflows) {
    this.workflows = workflows;
  }

  /**
   * @param version which of its versions this is
   * @param valid whether nothing is wrong with it
   */
  public Json.Obj of(
      EnvironmentEntry environment,
      ContentHead head,
      VersionId version,
      Json.Obj content,
      boolean valid) {
    ContentType type = head.id().type();
    Json.Obj view =
        CompleteContent.of(type, shown(type, content))
            .with("key", head.id().key())
            .with("environment", environment.slug())
            .with("updated_at", Times.of(head.updatedAt()));
    return switch (type) {
      case WORKFLOW ->
          view.with("created_at", Times.of(head.createdAt()))
              .with("sha", version.toString())
              .with("active", Json.of(isActive(environment, head)))
              .with("valid", Json.of(valid));
      case EMAIL_LAYOUT, AUDIENCE ->
          view.with("created_at", Times.of(head.createdAt())).with("sha", version.toString());
      case PARTIAL ->
          view.with("created_at", Times.of(head.createdAt()))
              .with("inserted_at", Times.of(head.createdAt()))
              .with("valid", Json.of(valid));
      case MESSAGE_TYPE ->
          view.with("created_at", Times.of(head.createdAt()))
              .with("sha", version.toString())
              .with("owner", "user")
              .with("archived_at", Json.NULL)
              .with("deleted_at", Json.NULL)
              .with("valid", Json.of(valid));
      case TRANSLATION -> ofTranslation(head, content);
    };
  }

  /**
   * Its file names it: {@code locale_code}, {@code namespace}. Knock's document says {@code
   * inserted_at}, Knock's command line reads {@code created_at}; of partials too.
   */
  public static Json.Obj ofTranslation(ContentHead head, Json.Obj file) {
    return file.with("created_at", Times.of(head.createdAt()))
        .with("inserted_at", Times.of(head.createdAt()))
        .with("updated_at", Times.of(head.updatedAt()));
  }

  /** The language is always said, so that a file says the same wherever it is pushed. */
  private static Json.Obj shown(ContentType type, Json.Obj content) {
    return type.hasTemplates() && content.get("template_language").isEmpty()
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
