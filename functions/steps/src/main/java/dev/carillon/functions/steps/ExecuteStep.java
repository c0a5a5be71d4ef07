package dev.carillon.functions.steps;

import dev.carillon.fetch.RenderTexts;
import dev.carillon.fetch.TemplateCache;
import dev.carillon.functions.steps.waiting.JoinBatch;
import dev.carillon.functions.steps.waiting.Listen;
import dev.carillon.functions.steps.waiting.Waits;
import dev.carillon.json.Json;
import dev.carillon.run.HaltReason;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.run.RunContext;
import dev.carillon.run.RunEvent;
import dev.carillon.run.Wait;
import dev.carillon.run.decision.Decide;
import dev.carillon.run.decision.Decide.Decision;
import dev.carillon.run.decision.Move;
import dev.carillon.run.decision.StepInput;
import dev.carillon.runtime.LoadRunContext;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Step.ChannelStep;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes one step of a run: decides it and carries the move out, as far as that can be done twice.
 * What it makes exists when this returns.
 */
final class ExecuteStep {
  /** How often a failing step is tried in all (Knock's figure), and how long between the tries. */
  static final int TRIES = 3;

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);

  private final LoadRunContext load;
  private final AnswerConditions answer;
  private final TemplateCache templates;
  private final SendMessages send;
  private final JoinBatch join;
  private final PassThrottle pass;
  private final FetchData fetch;
  private final StartWorkflow start;
  private final Listen listen;
  private final ChangeRecipient change;
  private final InstantSource clock;

  ExecuteStep(
      LoadRunContext load,
      AnswerConditions answer,
      TemplateCache templates,
      SendMessages send,
      JoinBatch join,
      PassThrottle pass,
      FetchData fetch,
      StartWorkflow start,
      Listen listen,
      ChangeRecipient change,
      InstantSource clock) {
    this.load = load;
    this.answer = answer;
    this.templates = templates;
    this.send = send;
    this.join = join;
    this.pass = pass;
    this.fetch = fetch;
    this.start = start;
    this.listen = listen;
    this.change = change;
    this.clock = clock;
  }

  StepResult take(Step step, Run run, RunContext context, int attempt, Instant now) {
    var input = answer.withAudiences(step, input(step, run, context, now), run, now);
    Decision decision = Decide.at(step, input);
    Json.Obj why =
        decision.verdict().findings().isEmpty()
            ? Json.object()
            : Json.object().with("conditions", decision.verdict().json());
    var log =
        new StepLog(step, attempt, now, why, context.secrets(), clock)
            .ignoring(input.texts().ignored());
    if (step instanceof ChannelStep channelStep) {
      // By another clock it may be time for quiet hours: the worker that stores the run first
      // decides.
      return channelStep.holdsRun() && decision.move() instanceof Move.Deliver
          ? new StepResult.GoTo(run, Optional.of(channelStep.atAnyTime()))
          : channel(channelStep, run, context, decision, log);
    }
    return switch (decision.move()) {
      case Move.Deliver _ -> throw new IllegalStateException("No channel step: " + step.ref());
      case Move.Skip(var reason, var ok, var details) ->
          cameBefore(step, input, run, context, log)
              .orElseGet(() -> log.skipped(run, reason, ok, details));
      case Move.WaitUntil(var dueAt, var data) ->
          new StepResult.Pause(
              log.note(run, RunEvent.DELAY_STARTED, true, data),
              Waits.at(step, run, dueAt, new Wait.Kind.Elapse(), now));
      case Move.Hold(var dueAt, var data) -> held(run, step, dueAt, data, log);
      case Move.Collect collect -> join.join(collect, run, context, log);
      case Move.Pass it -> pass.pass(it, run, context, log);
      case Move.Enter(var arm, var name, var data) ->
          new StepResult.GoTo(
              log.done(
                  run,
                  step instanceof Step.RandomCohort
                      ? RunEvent.COHORT_ASSIGNED
                      : RunEvent.BRANCH_TAKEN,
                  Json.object().with("branch", name).merged(data)),
              context.workflow().into(step.ref(), arm));
      case Move.Fetch(var fetchStep) ->
          switch (fetch.fetch(fetchStep, run, context, log)) {
            case FetchData.Came.Merged(var merged) ->
                new StepResult.GoTo(merged, context.workflow().after(step.ref()));
            case FetchData.Came.Later(var logged, var dueAt) ->
                new StepResult.Pause(
                    logged, Waits.at(step, logged, dueAt, new Wait.Kind.Retry(attempt + 1), now));
            case FetchData.Came.Fatal(var logged) ->
                new StepResult.End(log.halted(logged, HaltReason.STEP_FAILED, Json.object()));
          };
      case Move.StartWorkflow it -> start.start(it, run, log);
      case Move.Listen it -> listen.listen(it, run, log);
      case Move.ChangeData(var patch) ->
          new StepResult.Continue(
              log.done(
                  run.carrying(run.carried().withData(context.data(run).merged(patch))),
                  RunEvent.DATA_UPDATED,
                  Json.object().with("data", patch)));
      case Move.Identify it -> change.change(it, run, log);
      case Move.Fail(var problem) -> failed(run, step, problem, log);
    };
  }

  /** What is context after the step: who may have been changed by it is looked up anew. */
  RunContext contextAfter(Step step, Run run, RunContext context) {
    if (step instanceof Step.UpdateRecipient) {
      return load.load(context.trigger(), context.workflow(), run);
    }
    // The run that a batch lets pass alone goes on as one that collected itself.
    return step instanceof Step.Batch && run.carried().batch().isPresent()
        ? load.afterBatch(context, context.workflow(), run)
        : context;
  }

  /**
   * What an earlier try or a copy of the task made of the run at batches from a step on, though the
   * run is to end before it gets there. From now on no copy can bring it into one.
   */
  List<StepResult> cameAhead(Optional<Step> from, Run run, RunContext context, Instant now) {
    var came = new ArrayList<StepResult>();
    Optional<Step> at = from;
    while (at.isPresent()) {
      Step step = at.get();
      // What other steps would be decided by is not looked up: most runs that end have no batch
      // ahead.
      if (step instanceof Step.Batch) {
        var log = new StepLog(step, 1, now, Json.object(), context.secrets(), clock);
        cameBefore(step, input(step, run, context, now), run, context, log).ifPresent(came::add);
      }
      at = context.workflow().after(step.ref());
    }
    return came;
  }

  /** A batch that the run was brought into is a decision already taken. */
  private Optional<StepResult> cameBefore(
      Step step, StepInput input, Run run, RunContext context, StepLog log) {
    return step instanceof Step.Batch batch
        ? Decide.batch(batch, input).flatMap(it -> join.before(it, run, context, log.withoutWhy()))
        : Optional.empty();
  }

  private StepInput input(Step step, Run run, RunContext context, Instant now) {
    var facts = answer.answering(Decide.conditions(step), context.facts(run, now), run);
    return new StepInput(
        context,
        run,
        facts,
        step instanceof ChannelStep && run.carried().batch().isPresent()
            ? context.openingFacts(run, now)
            : facts,
        new RenderTexts(
            () -> templates.of(context.library()),
            context.workflow(),
            facts.open(),
            context.zone().zone()));
  }

  private StepResult channel(
      ChannelStep step, Run run, RunContext context, Decision decision, StepLog log) {
    return switch (send.send(step, run, context, decision, log)) {
      case SendMessages.Sent.Sending(var taken) -> taken;
      case SendMessages.Sent.Held(var dueAt, var data) -> held(run, step, dueAt, data, log);
      case SendMessages.Sent.Failed(var logged, var problem) -> failed(logged, step, problem, log);
    };
  }

  private static StepResult held(Run run, Step step, Instant dueAt, Json.Obj data, StepLog log) {
    return new StepResult.Pause(
        log.note(run, RunEvent.RUN_HELD, true, data),
        Waits.at(step, run, dueAt, new Wait.Kind.Hold(), log.now()));
  }

  private static StepResult failed(Run run, Step step, String problem, StepLog log) {
    Json.Obj data = Json.object().with("error", problem).with("max_attempts", Json.of(TRIES));
    Run logged = log.note(run, RunEvent.STEP_FAILED, false, data);
    if (log.attempt() < TRIES) {
      Instant dueAt = log.now().plus(BETWEEN_TRIES.multipliedBy(log.attempt()));
      return new StepResult.Pause(
          logged, Waits.at(step, run, dueAt, new Wait.Kind.Retry(log.attempt() + 1), log.now()));
    }
    return new StepResult.End(halted(logged, HaltReason.STEP_FAILED, log.now()));
  }

  /** The run ends for a reason that is no step's. */
  static Run halted(Run run, HaltReason reason, Instant now) {
    return run.logged(LogEntry.ofRun(now, RunEvent.RUN_HALTED, true, LogEntry.because(reason)));
  }
}
