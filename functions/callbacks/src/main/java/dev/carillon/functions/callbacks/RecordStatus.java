package dev.carillon.functions.callbacks;

import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.ChangeMessage;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.Messages;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.callback.CallbackEvent.Effect;
import dev.carillon.provider.email.EmailAddress;
import dev.carillon.provider.email.EmailParts;
import dev.carillon.suppression.Suppression;
import dev.carillon.suppression.Suppressions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Records what a provider says became of a message. Events come twice and in any order: a status is
 * entered only where it may follow the present one, so that the last word does not depend on the
 * order they came in. What was recorded is told to the runs that wait for it.
 *
 * <p>Of a mail to several addresses only what is said of the recipient's own decides its status;
 * what is said of the others, and that somebody complained, stands in the timeline.
 */
final class RecordStatus {
  private static final String REPORT = "report_id";

  private final Messages messages;
  private final ChangeMessage change;
  private final Suppressions suppressions;
  private final InstantSource clock;

  RecordStatus(
      Messages messages, ChangeMessage change, Suppressions suppressions, InstantSource clock) {
    this.messages = messages;
    this.change = change;
    this.suppressions = suppressions;
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

  /**
   * What the provider of a channel says.
   *
   * @param channel whose provider says it; what it says of messages that never went through the
   *     channel is not heard
   */
  Result handle(EnvironmentId environment, ChannelId channel, MessageId id, CallbackEvent event) {
    boolean own = messages.find(environment, id).filter(it -> it.wentThrough(channel)).isPresent();
    return own ? handle(environment, id, event) : Result.UNKNOWN_MESSAGE;
  }

  Result handle(EnvironmentId environment, MessageId id, CallbackEvent event) {
    // Before the status: a report that comes again because we died in between does both again.
    suppression(event.effect()).ifPresent(reason -> suppress(environment, id, event, reason));
    return switch (event.effect()) {
      case Effect.Noted() -> Result.NO_STATUS;
      case Effect.Complained() -> noted(environment, id, event, "complained");
      case Effect.Dead() -> status(environment, id, event, DeliveryStatus.BOUNCED, false);
      case Effect.Becomes(var status) ->
          status(environment, id, event, status, status == DeliveryStatus.BOUNCED);
    };
  }

  private static Optional<Suppression.Reason> suppression(Effect effect) {
    return switch (effect) {
      case Effect.Dead() -> Optional.of(Suppression.Reason.BOUNCED);
      case Effect.Complained() -> Optional.of(Suppression.Reason.COMPLAINED);
      case Effect.Becomes _, Effect.Noted() -> Optional.empty();
    };
  }

  /** Of a mail, the address that the provider names, or else the recipient's. */
  private void suppress(
      EnvironmentId environment, MessageId id, CallbackEvent event, Suppression.Reason reason) {
    Optional<Message> mail =
        messages.find(environment, id).filter(it -> it.channelType() == ChannelType.EMAIL);
    Optional<String> address =
        mail.flatMap(
            _ ->
                event
                    .address()
                    .or(
                        () ->
                            messages
                                .content(environment, id)
                                .map(MessageContent::content)
                                .flatMap(RecordStatus::primary)));
    address.ifPresent(
        it ->
            suppressions.add(
                environment,
                new Suppression(
                    it, reason, mail.get().channel(), id, event.reason(), clock.instant())));
  }

  private Result status(
      EnvironmentId environment,
      MessageId id,
      CallbackEvent event,
      DeliveryStatus status,
      boolean passing) {
    if (isOfSomebodyElse(environment, id, event)) {
      return noted(environment, id, event, "reported");
    }
    var recorded =
        change.change(
            environment,
            id,
            message -> {
              if (isPast(message, status, event) || wasNeverTried(message)) {
                return message;
              }
              Json.Obj details = details(status, why(event));
              Instant now = clock.instant();
              return passing
                  ? message.bouncedInPassing(details, now)
                  : message.become(status, details, now);
            });
    return result(id, recorded, status.wireName());
  }

  /** A failure of what was tried anew since, as the id that the provider gave it then shows. */
  private static boolean isPast(Message message, DeliveryStatus status, CallbackEvent event) {
    return status != DeliveryStatus.DELIVERED
        && event.externalId().filter(message::wasKnown).isPresent();
  }

  /** What was withheld before anybody was asked to take it cannot have arrived. */
  private static boolean wasNeverTried(Message message) {
    return message.status() == DeliveryStatus.NOT_SENT && message.attempts().isEmpty();
  }

  /**
   * Whether the provider says it of an address that is not the recipient's: one in copy. Where
   * there is none in copy, another address is one that the recipient's mail is forwarded to.
   */
  private boolean isOfSomebodyElse(EnvironmentId environment, MessageId id, CallbackEvent event) {
    return event.address().isPresent()
        && messages
            .content(environment, id)
            .map(MessageContent::content)
            .filter(content -> isOfSomebodyElse(content, event.address().get()))
            .isPresent();
  }

  private static boolean isOfSomebodyElse(Content content, String address) {
    return content instanceof Content.Email email
        && EmailParts.goesToOthers(email)
        && EmailParts.primary(email)
            .filter(primary -> !EmailAddress.same(primary, address))
            .isPresent();
  }

  private static Optional<String> primary(Content content) {
    return switch (content) {
      case Content.Email email -> EmailParts.primary(email);
      case Content.Sms _, Content.Push _, Content.Chat _, Content.InAppFeed _, Content.Http _ ->
          Optional.empty();
    };
  }

  /** In the timeline once, however often it is reported; the status stays. */
  private Result noted(EnvironmentId environment, MessageId id, CallbackEvent event, String type) {
    Json.Obj named = Json.object().with(REPORT, event.id()).with("event", event.type());
    Json.Obj details = event.reason().map(reason -> named.with("reason", reason)).orElse(named);
    var recorded =
        change.change(
            environment,
            id,
            message ->
                message.events().stream()
                        .anyMatch(
                            it -> it.data().text(REPORT).filter(event.id()::equals).isPresent())
                    ? message
                    : message.noted(type, details, clock.instant()));
    return result(id, recorded, type);
  }

  private Result result(MessageId id, ChangeMessage.Result recorded, String type) {
    return switch (recorded) {
      case ChangeMessage.Result.Saved _ -> Result.RECORDED;
      case ChangeMessage.Result.Missing() -> Result.UNKNOWN_MESSAGE;
      case ChangeMessage.Result.Unchanged(var message) -> {
        // The worker that recorded it may have died before it was published.
        change.publishAgain(message, type::equals);
        yield Result.NOTHING_NEW;
      }
      case ChangeMessage.Result.Contended() ->
          throw new IllegalStateException("Message " + id + " keeps changing");
    };
  }

  /** Its word for what happened, where the provider gives no reason. */
  private static String why(CallbackEvent event) {
    return event.reason().filter(reason -> !reason.isBlank()).orElse(event.type());
  }

  /** Why, without addresses. */
  private static Json.Obj details(DeliveryStatus status, String reason) {
    return switch (status) {
      case BOUNCED -> failure("bounced", reason);
      case UNDELIVERED -> failure("fatal_error", reason);
      case DELIVERY_ATTEMPTED, QUEUED, NOT_SENT, SENT, DELIVERED -> Json.Obj.EMPTY;
    };
  }

  private static Json.Obj failure(String what, String reason) {
    return Json.object().with("failure_reason", what).with("failure_details", reason);
  }
}
