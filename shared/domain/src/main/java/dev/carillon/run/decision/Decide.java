package dev.carillon.run.decision;

import dev.carillon.batch.BatchId;
import dev.carillon.channel.Channel;
import dev.carillon.condition.Conditions;
import dev.carillon.condition.Verdict;
import dev.carillon.json.Json;
import dev.carillon.run.EnvironmentContext;
import dev.carillon.run.SkipReason;
import dev.carillon.workflow.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Decides what a run does at a step. No clock, no I/O: the same arguments give the same move. */
public final class Decide {
  private Decide() {}

  /** A move and what the step's conditions were found to compare. */
  public record Decision(Move move, Verdict verdict) {}

  /** The channels that the step may make messages on, whatever is decided: one, or a group's. */
  public static List<Channel> channelsOf(Step.ChannelStep step, EnvironmentContext environment) {
    return ChannelChoice.candidates(step, environment.channels().all(), environment.settings())
        .stream()
        .map(ChannelChoice.Candidate::channel)
        .distinct()
        .toList();
  }

  /** All conditions on facts of the run that the step's decision may have to answer. */
  public static Conditions conditions(Step step) {
    return step instanceof Step.Branch(_, var branches)
        ? new Conditions.All(branches.stream().map(Step.BranchPath::conditions).toList())
        : step.conditions();
  }

  /** The keys of the audiences that the step's decision may ask about. */
  public static Set<String> audiences(Step step, StepInput input) {
    var audiences = new TreeSet<>(conditions(step).audiences());
    if (step instanceof Step.ChannelStep channel) {
      audiences.addAll(ChannelDecision.audiences(channel, input));
    }
    return audiences;
  }

  /**
   * Into which batch the step would bring the run, whatever its conditions and its window say;
   * empty when its key fails.
   */
  public static Optional<BatchId> batch(Step.Batch step, StepInput input) {
    return BatchDecision.batch(step, input);
  }

  /** What the run does at this step now. */
  public static Decision at(Step step, StepInput input) {
    Verdict verdict = Verdict.of(step.conditions(), input.facts());
    if (!verdict.holds()) {
      return new Decision(
          new Move.Skip(SkipReason.CONDITIONS_NOT_MET, true, Json.object()), verdict);
    }
    Move move =
        switch (step) { // no default: a new kind of step must not compile until it is decided here
          case Step.ChannelStep channel -> ChannelDecision.of(channel, input);
          case Step.Delay _ when input.settings().skipDelay() ->
              new Move.Skip(SkipReason.SKIP_DELAY, true, Json.object());
          case Step.Delay delay -> DelayDecision.of(delay, input);
          case Step.Batch batch -> BatchDecision.of(batch, input);
          case Step.Throttle throttle -> ThrottleDecision.of(throttle, input);
          case Step.Branch branch -> BranchDecision.of(branch, input);
          case Step.RandomCohort cohort -> BranchDecision.of(cohort, input);
          case Step.Fetch fetch -> new Move.Fetch(fetch);
          case Step.TriggerWorkflow start -> StartDecision.of(start, input);
          case Step.WaitForEvent wait -> ListenDecision.of(wait, input);
          case Step.UpdateData update -> UpdateDecision.of(update, input);
          case Step.UpdateRecipient update -> UpdateDecision.of(update, input);
        };
    return new Decision(move, verdict);
  }
}
