package dev.carillon.testing.engine;

import dev.carillon.channel.Channel;
import dev.carillon.functions.delivery.AskStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.provider.StatusPolling.Poll;
import java.util.ArrayList;
import java.util.List;

/**
 * Knows of no message when it is asked for the first time, and from then on that it was delivered;
 * is asked where a channel says so. Safe to use from several threads.
 */
public final class FakeStatuses implements AskStatus {
  private final List<MessageId> asked = new ArrayList<>();

  @Override
  public boolean wanted(Channel channel) {
    return channel.statusPolling().orElse(false);
  }

  @Override
  public synchronized Poll ask(Message message, MessageContent content, Channel channel) {
    boolean known = asked.contains(message.id());
    asked.add(message.id());
    return known ? Poll.Known.delivered() : new Poll.Later();
  }

  /** After which messages it was asked, in order. */
  public synchronized List<MessageId> asked() {
    return List.copyOf(asked);
  }
}
