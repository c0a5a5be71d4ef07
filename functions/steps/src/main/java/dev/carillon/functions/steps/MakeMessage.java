package dev.carillon.functions.steps;

import dev.carillon.batch.Collected;
import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelType;
import dev.carillon.event.Events;
import dev.carillon.functions.steps.StepResult.PendingEffect;
import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.FlatData;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.Messages;
import dev.carillon.recipient.Recipient;
import dev.carillon.run.Run;
import dev.carillon.run.RunContext;
import dev.carillon.run.RunVariables;
import dev.carillon.run.SkipReason;
import dev.carillon.task.DeliveryTask;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.workflow.Step.ChannelStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Makes the message of a channel step. Its id follows from run, step and channel, so a step taken
 * again makes none; a message that exists is a decision already taken, whatever has changed since.
 * Nearly always there is none, so the write that makes it is what finds out.
 */
final class MakeMessage {
  /** What a message may be from the beginning. */
  private static final Set<String> BORN = Set.of("created", "queued", "delivered", "not_sent");

  private final Messages messages;
  private final Render render;

  MakeMessage(Messages messages, Render render) {
    this.messages = messages;
    this.render = render;
  }

  sealed interface Made {
    /** It exists now; {@code owed} is what is still to be done for it. */
    record Message(MessageId id, Optional<Instant> scheduledAt, List<PendingEffect> owed)
        implements Made {}

    record Lacking(SkipReason reason) implements Made {}

    record Failed(String problem) implements Made {}
  }

  /** The message of that step if it was made before; with its delivery if that has not begun. */
  Optional<Made.Message> existing(Run run, ChannelStep step, Channel channel) {
    MessageId id = MessageId.of(run.effectiveAt(), run.id(), step.ref(), channel.id());
    return messages.find(run.environment(), id).map(message -> made(message, run));
  }

  /**
   * @param scheduledAt until when a send window holds it back
   */
  Made make(
      Run run,
      ChannelStep step,
      Channel channel,
      Optional<Instant> scheduledAt,
      RunContext context,
      Instant now) {
    MessageId id = MessageId.of(run.effectiveAt(), run.id(), step.ref(), channel.id());
    Json.Obj scope = RunVariables.withMessage(context.variables(run, now), id.value(), now);
    return switch (render.render(
        context.workflow(), step, channel, context.environment().library(), scope)) {
      case Render.Wording.Lacking(var reason) ->
          existing(run, step, channel).<Made>map(made -> made).orElse(new Made.Lacking(reason));
      case Render.Wording.Failed(var problem) ->
          existing(run, step, channel).<Made>map(made -> made).orElse(new Made.Failed(problem));
      case Render.Wording.Words(var words) -> {
        Json.Obj data = context.data(run);
        Message message = message(id, run, step, channel, scheduledAt, context, data, now);
        yield messages.create(
                message,
                new MessageContent(
                    words, context.secrets().masked(words), data, run.carried().batch()))
            ? made(message, run)
            : existing(run, step, channel)
                .orElseThrow(() -> new IllegalStateException("Neither made nor there: " + id));
      }
    };
  }

  private static Message message(
      MessageId id,
      Run run,
      ChannelStep step,
      Channel channel,
      Optional<Instant> scheduledAt,
      RunContext context,
      Json.Obj data,
      Instant now) {
    var created =
        new Message(
            run.environment(),
            id,
            channel.id(),
            channel.type(),
            run.recipient(),
            run.carried().batch().map(Collected::actors).orElse(run.actor().stream().toList()),
            run.tenant(),
            new Message.Source(
                run.workflow(),
                run.version(),
                context.workflow().categories(),
                step.ref(),
                run.trigger(),
                run.id()),
            DeliveryStatus.QUEUED,
            Map.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            scheduledAt,
            snapshot(context.participants().recipient()),
            channel.type() == ChannelType.IN_APP_FEED ? FlatData.of(data) : Json.Obj.EMPTY,
            0,
            now,
            now);
    Message queued =
        created.noted("created", Json.Obj.EMPTY, now).noted("queued", Json.Obj.EMPTY, now);
    if (channel.type() == ChannelType.IN_APP_FEED) {
      // Nothing leaves the account, so a sandbox has nothing to keep in.
      return scheduledAt.isEmpty()
          ? queued.become(DeliveryStatus.DELIVERED, Json.Obj.EMPTY, now)
          : queued;
    }
    return channel.sandbox() || context.trigger().settings().sandbox()
        ? queued.become(DeliveryStatus.NOT_SENT, Json.object().with("reason", "sandbox"), now)
        : queued;
  }

  private static Made.Message made(Message message, Run run) {
    var owed = new ArrayList<PendingEffect>();
    delivery(message, run).ifPresent(owed::add);
    owed.add(new PendingEffect.Publish(Events.ofMessage(message, BORN::contains)));
    return new Made.Message(message.id(), message.scheduledAt(), owed);
  }

  private static Optional<PendingEffect> delivery(Message message, Run run) {
    if (message.status() != DeliveryStatus.QUEUED || !message.attempts().isEmpty()) {
      return Optional.empty();
    }
    var cancellable =
        run.cancellationKey()
            .map(_ -> new DeliveryTask.Cancellable(run.trigger(), run.recipient()));
    if (message.scheduledAt().isEmpty()) {
      return Optional.of(
          new PendingEffect.SendTask(
              new DeliveryTask.Deliver(
                  message.environment(),
                  message.id(),
                  message.tenant(),
                  1,
                  cancellable,
                  OptionalLong.empty())));
    }
    Instant opens = message.scheduledAt().get();
    return Optional.of(
        new PendingEffect.SetTimer(
            new Timer(
                message.environment(),
                new Timer.Subject.OfMessage(message.id(), message.tenant(), cancellable),
                0,
                opens,
                Minutes.of(opens))));
  }

  private static Json.Obj snapshot(Optional<Recipient> recipient) {
    var snapshot = new LinkedHashMap<String, Json>();
    for (String property : List.of("email", "name")) {
      recipient
          .flatMap(context -> context.text(property))
          .ifPresent(value -> snapshot.put(property, Json.of(value)));
    }
    return new Json.Obj(snapshot);
  }
}
