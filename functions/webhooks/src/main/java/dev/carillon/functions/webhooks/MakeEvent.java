package dev.carillon.functions.webhooks;

import dev.carillon.channel.Channels;
import dev.carillon.edge.view.MessageView;
import dev.carillon.edge.view.RunView;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.Messages;
import dev.carillon.run.Run;
import dev.carillon.run.Runs;
import dev.carillon.task.WebhooksTask.RunChange;
import dev.carillon.task.WebhooksTask.Subject;
import dev.carillon.tracking.EmailEvents;
import dev.carillon.tracking.TrackingEvents;
import dev.carillon.webhook.WebhookEvent;
import dev.carillon.webhook.WebhookEventType;
import dev.carillon.webhook.WebhookEvents;
import dev.carillon.webhook.stream.StreamedEvent;
import java.time.Instant;
import java.util.Optional;

/** Reads what happened and makes of it the event that endpoints hear, entity included. */
final class MakeEvent {
  private final Messages messages;
  private final Runs runs;
  private final Channels channels;
  private final TrackingEvents tracked;
  private final MakeAuthoringEvent ofAuthors;

  MakeEvent(
      Messages messages,
      Runs runs,
      Channels channels,
      TrackingEvents tracked,
      MakeAuthoringEvent ofAuthors) {
    this.messages = messages;
    this.runs = runs;
    this.channels = channels;
    this.tracked = tracked;
    this.ofAuthors = ofAuthors;
  }

  /**
   * The event; empty while it is not stored that it happened. What steps publish is stored after it
   * is published, or not at all when another worker was first.
   */
  Optional<WebhookEvent> make(EnvironmentId environment, Subject of) {
    return switch (of) {
      case Subject.OfMessage(var id, var index) ->
          messages
              .find(environment, id)
              .filter(message -> index < message.events().size())
              .flatMap(message -> WebhookEvents.ofMessage(message, index, shown(message)));
      case Subject.OfEmail(var id, var index) ->
          messages
              .find(environment, id)
              .filter(message -> index < message.events().size())
              .flatMap(message -> ofEmail(message, index));
      case Subject.OfRun run ->
          runs.find(environment, run.run())
              .filter(stored -> isSo(stored, run.change()))
              .map(stored -> ofRun(stored, run.change()));
      case Subject.OfCommit commit -> ofAuthors.make(environment, commit);
      case Subject.OfSave save -> ofAuthors.make(environment, save);
      case Subject.OfSourceAction action -> ofAuthors.make(environment, action);
      case Subject.OfActionCommit action -> ofAuthors.make(environment, action);
    };
  }

  /** As {@link #make}, of whatever is in a timeline, as the stream of all events has it. */
  Optional<StreamedEvent> streamed(EnvironmentId environment, Subject of) {
    return switch (of) {
      case Subject.OfMessage(var id, var index) ->
          messages
              .find(environment, id)
              .filter(message -> index < message.events().size())
              .map(message -> StreamedEvent.ofMessage(message, index, shown(message)));
      case Subject.OfEmail _,
          Subject.OfRun _,
          Subject.OfCommit _,
          Subject.OfSave _,
          Subject.OfSourceAction _,
          Subject.OfActionCommit _ ->
          make(environment, of).map(StreamedEvent::of);
    };
  }

  private Json.Obj shown(Message message) {
    Json.Obj data =
        messages
            .content(message.environment(), message.id())
            .map(MessageContent::data)
            .orElse(Json.Obj.EMPTY);
    return MessageView.of(message, channels.all(message.environment()), data);
  }

  /** Its record is stored a moment after the timeline. */
  private Optional<WebhookEvent> ofEmail(Message message, int index) {
    Message.Event event = message.events().get(index);
    return WebhookEventType.ofTrackedMail(event.type())
        .flatMap(
            type ->
                event
                    .data()
                    .text("tracking_id")
                    .flatMap(
                        id -> tracked.find(message.environment(), message.id(), event.at(), id))
                    .map(
                        it ->
                            WebhookEvents.ofEmail(
                                message, type, it.id(), event.at(), EmailEvents.shown(it))));
  }

  static boolean isSo(Run run, RunChange change) {
    return switch (change) {
      case STARTED -> true;
      case COMPLETED -> run.state() instanceof Run.State.Completed;
      case ERROR ->
          run.errors() > 0
              && (run.state() instanceof Run.State.Completed
                  || run.state() instanceof Run.State.Cancelled);
    };
  }

  private static WebhookEvent ofRun(Run run, RunChange change) {
    Instant at =
        switch (change) {
          case STARTED -> run.insertedAt();
          case COMPLETED, ERROR -> run.updatedAt();
        };
    return WebhookEvents.ofRun(run, WebhookEventType.of(change), at, RunView.of(run));
  }
}
