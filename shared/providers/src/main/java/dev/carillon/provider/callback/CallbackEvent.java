package dev.carillon.provider.callback;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.MessageId;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing a provider reports of a message.
 *
 * @param id the same when the provider reports the same again
 * @param message our id, where the provider gives it back
 * @param externalId what the provider calls the message
 * @param address whom of several recipients it is about; empty when the provider does not say
 * @param type in the provider's own word
 * @param effect what it means for the message
 * @param at when it happened; when the report came, if the provider does not say
 * @param reason the provider's words for a failure, without content
 */
public record CallbackEvent(
    String id,
    Optional<MessageId> message,
    Optional<String> externalId,
    Optional<String> address,
    String type,
    Effect effect,
    Instant at,
    Optional<String> reason) {

  public sealed interface Effect {
    Effect DELIVERED = new Becomes(DeliveryStatus.DELIVERED);
    Effect BOUNCED = new Becomes(DeliveryStatus.BOUNCED);
    Effect UNDELIVERED = new Becomes(DeliveryStatus.UNDELIVERED);
    Effect DEAD = new Dead();
    Effect COMPLAINED = new Complained();
    Effect NOTED = new Noted();

    /** The message is in this status now. */
    record Becomes(DeliveryStatus status) implements Effect {}

    /** It bounced and the address or token itself is dead, so that nothing more is sent to it. */
    record Dead() implements Effect {}

    /** The recipient complained of it; its status stays. */
    record Complained() implements Effect {}

    /** Kept in the log alone. */
    record Noted() implements Effect {}
  }
}
