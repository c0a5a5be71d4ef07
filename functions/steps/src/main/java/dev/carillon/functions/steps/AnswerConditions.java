package dev.carillon.functions.steps;

import dev.carillon.audience.Membership;
import dev.carillon.condition.Conditions;
import dev.carillon.condition.Facts;
import dev.carillon.condition.StepStatus;
import dev.carillon.message.Engagement;
import dev.carillon.message.Message;
import dev.carillon.message.Messages;
import dev.carillon.recipient.Recipient;
import dev.carillon.run.Run;
import dev.carillon.run.StepOutcome;
import dev.carillon.run.decision.Decide;
import dev.carillon.run.decision.StepInput;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.StepRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks up what only some conditions ask about: earlier messages, and audiences. */
public final class AnswerConditions {
  private final Messages messages;
  private final Membership membership;

  AnswerConditions(Messages messages, Membership membership) {
    this.messages = messages;
    this.membership = membership;
  }

  /** The facts, with the statuses of earlier messages that the conditions ask about, as of now. */
  Facts answering(Conditions conditions, Facts facts, Run run) {
    Map<String, StepStatus> statuses = new HashMap<>();
    for (String ref : conditions.refs()) {
      statuses.put(ref, status(run, new StepRef(ref)));
    }
    return statuses.isEmpty() ? facts : facts.withStatuses(statuses);
  }

  /** The input with who is in the audiences that the step's decision may ask about. */
  StepInput withAudiences(Step step, StepInput input, Run run, Instant now) {
    var keys = Decide.audiences(step, input);
    return keys.isEmpty() || input.recipient().isEmpty()
        ? input
        : input.withAudiences(
            membership.of(run.environment(), keys, input.recipient().get(), run.tenant(), now));
  }

  /** The facts, with the audiences that the conditions ask about. */
  public Facts inAudiences(
      Conditions conditions, Facts facts, Optional<Recipient> recipient, Run run) {
    var keys = conditions.audiences();
    return keys.isEmpty() || recipient.isEmpty()
        ? facts
        : facts.withAudiences(
            membership.of(run.environment(), keys, recipient.get(), run.tenant(), facts.now()));
  }

  private StepStatus status(Run run, StepRef ref) {
    return switch (run.outcomes().get(ref)) {
      case null -> new StepStatus.Unknown();
      case StepOutcome.Skipped _ -> new StepStatus.Skipped();
      case StepOutcome.Done _, StepOutcome.Awaited _ -> new StepStatus.Unknown();
      case StepOutcome.Sent(var ids) -> {
        var standings =
            ids.stream()
                .flatMap(id -> messages.find(run.environment(), id).stream())
                .map(AnswerConditions::standing)
                .toList();
        yield standings.isEmpty() ? new StepStatus.Unknown() : new StepStatus.Made(standings);
      }
    };
  }

  private static StepStatus.Standing standing(Message message) {
    return new StepStatus.Standing(
        message.status().wireName(),
        message.engagement().keySet().stream()
            .map(Engagement::wireName)
            .collect(Collectors.toSet()));
  }
}
