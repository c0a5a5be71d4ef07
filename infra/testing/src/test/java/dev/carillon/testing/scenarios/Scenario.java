package dev.carillon.testing.scenarios;

import dev.carillon.recipient.RecipientId;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A story that the sweep tells again and again.
 *
 * @param source the workflow, as {@code workflow.json}
 * @param setting what is there before the story begins; no fault happens in it
 * @param story what clients do; what they do in answer to what they see is to be given to {@link
 *     Engine#client}, so that it happens however late a fault makes it
 * @param limit by when everything has come to an end, faults and all
 * @param people whose properties count at the end
 * @param others further workflows, as {@code workflow.json} by key
 */
public record Scenario(
    String name,
    WorkflowKey workflow,
    String source,
    Consumer<InProcessEngine> setting,
    Consumer<InProcessEngine> story,
    Duration limit,
    List<RecipientId> people,
    Map<String, String> others) {

  public Scenario(
      String name,
      WorkflowKey workflow,
      String source,
      Consumer<InProcessEngine> setting,
      Consumer<InProcessEngine> story,
      Duration limit,
      List<RecipientId> people) {
    this(name, workflow, source, setting, story, limit, people, Map.of());
  }
}
