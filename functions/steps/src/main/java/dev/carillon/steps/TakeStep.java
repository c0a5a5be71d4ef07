package dev.carillon.steps;

import dev.carillon.channel.Channel;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.Decide;
import dev.carillon.run.Decide.Decision;
import dev.carillon.run.Decide.Situation;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Move;
import dev.carillon.run.Outcome;
import dev.carillon.run.Run;
import dev.carillon.run.Wait;
import dev.carillon.steps.Gather.Known;
import dev.carillon.steps.MakeMessage.Made;
import dev.carillon.task.Task;
import dev.carillon.time.Zones;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Step.ChannelStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes one step of a run: decides it, makes its message if it is to have one, writes the log. */
final class TakeStep {
  /** How often a failing step is tried in all (Knock's figure), and how long between the tries. */
  private static final int TRIES = 3;

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);

  private final Gather gather;
  private final MakeMessage make;

  TakeStep(Gather gather, MakeMessage make) {
    this.gather = gather;
    this.make = make;
  }

  sealed interface Taken {
    /** The step is done or skipped; {@code delivery} is what is to be done for its message. */
    record On(Run run, Optional<Task> delivery) implements Taken {}

    /** The run waits at this step. */
    record Waits(Run run, Wait on) implements Taken {}

    /** The step failed for good: the run ends here. */
    record Fails(Run run) implements Taken {}
  }

  /** Decides the step and does what can be done twice: what it makes exists when this returns. */
  Taken take(Step step, Run run, Known known, int attempt, Instant now) {
    Decision decision =
        Decide.at(
            step,
            new Situation(
                known.workflow(),
                known.recipient(),
                run.tenant().map(TenantId::value),
                known.channels(),
                known.trigger().settings(),
                gather.facts(step, known, run, now),
                Zones.of(
                    known.recipient().flatMap(recipient -> recipient.text("timezone")),
                    Optional.empty())));
    Json.Obj why =
        decision.verdict().findings().isEmpty()
            ? Json.object()
            : Json.object().with("conditions", decision.verdict().json());
    if (step instanceof ChannelStep channelStep) {
      Optional<Channel> channel = Decide.channelOf(channelStep, known.channels());
      Optional<Made.Message> existing = channel.flatMap(it -> make.existing(run, channelStep, it));
      if (existing.isPresent()) {
        // The conditions held when it was made; what they compare now is told if they still do.
        Json.Obj reason = decision.verdict().holds() ? why : Json.object();
        return enqueued(run, channelStep, channel.get(), existing.get(), reason, attempt, now);
      }
    }
    return switch (decision.move()) {
      case Move.Skip(var reason, var ok, var details) ->
          skipped(run, step, reason, ok, why.merged(details), attempt, now);
      case Move.WaitUntil(var dueAt) -> {
        Wait wait = wait(run, step, dueAt, new Wait.Kind.Elapse(), now);
        Json.Obj data = why.with("until", dueAt.toString());
        yield new Taken.Waits(
            run.logged(LogEntry.ofStep(step, now, "delay_started", true, attempt, data)), wait);
      }
      case Move.Deliver(var channelStep, var channel) ->
          switch (make.make(run, channelStep, channel, known, now)) {
            case Made.Message made -> enqueued(run, channelStep, channel, made, why, attempt, now);
            case Made.Lacking(var reason) -> skipped(run, step, reason, true, why, attempt, now);
            case Made.Failed(var problem) -> failed(run, step, problem, attempt, now);
          };
    };
  }

  private static Taken enqueued(
      Run run,
      ChannelStep step,
      Channel channel,
      Made.Message made,
      Json.Obj why,
      int attempt,
      Instant now) {
    Json.Obj data =
        why.with("channel_type", channel.type().wireName())
            .with("channel_id", channel.id().toString())
            .with("message_id", made.id().value());
    return new Taken.On(
        run.with(step.ref(), new Outcome.Sent(List.of(made.id())))
            .logged(LogEntry.ofStep(step, now, "message_enqueued", true, attempt, data)),
        made.delivery());
  }

  private static Taken skipped(
      Run run, Step step, String reason, boolean ok, Json.Obj why, int attempt, Instant now) {
    Json.Obj data = Json.object().with("reason", reason).merged(why);
    return new Taken.On(
        run.with(step.ref(), new Outcome.Skipped(reason))
            .logged(LogEntry.ofStep(step, now, "step_skipped", ok, attempt, data)),
        Optional.empty());
  }

  private static Taken failed(Run run, Step step, String problem, int attempt, Instant now) {
    Json.Obj data = Json.object().with("error", problem).with("max_attempts", Json.of(TRIES));
    Run logged = run.logged(LogEntry.ofStep(step, now, "step_failed", false, attempt, data));
    if (attempt < TRIES) {
      Instant dueAt = now.plus(BETWEEN_TRIES.multipliedBy(attempt));
      return new Taken.Waits(logged, wait(run, step, dueAt, new Wait.Kind.Retry(attempt + 1), now));
    }
    Json.Obj halted = Json.object().with("reason", "step_failed");
    return new Taken.Fails(logged.logged(LogEntry.ofRun(now, "run_halted", true, halted)));
  }

  private static Wait wait(Run run, Step step, Instant dueAt, Wait.Kind kind, Instant now) {
    String which =
        switch (kind) {
          case Wait.Kind.Elapse() -> "elapse";
          case Wait.Kind.Retry(var attempt) -> "retry " + attempt;
          case Wait.Kind.Hold() -> "hold";
          case Wait.Kind.Collect _ -> "collect";
          case Wait.Kind.Listen _ -> "listen";
        };
    String id =
        Digest.of("wait", run.id().toString(), step.ref().value(), which).hex().substring(0, 16);
    return new Wait(id, 0, step.ref(), dueAt, Arm.hintedMinute(dueAt, now), kind);
  }
}
