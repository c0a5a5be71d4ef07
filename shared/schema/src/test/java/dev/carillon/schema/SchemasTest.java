package dev.carillon.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.WorkflowReader;
import org.junit.jupiter.api.Test;

class SchemasTest {
  private static final Json.Obj NO_DATA = Json.Obj.EMPTY;

  private final Schemas schemas = new Schemas();

  @Test
  void a_workflow_without_a_schema_takes_any_data() {
    assertThat(schemas.problems(workflow("null"), NO_DATA)).isEmpty();
  }

  @Test
  void data_are_checked_by_the_schema_of_the_version() {
    assertThat(schemas.problems(workflow("{\"required\": [\"a\"]}"), NO_DATA))
        .extracting(SchemaProblem::path)
        .containsExactly("a");
    assertThat(schemas.problems(workflow("{\"required\": [\"b\"]}"), NO_DATA))
        .extracting(SchemaProblem::path)
        .containsExactly("b");
  }

  @Test
  void more_versions_than_are_kept_are_all_checked() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 210; i++) {
        assertThat(schemas.problems(workflow("{\"required\": [\"a" + i + "\"]}"), NO_DATA))
            .extracting(SchemaProblem::path)
            .containsExactly("a" + i);
      }
    }
  }

  @Test
  void a_schema_that_makes_no_sense_is_found_before_it_serves() {
    assertThat(Schemas.problems(Json.object().with("type", "text")))
        .extracting(SchemaProblem::path)
        .contains("type");
  }

  @Test
  void a_schema_that_cannot_be_used_and_serves_all_the_same_is_a_failure_that_names_the_version() {
    var workflow = workflow("{\"$ref\": \"#/$defs/nowhere\"}");
    assertThatThrownBy(() -> schemas.problems(workflow, NO_DATA))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(workflow.version().toString());
  }

  private static Workflow workflow(String schema) {
    var source =
        """
        {"name": "Hello", "trigger_data_json_schema": %s, "steps": [
          {"type": "delay", "ref": "wait",
           "settings": {"delay_for": {"unit": "seconds", "value": 1}}}]}
        """;
    return switch (WorkflowReader.read(
        new WorkflowKey("hello"), (Json.Obj) JsonText.parse(source.formatted(schema)))) {
      case WorkflowReader.Read.Ok(var workflow) -> workflow;
      case WorkflowReader.Read.Refused(var problems, _) ->
          throw new AssertionError(problems.toString());
    };
  }
}
