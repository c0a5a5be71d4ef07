package dev.carillon.functions.engage;

import dev.carillon.channel.ChannelType;
import dev.carillon.event.ChangeMessage;
import dev.carillon.message.Message;
import dev.carillon.tracking.Engage;
import dev.carillon.tracking.TrackingEvent;
import dev.carillon.tracking.TrackingEvents;
import dev.carillon.trigger.TraceContext;
import java.util.Optional;

/**
 * Records a click or an open with its message: timeline, engagement and totals in one write, told
 * to who waits for it after. What arrives twice is found in the timeline and recorded once. Of mail
 * the whole event is kept beside the message, under its own id.
 */
final class RecordEngagement {
  private final ChangeMessage change;
  private final TrackingEvents events;

  RecordEngagement(ChangeMessage change, TrackingEvents events) {
    this.change = change;
    this.events = events;
  }

  /** What came of it, for the log. */
  enum Result {
    RECORDED,
    /** It was there already. */
    KNOWN,
    /** The message is gone; who followed the link arrived all the same. */
    NO_MESSAGE
  }

  /**
   * @param trace the trace of the message; empty when that is gone
   */
  record Recorded(Result result, Optional<TraceContext> trace) {}

  Recorded handle(TrackingEvent event) {
    var subject = event.subject();
    var changed =
        change.change(
            subject.environment(),
            subject.message(),
            message -> Engage.take(event, message).orElse(message));
    return switch (changed) {
      case ChangeMessage.Result.Saved(var message, _) -> kept(event, message, Result.RECORDED);
      case ChangeMessage.Result.Unchanged(var message) -> {
        // The worker that recorded it may have died before it told of it.
        change.publishEventsAgain(message, it -> Engage.isOf(it, event));
        yield kept(event, message, Result.KNOWN);
      }
      case ChangeMessage.Result.Missing() -> new Recorded(Result.NO_MESSAGE, Optional.empty());
      case ChangeMessage.Result.Contended() ->
          throw new IllegalStateException("Message " + subject.message() + " keeps changing");
    };
  }

  private Recorded kept(TrackingEvent event, Message message, Result result) {
    if (message.channelType() == ChannelType.EMAIL) {
      events.put(event);
    }
    return new Recorded(result, Optional.of(message.trace()));
  }
}
