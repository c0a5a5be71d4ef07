package dev.carillon.provider.sms;

import dev.carillon.channel.ChannelType;
import dev.carillon.message.Content;
import dev.carillon.provider.Provider;

/** A provider of text messages. */
public interface SmsProvider extends Provider<Content.Sms> {
  @Override
  default ChannelType type() {
    return ChannelType.SMS;
  }

  @Override
  default Class<Content.Sms> content() {
    return Content.Sms.class;
  }
}
