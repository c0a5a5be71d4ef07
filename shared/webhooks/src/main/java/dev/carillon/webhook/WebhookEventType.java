package dev.carillon.webhook;

import dev.carillon.task.WebhooksTask;
import java.util.Arrays;
import java.util.Optional;

/** What endpoints can hear of, by the name that it bears in payloads, headers and filters. */
public enum WebhookEventType {
  MESSAGE_SENT("message.sent"),
  MESSAGE_DELIVERED("message.delivered"),
  MESSAGE_DELIVERY_ATTEMPTED("message.delivery_attempted"),
  MESSAGE_UNDELIVERED("message.undelivered"),
  MESSAGE_BOUNCED("message.bounced"),
  MESSAGE_SEEN("message.seen"),
  MESSAGE_UNSEEN("message.unseen"),
  MESSAGE_READ("message.read"),
  MESSAGE_UNREAD("message.unread"),
  MESSAGE_ARCHIVED("message.archived"),
  MESSAGE_UNARCHIVED("message.unarchived"),
  MESSAGE_INTERACTED("message.interacted"),
  MESSAGE_LINK_CLICKED("message.link_clicked"),
  RUN_STARTED("workflow_recipient_run.started"),
  RUN_COMPLETED("workflow_recipient_run.completed"),
  RUN_ERROR("workflow_recipient_run.error"),
  WORKFLOW_UPDATED("workflow.updated"),
  WORKFLOW_COMMITTED("workflow.committed"),
  EMAIL_LAYOUT_UPDATED("email_layout.updated"),
  EMAIL_LAYOUT_COMMITTED("email_layout.committed"),
  TRANSLATION_UPDATED("translation.updated"),
  TRANSLATION_COMMITTED("translation.committed"),
  PARTIAL_UPDATED("partial.updated"),
  PARTIAL_COMMITTED("partial.committed"),
  SOURCE_EVENT_ACTION_UPDATED("source_event_action.updated"),
  SOURCE_EVENT_ACTION_COMMITTED("source_event_action.committed"),
  /** The second product's. */
  EMAIL_OPENED("email.opened"),
  /** The second product's. */
  EMAIL_CLICKED("email.clicked"),
  /** Ours: an endpoint was given up; told to the environment's other endpoints. */
  ENDPOINT_DISABLED("webhook_endpoint.disabled"),
  /** Ours: somebody wants to see whether it arrives. No filter holds it back. */
  TEST("webhook.test");

  private static final String MESSAGE = "message.";

  private final String wireName;

  WebhookEventType(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /** Empty when there is no such type. */
  public static Optional<WebhookEventType> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }

  /** What endpoints hear of a run that changed so. */
  public static WebhookEventType of(WebhooksTask.RunChange change) {
    return switch (change) {
      case STARTED -> RUN_STARTED;
      case COMPLETED -> RUN_COMPLETED;
      case ERROR -> RUN_ERROR;
    };
  }

  /**
   * What endpoints hear of a mail, in the second product's words, when its pixel or a link of it
   * told an event of its timeline; empty for any other event.
   */
  public static Optional<WebhookEventType> ofTrackedMail(String type) {
    return switch (type) {
      case "read" -> Optional.of(EMAIL_OPENED);
      case "link_clicked" -> Optional.of(EMAIL_CLICKED);
      default -> Optional.empty();
    };
  }

  /**
   * What endpoints hear of an event in a message's timeline; empty when they do not: {@code
   * created}, {@code queued} and {@code not_sent} are none of theirs (Knock's list), nor is what
   * machines did.
   *
   * @param type as the timeline has it, without the prefix
   */
  public static Optional<WebhookEventType> ofMessageEvent(String type) {
    return named(MESSAGE + type);
  }
}
