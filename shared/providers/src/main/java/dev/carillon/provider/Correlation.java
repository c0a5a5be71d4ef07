package dev.carillon.provider;

import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.RecipientId;
import java.util.Optional;

/**
 * What a request carries so that reports of the message can be told apart, under Knock's names: who
 * moves from Knock keeps what reads them.
 */
public final class Correlation {
  public static final String SENDER = "sender";
  public static final String MESSAGE = "knock_message_id";
  public static final String RECIPIENT = "knock_recipient_id";

  private Correlation() {}

  /** Sender, message and recipient; all are texts. */
  public static Json.Obj of(DeliveryRequest.Subject message) {
    return Json.object()
        .with(SENDER, "carillon")
        .with(MESSAGE, message.id().value())
        .with(RECIPIENT, recipient(message.recipient()));
  }

  /** A user's id; the collection and the id of an object, with a colon between them. */
  public static String recipient(RecipientId recipient) {
    return recipient.isUser() ? recipient.id() : recipient.collection() + ":" + recipient.id();
  }

  /** Our message id in what a provider gives back; empty when it is none of ours. */
  public static Optional<MessageId> message(Optional<String> given) {
    return given.filter(Ksuid::isValid).map(MessageId::new);
  }

  /** Our message id under its name in what a provider gives back. */
  public static Optional<MessageId> message(Json.Obj given) {
    return message(given.text(MESSAGE));
  }
}
