package dev.carillon.failover;

import dev.carillon.channel.Channel;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Message;
import java.util.List;
import java.util.Optional;

/**
 * What a message says when another channel takes it over. It was rendered for its own: a sender
 * that is that channel's becomes the other's, and what overrides the request of its provider is
 * left out of the request of another one. Pure.
 */
public final class TakenOver {
  private TakenOver() {}

  /**
   * @param channels all of the message's environment
   */
  public static Content of(
      Content content, Message message, Channel through, List<Channel> channels) {
    if (through.id().equals(message.channel())) {
      return content;
    }
    Optional<Channel> own =
        channels.stream().filter(it -> it.id().equals(message.channel())).findFirst();
    boolean sameProvider = own.filter(it -> it.provider().equals(through.provider())).isPresent();
    return switch (content) {
      case Content.Email mail ->
          new Content.Email(
              sentBy(mail.envelope(), own, through),
              mail.subject(),
              mail.html(),
              mail.text(),
              mail.headers(),
              mail.attachments(),
              sameProvider ? mail.overrides() : Json.Obj.EMPTY);
      case Content.Sms sms ->
          new Content.Sms(sms.to(), sms.body(), sameProvider ? sms.overrides() : Json.Obj.EMPTY);
      case Content.Push _, Content.Chat _, Content.Http _, Content.InAppFeed _ -> content;
    };
  }

  /** A sender that the step chose stays; one of the first channel's may be none of the other's. */
  private static Content.Envelope sentBy(
      Content.Envelope envelope, Optional<Channel> own, Channel through) {
    Optional<String> theirs = through.settings().text("from_address");
    boolean channels =
        envelope.from().map(Content.Mailbox::address).equals(own.flatMap(TakenOver::sender));
    return theirs.isPresent() && channels
        ? new Content.Envelope(
            Optional.of(new Content.Mailbox(through.settings().text("from_name"), theirs.get())),
            envelope.to(),
            envelope.cc(),
            envelope.bcc(),
            envelope.replyTo())
        : envelope;
  }

  private static Optional<String> sender(Channel channel) {
    return channel.settings().text("from_address");
  }
}
