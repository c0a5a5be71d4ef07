package dev.carillon.throttle;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.RunId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.WorkflowKey;
import java.util.Optional;

/**
 * Names a budget: a hash of whose it is and of what the throttle step says.
 *
 * @param value 64 hexadecimal digits
 */
public record ThrottleId(String value) {

  /** The budget of one step. */
  public static ThrottleId ofStep(
      RecipientId recipient, WorkflowKey workflow, StepRef step, Optional<String> key) {
    return of("step", recipient, workflow.value(), step.value(), key);
  }

  /** The budget that all workflows of an environment share. */
  public static ThrottleId ofEnvironment(RecipientId recipient, Optional<String> key) {
    return of("environment", recipient, "", "", key);
  }

  /** What the triggers that came of one run, and of those that came of them, may be together. */
  public static ThrottleId ofTree(RunId root) {
    return new ThrottleId(Digest.of("tree", root.toString()).hex());
  }

  /** The same on a branch, whose runs take nothing off the budgets of the environment. */
  public ThrottleId on(EnvironmentId branch) {
    return new ThrottleId(Digest.of("branch", branch.value(), value).hex());
  }

  private static ThrottleId of(
      String kind, RecipientId recipient, String workflow, String step, Optional<String> key) {
    return new ThrottleId(
        Digest.of(
                "throttle",
                kind,
                recipient.collection(),
                recipient.id(),
                workflow,
                step,
                key.map(it -> "=" + it).orElse(""))
            .hex());
  }
}
