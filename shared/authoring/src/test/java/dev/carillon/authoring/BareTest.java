package dev.carillon.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class BareTest {
  @Test
  void what_only_files_and_answers_say_is_dropped_and_a_schema_keeps_its_own() {
    Json.Obj schema = Json.object().with("$schema", "draft").with("type", "object");
    Json.Obj content =
        Json.object().with("name", "x").with("html_body", "<p>").with("schema", schema);
    Json.Obj pulled =
        content
            .with("$schema", "workflow.json")
            .with("__readonly", Json.object().with("key", "x"))
            .with("html_body@", "x.html")
            .with("sha", "1")
            .with("__annotation", Json.object());
    assertThat(Bare.answered(pulled)).isEqualTo(content);
    assertThat(Bare.content(pulled)).isEqualTo(content.with("sha", "1"));
    assertThat(Bare.content(Json.object().with("html_body@", "x.html")).fields())
        .containsKey("html_body@");
  }

  @Test
  void differences_are_told_field_by_field() {
    Json.Obj before =
        Json.object()
            .with("name", "a")
            .with("gone", "x")
            .with("steps", Json.array(List.of(Json.object().with("ref", "1"))));
    Json.Obj after =
        Json.object()
            .with("name", "b")
            .with(
                "steps",
                Json.array(List.of(Json.object().with("ref", "1"), Json.object().with("ref", "2"))))
            .with("new", Json.NULL);
    assertThat(JsonChanges.between(before, after).stream().map(JsonChanges.Difference::path))
        .containsExactly("name", "gone", "steps[1]", "new");
    assertThat(JsonChanges.between(before, before)).isEmpty();
  }
}
