package dev.carillon.functions.api.messages;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.channel.Channels;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.MessageView;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.ChangeMessage;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.Messages;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.Tasks;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tries a message anew that failed. The status is stored before the delivery is queued; a call that
 * died in between is made again by its client, finds the message waiting and queues it again.
 */
final class RetryCalls {
  static final List<Operation<RetryCalls>> OPERATIONS =
      List.of(Operation.post("/v1/messages/{id}/retry", SECRET_KEY, RetryCalls::retry));

  private final Messages messages;
  private final ChangeMessage change;
  private final Channels channels;
  private final Tasks tasks;
  private final InstantSource clock;

  RetryCalls(
      Messages messages,
      ChangeMessage change,
      Channels channels,
      Tasks tasks,
      InstantSource clock) {
    this.messages = messages;
    this.change = change;
    this.channels = channels;
    this.tasks = tasks;
    this.clock = clock;
  }

  HttpResponse retry(HttpRequest request, EnvironmentId environment) {
    MessageId id = StatusCalls.messageId(request);
    MessageContent content =
        messages.content(environment, id).orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
    Message message =
        switch (change.change(environment, id, it -> it.retried(clock.instant()))) {
          case ChangeMessage.Result.Missing() -> throw ErrorCode.RESOURCE_MISSING.refused();
          case ChangeMessage.Result.Contended() ->
              throw new IllegalStateException("Message " + id + " keeps changing");
          case ChangeMessage.Result.Saved(var saved, _) -> saved;
          case ChangeMessage.Result.Unchanged(var same) -> waiting(same);
        };
    tasks.send(
        new DeliveryTask.Deliver(
            environment,
            id,
            message.tenant(),
            message.attempts().size() + 1,
            Optional.empty(),
            OptionalLong.empty()));
    return HttpResponse.ok(MessageView.of(message, channels.all(environment), content.data()));
  }

  /** One that was retried already, and which nobody has taken up yet. */
  private static Message waiting(Message message) {
    boolean waits =
        message.status() == DeliveryStatus.QUEUED
            && message.retries() > 0
            && message.currentAttempts().isEmpty();
    if (!waits) {
      throw ErrorCode.INVALID_PARAMS.at(
          "id", "is of a message that is neither undelivered nor bounced");
    }
    return message;
  }
}
