package dev.carillon.provider.push;

import dev.carillon.channel.ChannelType;
import dev.carillon.message.Content;
import dev.carillon.provider.Provider;

/** A provider of push notifications; its messages never get further than sent. */
public interface PushProvider extends Provider<Content.Push> {
  @Override
  default ChannelType type() {
    return ChannelType.PUSH;
  }

  @Override
  default Class<Content.Push> content() {
    return Content.Push.class;
  }
}
