package dev.carillon.functions.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesFileTest {
  private final Bench bench = new Bench();

  @Test
  void a_text_is_tried_as_json_first() {
    push(
        """
        {"yes": {"type": "public", "value": "true"},
         "price": {"type": "public", "value": "12.5"},
         "agent": {"type": "public", "value": "007"},
         "shout": {"type": "public", "value": "TRUE"},
         "list": {"type": "public", "value": "[1, \\"a\\"]"},
         "plain": {"type": "public", "value": false}}
        """);

    var vars = bench.variables.open(Bench.LOCAL);
    assertThat(vars.get("yes")).contains(Json.TRUE);
    assertThat(vars.get("price")).contains(new Json.Num(new BigDecimal("12.5")));
    assertThat(vars.get("agent")).contains(Json.of("007"));
    assertThat(vars.get("shout")).contains(Json.of("TRUE"));
    assertThat(vars.list("list")).containsExactly(Json.of(1), Json.of("a"));
    assertThat(vars.get("plain")).contains(Json.FALSE);
  }

  @Test
  void the_environments_value_wins_over_the_common_one_and_a_given_one_over_both() {
    var file =
        Map.of(
            "variables.json",
            """
            {"a": {"type": "public", "value": "common"},
             "b": {"type": "public", "value": "common", "environment_values": {"local": "here"}},
             "c": {"type": "public", "value": "common", "environment_values": {"local": "here"}},
             "d": {"type": "public", "environment_values": {"production": "there"}}}
            """);
    bench.push(file, Json.object().with("c", "given"));

    assertThat(bench.variables.open(Bench.LOCAL))
        .isEqualTo(Json.object().with("a", "common").with("b", "here").with("c", "given"));
  }

  @Test
  void a_secret_is_never_among_the_open_ones_even_if_it_was_before() {
    push("{\"token\": {\"type\": \"public\", \"value\": \"t\"}}");
    push("{\"token\": {\"type\": \"secret\", \"value\": \"eight-ch\"}}");

    assertThat(bench.variables.open(Bench.LOCAL)).isEqualTo(Json.Obj.EMPTY);
    assertThat(bench.variables.values(Bench.LOCAL).secret())
        .isEqualTo(Json.object().with("token", "eight-ch"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "1"                 | true
          "hunter2"           | true
          1234567             | true
          "true"              | true
          "hunter22"          | false
          12345678            | false
          {"port": 443}       | false
          null                | false
          """)
  void a_secret_so_short_that_its_mask_would_hide_other_things_is_refused(
      String value, boolean refused) {
    var answer = push("{\"token\": {\"type\": \"secret\", \"value\": " + value + "}}");
    assertThat(Bench.refused(answer).stream().anyMatch(it -> it.contains("at least 8 characters")))
        .isEqualTo(refused);
  }

  @Test
  void a_push_without_variables_keeps_those_that_were_there() {
    push("{\"a\": {\"type\": \"public\", \"value\": \"kept\"}}");
    bench.push(Map.of("README.md", "nothing"));

    assertThat(bench.variables.open(Bench.LOCAL)).isEqualTo(Json.object().with("a", "kept"));
  }

  @Test
  void a_broken_variable_is_reported_and_the_others_count() {
    push("{\"a\": {\"type\": \"public\", \"value\": \"old\"}}");
    var answer =
        push(
            """
            {"a": {"type": "hidden", "value": "new"}, "1st": {"type": "public", "value": "x"},
             "b": {"type": "public", "value": "x"}, "c": {"type": "public", "valeu": "x"}, "d": 1}
            """);

    assertThat(Bench.refused(answer))
        .containsExactly(
            "- | variables.json | - | a: \"type\" must be \"public\" or \"secret\".",
            "- | variables.json | - | 1st: a name is a letter or _ and then letters, digits, _ and"
                + " -.",
            "- | variables.json | - | c: \"valeu\" is not a field of a variable.",
            "- | variables.json | - | d: a variable is an object with a \"type\" and a"
                + " \"value\".");
    assertThat(bench.variables.open(Bench.LOCAL))
        .isEqualTo(Json.object().with("a", "old").with("b", "x"));
  }

  @Test
  void a_value_for_a_variable_that_is_not_declared_is_reported() {
    assertThat(Bench.refused(bench.push(Map.of(), Json.object().with("ghost", "boo"))))
        .containsExactly(
            "- | variables.json | - | A value was given for ghost, which is not declared.");
  }

  private Json.Obj push(String variables) {
    return bench.push(Map.of("variables.json", variables));
  }
}
