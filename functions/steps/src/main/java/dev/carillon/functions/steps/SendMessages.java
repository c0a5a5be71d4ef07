package dev.carillon.functions.steps;

import dev.carillon.channel.Channel;
import dev.carillon.functions.steps.MakeMessage.Made;
import dev.carillon.functions.steps.StepResult.PendingEffect;
import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import dev.carillon.run.Run;
import dev.carillon.run.RunContext;
import dev.carillon.run.RunEvent;
import dev.carillon.run.StepOutcome;
import dev.carillon.run.decision.Decide;
import dev.carillon.run.decision.Decide.Decision;
import dev.carillon.run.decision.Move;
import dev.carillon.workflow.Step.ChannelStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the messages of a channel step, one for each channel. A message that exists is a decision
 * already taken: it counts whatever is decided now.
 */
final class SendMessages {
  private final MakeMessage make;

  SendMessages(MakeMessage make) {
    this.make = make;
  }

  sealed interface Sent {
    record Sending(StepResult taken) implements Sent {}

    /** Quiet hours hold the run. */
    record Held(Instant dueAt, Json.Obj why) implements Sent {}

    record Failed(Run run, String problem) implements Sent {}
  }

  Sent send(ChannelStep step, Run run, RunContext context, Decision decision, StepLog log) {
    var making = new Making(step, run, context, log);
    for (var channel : Decide.channelsOf(step, context.environment())) {
      if (!isOffered(channel, decision.move())) {
        before(decision.move(), step, run, channel, log.now())
            .forEach(it -> making.made(bare(channel), it, why(decision, log)));
      }
    }
    return switch (decision.move()) {
      case Move.Deliver(_, var offers, var why) -> {
        for (Move.Offer offer : offers) {
          making.offer(offer, why);
        }
        yield making.sent();
      }
      case Move.Hold(var dueAt, var why) when making.ids.isEmpty() -> new Sent.Held(dueAt, why);
      case Move.Fail(var problem) when making.ids.isEmpty() -> new Sent.Failed(run, problem);
      case Move.Skip(var reason, var ok, var why) when making.ids.isEmpty() ->
          new Sent.Sending(log.skipped(run, reason, ok, why));
      case Move.Skip _, Move.Hold _, Move.Fail _ -> making.sent();
      case Move.WaitUntil _,
          Move.Collect _,
          Move.Pass _,
          Move.Enter _,
          Move.Fetch _,
          Move.StartWorkflow _,
          Move.Listen _,
          Move.ChangeData _,
          Move.Identify _ ->
          throw new IllegalStateException("Not what a channel step does: " + decision.move());
    };
  }

  /** What a copy of the task made; a step that passes the channel by makes sure of it. */
  private List<MadeMessage> before(
      Move move, ChannelStep step, Run run, Channel channel, Instant now) {
    return move instanceof Move.Skip || move instanceof Move.Deliver
        ? make.existingOrNever(run, step, channel, now)
        : make.existing(run, step, channel);
  }

  private static boolean isOffered(Channel channel, Move move) {
    return move instanceof Move.Deliver(_, var offers, _)
        && offers.stream().anyMatch(offer -> offer.channel().equals(channel));
  }

  /**
   * What is told of a message that was made before and is not offered now: not what preferences say
   * now, for they said something else then.
   */
  private static Move.Offer bare(Channel channel) {
    return new Move.Offer(channel, Json.object());
  }

  private static Json.Obj why(Decision decision, StepLog log) {
    Json.Obj conditions = decision.verdict().holds() ? log.why() : Json.object();
    return decision.move() instanceof Move.Deliver(_, _, var why)
        ? conditions.merged(why)
        : conditions;
  }

  /**
   * What is still owed to messages that an earlier try made for steps which the run does not take
   * again, because it ends before: what was made must come to an end of its own.
   */
  List<PendingEffect> left(Run run, RunContext context) {
    return context.workflow().allSteps().stream()
        .filter(step -> !run.outcomes().containsKey(step.ref()))
        .filter(ChannelStep.class::isInstance)
        .map(ChannelStep.class::cast)
        .flatMap(
            step ->
                Decide.channelsOf(step, context.environment()).stream()
                    .flatMap(channel -> make.existing(run, step, channel).stream()))
        .flatMap(one -> one.owed().stream())
        .toList();
  }

  /** The messages of one step as they come to be. */
  private final class Making {
    private final ChannelStep step;
    private final RunContext context;
    private final StepLog log;
    private final List<MessageId> ids = new ArrayList<>();
    private final List<PendingEffect> owed = new ArrayList<>();
    private Run run;
    private Optional<Sent> instead = Optional.empty();

    Making(ChannelStep step, Run run, RunContext context, StepLog log) {
      this.step = step;
      this.run = run;
      this.context = context;
      this.log = log;
    }

    void offer(Move.Offer offer, Json.Obj why) {
      var id = MessageId.of(run.effectiveAt(), run.id(), step.ref(), offer.channel().id());
      if (ids.contains(id)) {
        return;
      }
      switch (make.make(run, step, offer, context, log.now())) {
        case Made.Messages(var made, var ignored) -> {
          Json.Obj untracked =
              make.isUntracked(step, offer.channel(), context)
                  ? Json.object().with("untracked", Json.TRUE)
                  : Json.Obj.EMPTY;
          Json.Obj told = log.ignoring(ignored).why().merged(why).merged(untracked);
          made.forEach(one -> made(offer, one, told));
        }
        case Made.Lacking(var reason) ->
            instead = Optional.of(new Sent.Sending(log.skipped(run, reason, true, why)));
        case Made.Failed(var problem) -> instead = Optional.of(new Sent.Failed(run, problem));
      }
    }

    void made(Move.Offer offer, MadeMessage message, Json.Obj why) {
      ids.add(message.id());
      owed.addAll(message.owed());
      Json.Obj data =
          why.merged(offer.why())
              .with("channel_type", offer.channel().type().wireName())
              .with("channel_id", offer.channel().id().toString())
              .with("message_id", message.id().value());
      Json.Obj scheduled =
          message.scheduledAt().isPresent()
              ? data.with("scheduled_at", message.scheduledAt().get().toString())
              : data;
      run = log.withoutWhy().note(run, RunEvent.MESSAGE_ENQUEUED, true, scheduled);
    }

    Sent sent() {
      if (ids.isEmpty()) {
        return instead.orElseThrow();
      }
      return new Sent.Sending(
          new StepResult.Continue(
              run.with(step.ref(), new StepOutcome.Sent(ids)), List.copyOf(owed)));
    }
  }
}
