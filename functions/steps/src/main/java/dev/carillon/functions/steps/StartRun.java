package dev.carillon.functions.steps;

import dev.carillon.condition.Facts;
import dev.carillon.condition.Verdict;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.steps.AdvanceRun.Result;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.Recipients;
import dev.carillon.run.HaltReason;
import dev.carillon.run.LogEntry;
import dev.carillon.run.OnceClaims;
import dev.carillon.run.Participants;
import dev.carillon.run.Run;
import dev.carillon.run.RunContext;
import dev.carillon.run.RunEvent;
import dev.carillon.runtime.LoadRunContext;
import dev.carillon.task.StepsTask;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.Triggers;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Starts the run of a trigger for one of its recipients, or ends it before its first step. */
final class StartRun {
  /** Too early for a message of the run to have been deleted with its recipient, say. */
  private static final Duration YOUNG = Duration.ofMinutes(5);

  private final Triggers triggers;
  private final PinnedVersions pinned;
  private final OnceClaims firsts;
  private final LoadRunContext load;
  private final AnswerConditions answer;
  private final StopRun stop;
  private final StepLoop walk;

  StartRun(
      Triggers triggers,
      PinnedVersions pinned,
      OnceClaims firsts,
      LoadRunContext load,
      AnswerConditions answer,
      StopRun stop,
      StepLoop walk) {
    this.triggers = triggers;
    this.pinned = pinned;
    this.firsts = firsts;
    this.load = load;
    this.answer = answer;
    this.stop = stop;
    this.walk = walk;
  }

  /**
   * Whether nobody need look whether the run was started before: all that it does until it is
   * stored, for the first time and the last, is to make messages, each of which is made once.
   */
  boolean mayBeStartedAgain(StepsTask.Advance task, Instant now) {
    return now.isBefore(task.trigger().time().plus(YOUNG))
        && triggers
            .find(task.environment(), task.trigger())
            .map(trigger -> pinned.of(trigger, trigger.version()))
            .filter(StartRun::onlySends)
            .isPresent();
  }

  private static boolean onlySends(Workflow workflow) {
    return workflow.conditions().isEmpty()
        && workflow.frequency() == Workflow.Frequency.EVERY_TRIGGER
        && workflow.allSteps().stream().allMatch(StartRun::onlySends);
  }

  /** To one target: devices that are new would be sent to as well. */
  private static boolean onlySends(Step step) {
    return step instanceof Step.ChannelStep channel
        && !channel.holdsRun()
        && !channel.channelType().severalTargets();
  }

  Result start(StepsTask.Advance task, RunId id, Instant now) {
    Optional<Trigger> found = triggers.find(task.environment(), task.trigger());
    if (found.isEmpty()) {
      return new Result.TriggerMissing(id);
    }
    Trigger trigger = found.get();
    Workflow workflow = pinned.of(trigger, trigger.version());
    Run begun = Run.start(trigger, task.recipient(), task.via(), now);
    RunContext context = load.load(trigger, workflow, begun);
    Run run = told(begun, context, now);
    Optional<Step> first = workflow.steps().stream().findFirst();
    Optional<Result> stopped = stop.stop(first, run, context, now);
    if (stopped.isPresent()) {
      return stopped.get();
    }
    Facts facts =
        answer.inAudiences(
            workflow.conditions(),
            context.facts(run, now),
            context.participants().recipient(),
            run);
    Verdict verdict = Verdict.of(workflow.conditions(), facts);
    if (!verdict.holds()) {
      Json.Obj why =
          LogEntry.because(HaltReason.TRIGGER_CONDITIONS).with("conditions", verdict.json());
      Json.Obj shown = context.secrets().masked(why);
      return walk.rest(
          run.logged(LogEntry.ofRun(now, RunEvent.RUN_HALTED, true, shown)), List.of(), now);
    }
    if (!isFirst(run, workflow)) {
      return walk.rest(ExecuteStep.halted(run, HaltReason.NOT_THE_FIRST, now), List.of(), now);
    }
    return walk.begin(run, context, now);
  }

  /** Its log says whom the call says something about that there was no room to store. */
  private static Run told(Run begun, RunContext context, Instant now) {
    Trigger trigger = context.trigger();
    Participants people = context.participants();
    Run run = begun;
    for (var somebody :
        List.of(
            people.recipient().filter(it -> leftOut(it, trigger.named(it.id()), trigger)),
            people.actor().filter(it -> leftOut(it, trigger.actor(), trigger)))) {
      if (somebody.isPresent()) {
        Json.Obj whom = Json.object().with("recipient", somebody.get().id().reference());
        run = run.logged(LogEntry.ofRun(now, RunEvent.IDENTIFICATION_LEFT_OUT, false, whom));
      }
    }
    return run;
  }

  /**
   * Whether what is known lacks what the call says, although there is no room for it or nobody said
   * anything since: the run starts after it was to be stored.
   */
  private static boolean leftOut(Recipient known, Optional<Trigger.Named> named, Trigger trigger) {
    return named
        .flatMap(Trigger.Named::identification)
        .map(said -> known.identified(said, known.updatedAt()))
        .filter(whole -> !whole.equals(known))
        .filter(whole -> known.updatedAt().isBefore(trigger.id().time()) || isTooLarge(whole))
        .isPresent();
  }

  private static boolean isTooLarge(Recipient recipient) {
    String properties = JsonLiteral.write(recipient.properties());
    return properties.getBytes(StandardCharsets.UTF_8).length > Recipients.MAX_PROPERTIES_BYTES;
  }

  /** A run that its trigger's conditions stopped has not used up the recipient's one. */
  private boolean isFirst(Run run, Workflow workflow) {
    // Who tries a workflow on a branch has not had it.
    EnvironmentId home = run.content().branch().orElse(run.environment());
    return switch (workflow.frequency()) {
      case EVERY_TRIGGER -> true;
      case ONCE_PER_RECIPIENT ->
          firsts.claim(home, run.workflow(), run.recipient(), Optional.empty(), run.id());
      case ONCE_PER_RECIPIENT_PER_TENANT ->
          firsts.claim(home, run.workflow(), run.recipient(), run.tenant(), run.id());
    };
  }
}
