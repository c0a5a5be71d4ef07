package dev.carillon.memory.contract.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.condition.Conditions;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.memory.contract.Samples;
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
        .contains(new Workflows.Live(first.version(), true, false));
    workflows.commit(environment, second);
    workflows.commit(environment, second);
    assertThat(workflows.live(environment, Samples.WORKFLOW))
        .contains(new Workflows.Live(second.version(), true, false));
    assertThat(workflows.version(environment, Samples.WORKFLOW, first.version())).contains(first);
    assertThat(workflows.version(environment, Samples.WORKFLOW, second.version())).contains(second);
    assertThat(workflows.live(Samples.environment(), Samples.WORKFLOW)).isEmpty();
    assertThat(workflows.version(Samples.environment(), Samples.WORKFLOW, first.version()))
        .isEmpty();
  }

  @Test
  void what_an_audience_triggers_is_found_by_its_key() {
    Json.Obj entry = Json.object().with("type", "audience").with("audience_key", "v%ips");
    var welcome = new WorkflowKey("welcome");
    workflows.commit(
        environment, workflow(welcome, Json.object().with("name", "w").with("trigger", entry)));
    workflows.commit(environment, named("other"));
    assertThat(workflows.enteredBy(environment, "v%ips")).containsExactly(welcome);
    assertThat(workflows.enteredBy(environment, "v")).isEmpty();
    assertThat(workflows.enteredBy(Samples.environment(), "v%ips")).isEmpty();
    assertThat(
            workflows
                .version(
                    environment,
                    welcome,
                    workflows.live(environment, welcome).orElseThrow().version())
                .flatMap(Workflow::entryAudience))
        .contains("v%ips");
  }

  private Workflows.Live live() {
    return workflows.live(environment, Samples.WORKFLOW).orElseThrow();
  }

  @Test
  void a_workflow_is_switched_off_and_on_at_once_whatever_its_version() {
    Workflow first = named("first");
    Workflow second = named("second");
    assertThat(workflows.setActive(environment, Samples.WORKFLOW, false)).isFalse();
    assertThat(workflows.live(environment, Samples.WORKFLOW)).isEmpty();
    workflows.commit(environment, first);
    assertThat(workflows.setActive(environment, Samples.WORKFLOW, false)).isTrue();
    assertThat(workflows.setActive(environment, Samples.WORKFLOW, false)).isTrue();
    assertThat(live()).isEqualTo(new Workflows.Live(first.version(), false, false));
    assertThat(workflows.commit(environment, second)).isTrue();
    assertThat(live()).isEqualTo(new Workflows.Live(second.version(), false, false));
    assertThat(workflows.setActive(environment, Samples.WORKFLOW, true)).isTrue();
    assertThat(live()).isEqualTo(new Workflows.Live(second.version(), true, false));
    assertThat(workflows.setActive(Samples.environment(), Samples.WORKFLOW, true)).isFalse();
  }

  @Test
  void an_archived_workflow_never_comes_back_and_keeps_its_versions() {
    Workflow first = named("first");
    assertThat(workflows.archive(environment, Samples.WORKFLOW)).isFalse();
    assertThat(workflows.live(environment, Samples.WORKFLOW)).isEmpty();
    assertThat(workflows.commit(environment, first)).isTrue();
    assertThat(workflows.archive(environment, Samples.WORKFLOW)).isTrue();
    assertThat(workflows.archive(environment, Samples.WORKFLOW)).isTrue();
    assertThat(live()).isEqualTo(new Workflows.Live(first.version(), true, true));
    assertThat(workflows.commit(environment, named("second"))).isFalse();
    assertThat(workflows.commit(environment, first)).isFalse();
    assertThat(workflows.setActive(environment, Samples.WORKFLOW, true)).isFalse();
    assertThat(live()).isEqualTo(new Workflows.Live(first.version(), true, true));
    assertThat(workflows.version(environment, Samples.WORKFLOW, first.version())).contains(first);
    assertThat(workflows.archive(Samples.environment(), Samples.WORKFLOW)).isFalse();
    assertThat(workflows.isRetired(environment, Samples.WORKFLOW)).isTrue();
    assertThat(workflows.isRetired(Samples.environment(), Samples.WORKFLOW)).isFalse();
  }

  @Test
  void a_key_is_retired_whether_or_not_a_workflow_ever_served_under_it() {
    assertThat(workflows.isRetired(environment, Samples.WORKFLOW)).isFalse();
    workflows.retire(environment, Samples.WORKFLOW);
    workflows.retire(environment, Samples.WORKFLOW);
    assertThat(workflows.isRetired(environment, Samples.WORKFLOW)).isTrue();
    assertThat(workflows.live(environment, Samples.WORKFLOW)).isEmpty();
    assertThat(workflows.commit(environment, named("first"))).isFalse();
    assertThat(workflows.setActive(environment, Samples.WORKFLOW, true)).isFalse();
    assertThat(workflows.archive(environment, Samples.WORKFLOW)).isFalse();
    assertThat(workflows.live(environment, Samples.WORKFLOW)).isEmpty();
  }

  @Test
  void a_workflow_that_serves_is_retired_as_it_is_archived() {
    Workflow first = named("first");
    workflows.commit(environment, first);
    workflows.retire(environment, Samples.WORKFLOW);
    assertThat(live()).isEqualTo(new Workflows.Live(first.version(), true, true));
  }
}
