package dev.carillon.provider.email;

import dev.carillon.channel.ChannelType;
import dev.carillon.message.Content;
import dev.carillon.provider.Provider;

/** A provider of email. */
public interface EmailProvider extends Provider<Content.Email> {
  @Override
  default ChannelType type() {
    return ChannelType.EMAIL;
  }

  @Override
  default Class<Content.Email> content() {
    return Content.Email.class;
  }
}
