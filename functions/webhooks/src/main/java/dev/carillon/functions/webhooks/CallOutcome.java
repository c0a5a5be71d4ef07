package dev.carillon.functions.webhooks;

import dev.carillon.webhook.WebhookDelivery;
import dev.carillon.webhook.WebhookTry;

/** What came of a task, for the log. */
sealed interface CallOutcome {
  /** The endpoint was called; the delivery stands as recorded. */
  record Called(WebhookDelivery delivery, WebhookTry made) implements CallOutcome {}

  /** The endpoint is called no more, so the event was given up. */
  record Dropped(WebhookDelivery delivery) implements CallOutcome {}

  /** It is not time: the task, or the one after it, was enqueued for later. */
  record Later() implements CallOutcome {}

  /** There is nothing left to do for this task. */
  record Past() implements CallOutcome {}
}
