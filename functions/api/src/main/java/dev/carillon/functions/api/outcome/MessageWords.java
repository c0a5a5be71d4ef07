package dev.carillon.functions.api.outcome;

import dev.carillon.json.Json;
import dev.carillon.message.Attempt;
import dev.carillon.message.Message;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where a message stands, as a sentence. */
public final class MessageWords {
  private MessageWords() {}

  public static String sentence(Message message) {
    return switch (message.status()) {
      case QUEUED -> queued(message);
      case SENT -> "The provider took it" + at(message) + tries(message) + through(message) + ".";
      case DELIVERED -> "It was delivered" + at(message) + tries(message) + through(message) + ".";
      case BOUNCED -> "It was handed over, but bounced" + at(message) + ".";
      case DELIVERY_ATTEMPTED -> "It is to be tried again" + again(message) + why(message) + ".";
      case UNDELIVERED -> "It was given up" + at(message) + tries(message) + why(message) + ".";
      case NOT_SENT -> "It was not sent: " + withheld(message) + ".";
    };
  }

  private static String queued(Message message) {
    if (message.held()) {
      return "Its send window holds it until " + message.scheduledAt().orElseThrow() + ".";
    }
    return message.attempts().isEmpty()
        ? "It waits to be handed over."
        : "It is being handed over.";
  }

  private static String withheld(Message message) {
    return switch (last(message).flatMap(event -> event.data().text("reason")).orElse("")) {
      case "sandbox" -> "the channel or the trigger is in sandbox mode";
      case Message.CANCELLED -> "it was cancelled first";
      case Message.EXPIRED ->
          "nobody wants it any more since "
              + message.expiresAt().map(Instant::toString).orElse("then")
              + ", when its trigger says that it expires";
      case "" -> "nobody said why";
      case String other -> other;
    };
  }

  private static String at(Message message) {
    return last(message).map(event -> " at " + event.at()).orElse("");
  }

  /** The event that brought the message into its status. */
  private static Optional<Message.Event> last(Message message) {
    return message.events().reversed().stream()
        .filter(event -> event.type().equals(message.status().wireName()))
        .findFirst();
  }

  private static String tries(Message message) {
    int tries = message.attempts().size();
    return tries > 1 ? ", after " + tries + " attempts" : "";
  }

  private static String through(Message message) {
    return message.takenBy().equals(message.channel())
        ? ""
        : ", through the channel "
            + message.takenBy()
            + ", which takes over from "
            + message.channel();
  }

  private static String again(Message message) {
    return retryAt(message).map(at -> " at " + at).orElse("");
  }

  /** When its next attempt is to be; empty when none is set. */
  public static Optional<Instant> retryAt(Message message) {
    return message.lastAttempt().flatMap(Attempt::retryAt);
  }

  private static String why(Message message) {
    return message
        .lastAttempt()
        .flatMap(attempt -> reason(attempt.result()))
        .or(() -> last(message).flatMap(event -> event.data().text("failure_details")))
        .map(reason -> ": " + reason)
        .orElse("");
  }

  private static Optional<String> reason(Attempt.Result result) {
    return switch (result) {
      case Attempt.Result.Deferred(_, var reason, _) -> Optional.of(reason);
      case Attempt.Result.Refused(_, var reason) -> Optional.of(reason);
      case Attempt.Result.Ambiguous(var reason, _) ->
          Optional.of(reason + " (whether the provider took it is not known)");
      case Attempt.Result.Claimed _, Attempt.Result.Accepted _ -> Optional.empty();
    };
  }

  /** The attempts as an explanation shows them, oldest first. */
  public static Json.Arr attempts(List<Attempt> attempts) {
    return Json.array(
        attempts.stream()
            .map(
                attempt -> {
                  Json.Obj shown =
                      Json.object()
                          .with("number", Json.of(attempt.number()))
                          .with("at", attempt.at().toString())
                          .with("result", name(attempt.result()))
                          .with("took_ms", Json.of(attempt.tookMillis()));
                  if (attempt.other().isPresent()) {
                    shown = shown.with("channel_id", attempt.other().get().toString());
                  }
                  Json.Obj told = shown;
                  return reason(attempt.result()).map(it -> told.with("reason", it)).orElse(told);
                })
            .toList());
  }

  private static String name(Attempt.Result result) {
    return switch (result) {
      case Attempt.Result.Claimed _ -> "under_way";
      case Attempt.Result.Accepted _ -> "accepted";
      case Attempt.Result.Deferred _ -> "deferred";
      case Attempt.Result.Refused _ -> "refused";
      case Attempt.Result.Ambiguous _ -> "ambiguous";
    };
  }
}
