package dev.carillon.provider.sms;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.MessageId;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.callback.CallbackEvent.Effect;
import java.time.Instant;
import java.util.Optional;

/**
 * What a provider reports of a text message, which has one recipient: events name none, as each
 * provider spells numbers in its own way.
 *
 * @param externalId what it calls the message; empty when it names a part of it
 * @param type in the provider's own word
 * @param becomes empty when the report changes nothing
 */
public record SmsReport(
    Optional<MessageId> message,
    Optional<String> externalId,
    String type,
    Optional<DeliveryStatus> becomes,
    Optional<String> reason) {

  /**
   * The event, for a provider without event ids: reports of the same status of the same message are
   * one, so that the parts of a long message do not count each for itself.
   */
  public CallbackEvent event(Instant at) {
    String whose = externalId.or(() -> message.map(MessageId::value)).orElse("");
    return event(whose + ":" + type, at);
  }

  public CallbackEvent event(String id, Instant at) {
    Effect effect = becomes.<Effect>map(Effect.Becomes::new).orElseGet(Effect.Noted::new);
    return new CallbackEvent(id, message, externalId, Optional.empty(), type, effect, at, reason);
  }
}
