package dev.carillon.testing.engine;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelType;
import dev.carillon.functions.delivery.SendMessage;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import java.time.Duration;

/** Those of the engine's channels: webhooks go to one, all that is like a mail to the other. */
record FakeProviders(SendMessage mail, SendMessage webhook) implements SendMessage {

  @Override
  public Sent send(Message message, MessageContent content, Channel channel) {
    return of(channel).send(message, content, channel);
  }

  @Override
  public Duration patience(Channel channel) {
    return of(channel).patience(channel);
  }

  private SendMessage of(Channel channel) {
    return channel.type() == ChannelType.HTTP ? webhook : mail;
  }
}
