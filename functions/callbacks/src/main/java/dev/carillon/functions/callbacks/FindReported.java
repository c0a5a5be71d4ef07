package dev.carillon.functions.callbacks;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.MessageId;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.callback.CallbackEvent.Effect;
import dev.carillon.report.EarlyReport;
import dev.carillon.report.ExternalIds;
import java.util.Optional;

/**
 * Which message an event is about: by our id, or, where the provider brings none back, by its own.
 * One that nothing is known of yet is parked for who records that the provider took the message.
 */
final class FindReported {
  private final ExternalIds ids;

  FindReported(ExternalIds ids) {
    this.ids = ids;
  }

  /** Empty when nobody can say, or not yet. */
  Optional<MessageId> of(ReportingChannel from, CallbackEvent event) {
    return event.message().isPresent() || from.reader().bringsOurId()
        ? event.message()
        : event.externalId().flatMap(id -> called(from, id, event));
  }

  private Optional<MessageId> called(ReportingChannel from, String id, CallbackEvent event) {
    Optional<MessageId> known = find(from, id);
    Optional<DeliveryStatus> status = status(event.effect());
    if (known.isPresent() || status.isEmpty()) {
      return known;
    }
    ids.park(
        from.environment(), from.channel().id(), id, new EarlyReport(status.get(), event.reason()));
    // Who recorded it between the look and the parking did not see the report.
    return find(from, id);
  }

  private Optional<MessageId> find(ReportingChannel from, String id) {
    return ids.find(from.environment(), from.channel().id(), id);
  }

  /** Empty when no status comes of it. */
  private static Optional<DeliveryStatus> status(Effect effect) {
    return switch (effect) {
      case Effect.Becomes(var status) -> Optional.of(status);
      case Effect.Dead() -> Optional.of(DeliveryStatus.BOUNCED);
      case Effect.Complained(), Effect.Noted() -> Optional.empty();
    };
  }
}
