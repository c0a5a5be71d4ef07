package dev.carillon.webhook;

import java.time.Instant;

/** Which of an endpoint's events somebody wants to be sent again. */
public sealed interface Replay {

  /** This one, whatever became of it. */
  record OfEvent(String id) implements Replay {}

  /** All that happened from then on, taken or not: for a receiver that lost what it took. */
  record EverythingSince(Instant start) implements Replay {}

  /** Those that were dropped of what happened from then on: for one that was away. */
  record DroppedSince(Instant start) implements Replay {}

  /** Whether it is to be sent again. What is still to be tried needs no replay. */
  default boolean selects(WebhookDelivery delivery) {
    if (delivery.due().isPresent()) {
      return false;
    }
    WebhookEvent event = delivery.event();
    return switch (this) {
      case OfEvent(var id) -> event.id().equals(id);
      case EverythingSince(var start) -> !event.at().isBefore(start);
      case DroppedSince(var start) ->
          !event.at().isBefore(start) && delivery.state() instanceof WebhookDelivery.State.Dropped;
    };
  }
}
