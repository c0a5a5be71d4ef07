package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.message.Content;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.SecretReferences;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.variable.Variables;
import java.time.Duration;
import java.util.Optional;

/**
 * Puts the values of secret variables into a request that refers to them, as it is sent: what is
 * stored of it never holds them.
 */
final class FillSecrets implements SendMessage {
  private final Variables variables;
  private final SendMessage send;

  FillSecrets(Variables variables, SendMessage send) {
    this.variables = variables;
    this.send = send;
  }

  @Override
  public Sent send(Message message, MessageContent content, Channel channel) {
    var references = SecretReferences.of(message.id());
    if (!(content.content() instanceof Content.Http request) || !references.areIn(request)) {
      return send.send(message, content, channel);
    }
    Optional<Content.Http> filled =
        references.filled(request, variables.values(message.environment()).secret());
    return filled.isPresent()
        ? send.send(
            message,
            new MessageContent(filled.get(), content.shown(), content.data(), content.batch()),
            channel)
        : new Sent(new DeliveryResult.Misconfigured("a secret variable is not there any more"));
  }

  @Override
  public Duration patience(Channel channel) {
    return send.patience(channel);
  }
}
