package dev.carillon.functions.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkflowStatusTest {
  private final Bench bench = new Bench();

  @Test
  void a_workflow_is_switched_off_and_on_at_once() {
    bench.push(PushTest.hello("Hi"));

    assertThat(ask("activate_workflow", "hello", ", \"status\": false").get("active"))
        .contains(Json.FALSE);
    assertThat(live().active()).isFalse();
    assertThat(ask("activate_workflow", "hello", "").get("active")).contains(Json.TRUE);
    assertThat(live().active()).isTrue();
  }

  @Test
  void a_workflow_that_is_switched_off_stays_off_when_it_is_pushed() {
    bench.push(PushTest.hello("Hi"));
    ask("activate_workflow", "hello", ", \"status\": false");
    bench.push(PushTest.hello("Hello"));

    assertThat(live().active()).isFalse();
  }

  @Test
  void an_archived_workflow_is_gone_for_good_and_archiving_again_does_no_harm() {
    bench.push(PushTest.hello("Hi"));

    assertThat(ask("archive_workflow", "hello", "").get("archived")).contains(Json.TRUE);
    assertThat(ask("archive_workflow", "hello", "").get("archived")).contains(Json.TRUE);
    assertThat(live().archived()).isTrue();
    assertThat(Bench.error(ask("activate_workflow", "hello", ""), "code"))
        .isEqualTo("workflow_missing");
  }

  @Test
  void an_archived_workflow_is_archived_in_every_environment_whether_it_served_there_or_not() {
    for (String slug : List.of("local", "staging", "production")) {
      bench.ask(
          "{\"action\": \"seed\", \"environment\": {\"slug\": \"%s\"}, \"keys\": [{\"kind\": \"public\"}]}"
              .formatted(slug));
    }
    bench.push(PushTest.hello("Hi"));
    assertThat(Bench.accepted(bench.pushTo("staging", PushTest.hello("Hi")))).hasSize(1);

    assertThat(ask("archive_workflow", "hello", "").get("archived")).contains(Json.TRUE);

    assertThat(bench.workflows.live(new EnvironmentId("staging"), new WorkflowKey("hello")))
        .hasValueSatisfying(it -> assertThat(it.archived()).isTrue());
    for (String slug : List.of("local", "staging", "production")) {
      var answer = bench.pushTo(slug, PushTest.hello("Again"));
      assertThat(Bench.accepted(answer)).as(slug).isEmpty();
      assertThat(Bench.refused(answer)).singleElement().asString().contains("archived");
    }
  }

  @Test
  void a_workflow_that_there_is_not_is_refused_by_name() {
    for (var action : new String[] {"activate_workflow", "archive_workflow"}) {
      assertThat(Bench.error(ask(action, "hello", ""), "code")).isEqualTo("workflow_missing");
      assertThat(Bench.error(ask(action, "hello", ""), "field")).isEqualTo("workflow");
      assertThat(Bench.error(ask(action, "Hello World", ""), "field")).isEqualTo("workflow");
    }
    assertThat(Bench.error(ask("archive_workflow", "hello", ", \"status\": true"), "field"))
        .isEqualTo("status");
  }

  private Json.Obj ask(String action, String workflow, String more) {
    return bench.ask(
        "{\"action\": \"%s\", \"environment\": \"local\", \"workflow\": \"%s\"%s}"
            .formatted(action, workflow, more));
  }

  private Workflows.Live live() {
    return bench.workflows.live(Bench.LOCAL, new WorkflowKey("hello")).orElseThrow();
  }
}
