package dev.carillon.webhook;

import java.time.Instant;

/** Which of an endpoint's events somebody wants to be sent again. */
public sealed interface Replay {
  /** When it was asked for. What ended since then may have been sent again for it already. */
  Instant asked();

  /** All that happened from then on, taken or not: for a receiver that lost what it took. */
  record EverythingSince(Instant start, Instant asked) implements Replay {}

  /** Those that were dropped of what happened from then on: for one that was away. */
  record DroppedSince(Instant start, Instant asked) implements Replay {}

  /** Whether it is to be sent again. What is still to be tried needs no replay. */
  default boolean selects(WebhookDelivery delivery) {
    return switch (delivery.state()) {
      case WebhookDelivery.State.Pending _ -> false;
      case WebhookDelivery.State.Taken(var at) ->
          this instanceof EverythingSince && selects(delivery, at);
      case WebhookDelivery.State.Dropped(var at) -> selects(delivery, at);
    };
  }

  private boolean selects(WebhookDelivery delivery, Instant ended) {
    Instant start =
        switch (this) {
          case EverythingSince(var since, var _) -> since;
          case DroppedSince(var since, var _) -> since;
        };
    return !delivery.event().at().isBefore(start) && ended.isBefore(asked());
  }
}
