package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;

/** Does what is to be done about an address or a token that a provider calls dead. */
@FunctionalInterface
interface HeedDeadTarget {

  /**
   * @param reason in the provider's words
   */
  void dead(Message message, MessageContent content, Channel channel, String reason);
}
