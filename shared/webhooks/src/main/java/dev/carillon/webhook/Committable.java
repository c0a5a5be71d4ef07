package dev.carillon.webhook;

import dev.carillon.content.ContentType;
import dev.carillon.workflow.WorkflowKey;
import java.util.Optional;

/** What can be changed and committed, and the events that tell of it. */
public enum Committable {
  WORKFLOW(WebhookEventType.WORKFLOW_UPDATED, WebhookEventType.WORKFLOW_COMMITTED),
  EMAIL_LAYOUT(WebhookEventType.EMAIL_LAYOUT_UPDATED, WebhookEventType.EMAIL_LAYOUT_COMMITTED),
  TRANSLATION(WebhookEventType.TRANSLATION_UPDATED, WebhookEventType.TRANSLATION_COMMITTED),
  PARTIAL(WebhookEventType.PARTIAL_UPDATED, WebhookEventType.PARTIAL_COMMITTED),
  SOURCE_EVENT_ACTION(
      WebhookEventType.SOURCE_EVENT_ACTION_UPDATED, WebhookEventType.SOURCE_EVENT_ACTION_COMMITTED);

  private final WebhookEventType updated;
  private final WebhookEventType committed;

  Committable(WebhookEventType updated, WebhookEventType committed) {
    this.updated = updated;
    this.committed = committed;
  }

  public WebhookEventType updated() {
    return updated;
  }

  public WebhookEventType committed() {
    return committed;
  }

  /** What filters ask of its events: a workflow's pass those by workflow. */
  public WebhookSubject subject(String key) {
    return switch (this) {
      case WORKFLOW ->
          new WebhookSubject(Optional.of(new WorkflowKey(key)), Optional.empty(), Optional.empty());
      case EMAIL_LAYOUT, TRANSLATION, PARTIAL, SOURCE_EVENT_ACTION -> WebhookSubject.NONE;
    };
  }

  /** Empty for those whose commits are told to nobody (Knock's catalogue). */
  public static Optional<Committable> of(ContentType type) {
    return switch (type) {
      case WORKFLOW -> Optional.of(WORKFLOW);
      case EMAIL_LAYOUT -> Optional.of(EMAIL_LAYOUT);
      case TRANSLATION -> Optional.of(TRANSLATION);
      case PARTIAL -> Optional.of(PARTIAL);
      case MESSAGE_TYPE, AUDIENCE -> Optional.empty();
    };
  }
}
