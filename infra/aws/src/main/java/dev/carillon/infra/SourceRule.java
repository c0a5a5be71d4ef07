package dev.carillon.infra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.events.EventField;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.constructs.Construct;

/**
 * Brings the events of a bus in: as tasks, in the queue of the function that does what they are
 * mapped to. Nobody but EventBridge may send there for the rule.
 */
final class SourceRule extends Construct {

  SourceRule(Construct scope, StackSettings.EventSource from, QueueWithDeadLetters tasks) {
    super(
        scope,
        "From%s%s%s%s"
            .formatted(from.environment(), from.source(), from.bus(), from.eventSource())
            .replaceAll("[^A-Za-z0-9]", ""));
    Map<String, Object> task = new LinkedHashMap<>();
    task.put("type", "bus-event.v1");
    task.put("environment", from.environment());
    task.put("source", from.source());
    task.put("event", EventField.fromPath("$"));
    Rule.Builder.create(this, "Rule")
        .description("Events for the source " + from.source() + " of Carillon")
        .eventBus(EventBus.fromEventBusName(this, "Bus", from.bus()))
        .eventPattern(EventPattern.builder().source(List.of(from.eventSource())).build())
        .targets(List.of(tasks.targeted(RuleTargetInput.fromObject(task))))
        .build();
  }
}
