package dev.carillon.local.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperatorClientTest {
  private final List<Json> asked = new ArrayList<>();

  @Test
  void seeding_asks_operator_for_all_that_is_listed() {
    answering("{}").seed(Json.object().with("environment", Json.object().with("slug", "local")));

    assertThat(asked)
        .containsExactly(
            JsonText.parse("{\"action\":\"seed\",\"environment\":{\"slug\":\"local\"}}"));
  }

  @Test
  void a_push_says_which_workflows_serve_and_which_are_refused_and_why() {
    var pushed =
        answering(
                """
                {"accepted":[{"workflow":"a","version":"v1"}],
                 "refused":[{"workflow":"b","file":"b/workflow.json","step":"s","reason":"No."},
                            {"workflow":"c","reason":"Not at all."}]}
                """)
            .push("local", Map.of("workflows/a/workflow.json", "{}"), Json.object());

    assertThat(asked)
        .containsExactly(
            JsonText.parse(
                """
                {"action":"push","environment":"local",
                 "files":{"workflows/a/workflow.json":"{}"},"variables":{}}
                """));
    assertThat(pushed.accepted()).containsExactly(new OperatorClient.Accepted("a", "v1"));
    assertThat(pushed.refused())
        .containsExactly(
            new OperatorClient.Refused(
                "b", Optional.of("b/workflow.json"), Optional.of("s"), "No."),
            new OperatorClient.Refused("c", Optional.empty(), Optional.empty(), "Not at all."));
    assertThat(pushed.refused())
        .extracting(OperatorClient.Refused::line)
        .containsExactly("refused b, file b/workflow.json, step s: No.", "refused c: Not at all.");
  }

  @Test
  void an_error_that_operator_answers_is_passed_on() {
    assertThatThrownBy(() -> answering("{\"error\":{\"message\":\"No.\"}}").seed(Json.object()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("No.");
  }

  private OperatorClient answering(String answer) {
    return new OperatorClient(
        event -> {
          asked.add(JsonText.parse(event));
          return JsonText.bytes(JsonText.parse(answer));
        });
  }
}
