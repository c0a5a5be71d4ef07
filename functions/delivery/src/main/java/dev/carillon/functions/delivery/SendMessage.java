package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.message.Attempt.Answer;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.provider.DeliveryResult;
import java.time.Duration;
import java.util.Optional;

/** Hands a message to the provider of its channel. */
public interface SendMessage {

  /**
   * Makes one request that sends, at most; never repeats it by itself. What the provider says is a
   * value; it throws only for what is wrong with us.
   */
  Sent send(Message message, MessageContent content, Channel channel);

  /** The longest a send takes, after which nobody waits for its outcome any more. */
  Duration patience(Channel channel);

  /**
   * @param answer what the provider answered; empty when nothing came or nobody was asked
   * @param repeatable whether the provider knows the same request when it comes again, so that an
   *     unknown outcome may be tried again without sending twice
   */
  record Sent(DeliveryResult result, Optional<Answer> answer, boolean repeatable) {
    public Sent(DeliveryResult result, Optional<Answer> answer) {
      this(result, answer, false);
    }

    /** Nobody was asked, or nobody answered. */
    public Sent(DeliveryResult result) {
      this(result, Optional.empty());
    }
  }
}
