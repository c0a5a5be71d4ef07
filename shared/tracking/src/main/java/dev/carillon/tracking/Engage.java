package dev.carillon.tracking;

import dev.carillon.json.Json;
import dev.carillon.message.Engagement;
import dev.carillon.message.EngagementCounts;
import dev.carillon.message.Message;
import dev.carillon.tracking.visitor.Visitor;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a click or an open changes of its message. Decided here as a changed message; the caller
 * stores it. The delivery status never moves: that a link was followed does not prove a delivery
 * that its provider has yet to report.
 *
 * <pre>
 *                     person                                machine
 * mail opened         read                                  event machine_read
 * link followed       link_clicked; SMS and chat: read too  event machine_link_clicked
 * action followed     link_clicked, interacted; read, too,  event machine_link_clicked
 *                     unless it was, as when the client
 *                     tells of it
 * </pre>
 *
 * Every click and open of a person is an event of its own, and the timestamp of its engagement that
 * of the latest. What a machine does is an event and nothing else.
 */
public final class Engage {
  /** Under which the data of an event holds the id of the {@link TrackingEvent} that it is of. */
  private static final String ID = "tracking_id";

  private static final String URL = "url";

  private Engage() {}

  /**
   * The message with the event taken in; empty when it was taken in before.
   *
   * @throws IllegalArgumentException when the event is of another message
   */
  public static Optional<Message> take(TrackingEvent event, Message message) {
    if (!event.subject().message().equals(message.id())
        || !event.subject().environment().equals(message.environment())) {
      throw new IllegalArgumentException("An event of " + event.subject().message());
    }
    if (message.events().stream().anyMatch(it -> isOf(it, event))) {
      return Optional.empty();
    }
    Json.Obj details = details(event);
    return Optional.of(
        switch (event.visitor()) {
          case Visitor.Automaton(var sign) ->
              message.noted(
                  machineType(event.subject()),
                  details.with("machine", sign.wireName()),
                  event.at());
          case Visitor.Person() -> {
            Message engaged = message;
            for (Engagement engagement : engagements(event.subject(), message)) {
              engaged = engaged.engaged(engagement, details, event.at());
            }
            yield engaged;
          }
        });
  }

  /**
   * When the mail was first opened by a person, as its open pixel told; empty when it was not. The
   * timeline keeps the first events of a message whatever follows.
   */
  public static Optional<Instant> openedAt(Message message) {
    return message.events().stream()
        .filter(Engage::isOpen)
        .map(Message.Event::at)
        .min(Comparator.naturalOrder());
  }

  /** Not every read is one: a click on SMS or chat counts as a read too. */
  private static boolean isOpen(Message.Event event) {
    return event.type().equals(Engagement.READ.wireName())
        && event.data().get(ID).isPresent()
        && event.data().get(URL).isEmpty();
  }

  /** Whether the timeline's event is one that the click or open left in it. */
  public static boolean isOf(Message.Event event, TrackingEvent of) {
    return event.data().text(ID).equals(Optional.of(of.id()));
  }

  private static String machineType(Tracked subject) {
    return switch (subject) {
      case TrackedMail _ -> EngagementCounts.MACHINE_READ;
      case TrackedLink _ -> EngagementCounts.MACHINE_LINK_CLICKED;
    };
  }

  private static List<Engagement> engagements(Tracked subject, Message message) {
    return switch (subject) {
      case TrackedMail _ -> List.of(Engagement.READ);
      case TrackedLink link ->
          switch (link.kind()) {
            case ACTION ->
                message.engagement().containsKey(Engagement.READ)
                    ? List.of(Engagement.LINK_CLICKED, Engagement.INTERACTED)
                    : List.of(Engagement.LINK_CLICKED, Engagement.INTERACTED, Engagement.READ);
            case LINK ->
                switch (message.channelType()) {
                  case SMS, CHAT -> List.of(Engagement.LINK_CLICKED, Engagement.READ);
                  case EMAIL, IN_APP_FEED, HTTP, PUSH -> List.of(Engagement.LINK_CLICKED);
                };
          };
    };
  }

  /** The {@code url} is Knock's; the rest is ours. Addresses stay out of what is kept for long. */
  private static Json.Obj details(TrackingEvent event) {
    Json.Obj details =
        switch (event.subject()) {
          case TrackedMail _ -> Json.object();
          case TrackedLink link ->
              Json.object()
                  .with(URL, link.target().value())
                  .with("link_index", Json.of(link.index()));
        };
    return details.with(ID, event.id());
  }
}
