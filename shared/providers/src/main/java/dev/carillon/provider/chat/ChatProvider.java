package dev.carillon.provider.chat;

import dev.carillon.channel.ChannelType;
import dev.carillon.message.Content;
import dev.carillon.provider.Provider;

/** A provider of chat; its messages never get further than sent. */
public interface ChatProvider extends Provider<Content.Chat> {
  @Override
  default ChannelType type() {
    return ChannelType.CHAT;
  }

  @Override
  default Class<Content.Chat> content() {
    return Content.Chat.class;
  }
}
