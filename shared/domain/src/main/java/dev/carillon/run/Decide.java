package dev.carillon.run;

import dev.carillon.batch.BatchId;
import dev.carillon.channel.Channel;
import dev.carillon.condition.Conditions;
import dev.carillon.condition.Verdict;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.json.Json;
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
  public static List<Channel> channelsOf(
      Step.ChannelStep step, List<Channel> channels, EnvironmentSettings environment) {
    return ChannelChoice.candidates(step, channels, environment).stream()
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
  public static Set<String> audiences(Step step, StepInput situation) {
    var audiences = new TreeSet<>(conditions(step).audiences());
    if (step instanceof Step.ChannelStep channel) {
      audiences.addAll(ChannelDecision.audiences(channel, situation));
    }
    return audiences;
  }

  /**
   * Into which batch the step would bring the run, whatever its conditions and its window say;
   * empty when its key fails.
   */
  public static Optional<BatchId> batch(Step.Batch step, StepInput situation) {
    return BatchDecision.batch(step, situation);
  }

  /** What the run does at this step now. */
  public static Decision at(Step step, StepInput situation) {
    Verdict verdict = Verdict.of(step.conditions(), situation.facts());
    if (!verdict.holds()) {
      return new Decision(new Move.Skip("conditions_not_met", true, Json.object()), verdict);
    }
    Move move =
        switch (step) { // no default: a new kind of step must not compile until it is decided here
          case Step.ChannelStep channel -> ChannelDecision.of(channel, situation);
          case Step.Delay _ when situation.settings().skipDelay() ->
              new Move.Skip("skip_delay", true, Json.object());
          case Step.Delay delay -> DelayDecision.of(delay, situation);
          case Step.Batch batch -> BatchDecision.of(batch, situation);
          case Step.Throttle throttle -> ThrottleDecision.of(throttle, situation);
          case Step.Branch branch -> BranchDecision.of(branch, situation);
          case Step.RandomCohort cohort -> BranchDecision.of(cohort, situation);
          case Step.Fetch fetch -> new Move.Fetch(fetch);
          case Step.TriggerWorkflow start -> StartDecision.of(start, situation);
          case Step.WaitForEvent wait -> ListenDecision.of(wait, situation);
          case Step.UpdateData update -> UpdateDecision.of(update, situation);
          case Step.UpdateRecipient update -> UpdateDecision.of(update, situation);
        };
    return new Decision(move, verdict);
  }
}
