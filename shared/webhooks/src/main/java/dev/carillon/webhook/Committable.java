package dev.carillon.webhook;

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
}
