package dev.carillon.functions.callbacks;

import dev.carillon.event.ChangeMessage;
import dev.carillon.message.DeliveryStatus;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Records what a provider says became of a message. Events come twice and in any order: a status is
 * entered only where it may follow the present one, so that the last word does not depend on the
 * order they came in. What was recorded is told to the runs that wait for it.
 */
final class RecordStatus {
  private final ChangeMessage change;
  private final InstantSource clock;

  RecordStatus(ChangeMessage change, InstantSource clock) {
    this.change = change;
    this.clock = clock;
  }

  /** What came of an event, for the log. */
  enum Result {
    RECORDED,
    /** The message stands there or past it already. */
    NOTHING_NEW,
    /** The event means no status. */
    NO_STATUS,
    UNKNOWN_MESSAGE
  }

  Result handle(SesEvent event) {
    Optional<DeliveryStatus> status = event.status();
    if (status.isEmpty()) {
      return Result.NO_STATUS;
    }
    var recorded =
        change.change(
            event.environment(),
            event.message(),
            message -> message.become(status.get(), event.details(), clock.instant()));
    return switch (recorded) {
      case ChangeMessage.Result.Saved _ -> Result.RECORDED;
      case ChangeMessage.Result.Missing() -> Result.UNKNOWN_MESSAGE;
      case ChangeMessage.Result.Unchanged(var message) -> {
        // The worker that recorded it may have died before it was published.
        change.publishAgain(message, status.get().wireName()::equals);
        yield Result.NOTHING_NEW;
      }
      case ChangeMessage.Result.Contended() ->
          throw new IllegalStateException("Message " + event.message() + " keeps changing");
    };
  }
}
