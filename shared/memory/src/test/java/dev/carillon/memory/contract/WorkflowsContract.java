package dev.carillon.memory.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.condition.Conditions;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class WorkflowsContract {
  private final EnvironmentId environment = Samples.environment();
  private Workflows workflows;

  /** Workflows that read a source as {@link #workflow} does. */
  protected abstract Workflows workflows();

  @BeforeEach
  void prepare() {
    workflows = workflows();
  }

  /** A workflow without steps, as its source names it. */
  protected static Workflow workflow(WorkflowKey key, Json.Obj source) {
    String name = source.text("name").orElse("");
    return new Workflow(
        key,
        new VersionId(Digest.of("test", name).uuid()),
        name,
        List.of(),
        Conditions.ALWAYS,
        List.of(),
        source);
  }

  private static Workflow named(String name) {
    return workflow(Samples.WORKFLOW, Json.object().with("name", name));
  }

  @Test
  void what_was_never_committed_is_not_there() {
    assertThat(workflows.live(environment, Samples.WORKFLOW)).isEmpty();
    assertThat(workflows.version(environment, Samples.WORKFLOW, Samples.VERSION)).isEmpty();
  }

  @Test
  void a_commit_serves_at_once_and_earlier_versions_stay() {
    Workflow first = named("first");
    Workflow second = named("second");
    workflows.commit(environment, first);
    assertThat(workflows.live(environment, Samples.WORKFLOW))
        .contains(new Workflows.Live(first.version(), true));
    workflows.commit(environment, second);
    workflows.commit(environment, second);
    assertThat(workflows.live(environment, Samples.WORKFLOW))
        .contains(new Workflows.Live(second.version(), true));
    assertThat(workflows.version(environment, Samples.WORKFLOW, first.version())).contains(first);
    assertThat(workflows.version(environment, Samples.WORKFLOW, second.version())).contains(second);
    assertThat(workflows.live(Samples.environment(), Samples.WORKFLOW)).isEmpty();
    assertThat(workflows.version(Samples.environment(), Samples.WORKFLOW, first.version()))
        .isEmpty();
  }
}
