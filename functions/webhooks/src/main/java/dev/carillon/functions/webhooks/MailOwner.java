package dev.carillon.functions.webhooks;

import dev.carillon.channel.Channel;
import dev.carillon.channel.Channels;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentList;
import dev.carillon.event.PublishEvents;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.message.Messages;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.Tasks;
import dev.carillon.webhook.OwnerMail;
import dev.carillon.webhook.WebhookEndpoint;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Mails the owner of an endpoint that was given up, by a channel of its environment. The message
 * has one id for each time that the endpoint is given up, so it is made once, however many tell of
 * it and however often; its delivery is owed until it has begun.
 */
final class MailOwner {
  private final Messages messages;
  private final Channels channels;
  private final EnvironmentList environments;
  private final PublishEvents publish;
  private final Tasks tasks;
  private final InstantSource clock;

  MailOwner(
      Messages messages,
      Channels channels,
      EnvironmentList environments,
      PublishEvents publish,
      Tasks tasks,
      InstantSource clock) {
    this.messages = messages;
    this.channels = channels;
    this.environments = environments;
    this.publish = publish;
    this.tasks = tasks;
    this.clock = clock;
  }

  /**
   * Sees to the mail; does nothing when nobody is to be told, or the environment has no channel
   * that mail goes out by any more. Safe to repeat.
   */
  void mail(WebhookEndpoint endpoint) {
    OwnerMail.id(endpoint)
        .flatMap(id -> message(endpoint, id))
        .filter(MailOwner::isUntouched)
        .ifPresent(this::deliver);
  }

  private Optional<Message> message(WebhookEndpoint endpoint, MessageId id) {
    EnvironmentId environment = endpoint.environment();
    return messages
        .find(environment, id)
        .or(() -> OwnerMail.channel(channels.all(environment)).flatMap(by -> make(endpoint, by)));
  }

  /** Empty when somebody else made it at this moment, who sees to its delivery. */
  private Optional<Message> make(WebhookEndpoint endpoint, Channel by) {
    var mail = OwnerMail.of(endpoint, by, name(endpoint.environment()), clock.instant());
    return messages.create(mail.message(), mail.content())
        ? Optional.of(mail.message())
        : Optional.empty();
  }

  private String name(EnvironmentId environment) {
    return environments.all().stream()
        .filter(it -> it.id().equals(environment))
        .map(EnvironmentEntry::name)
        .findFirst()
        .orElse(environment.value());
  }

  private static boolean isUntouched(Message message) {
    return message.status() == DeliveryStatus.QUEUED && message.attempts().isEmpty();
  }

  private void deliver(Message message) {
    tasks.send(
        new DeliveryTask.Deliver(
            message.environment(),
            message.id(),
            message.tenant(),
            1,
            Optional.empty(),
            OptionalLong.empty()));
    publish.ofMessage(message, _ -> true);
  }
}
