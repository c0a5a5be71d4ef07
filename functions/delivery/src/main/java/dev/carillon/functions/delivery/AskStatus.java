package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.provider.StatusPolling.Poll;

/** Asks providers what became of messages that they took. */
public interface AskStatus {

  /** Nobody is asked. */
  AskStatus NOBODY =
      new AskStatus() {
        @Override
        public boolean wanted(Channel channel) {
          return false;
        }

        @Override
        public Poll ask(Message message, MessageContent content, Channel channel) {
          return new Poll.Never("nobody is asked");
        }
      };

  /** Whether the channel's provider is to be asked. Costs nothing. */
  boolean wanted(Channel channel);

  /**
   * Makes one request, which sends nothing; later when no answer came. Safe to repeat. Throws only
   * for what is wrong with us.
   *
   * @param message which has the id that the provider gave it
   */
  Poll ask(Message message, MessageContent content, Channel channel);
}
