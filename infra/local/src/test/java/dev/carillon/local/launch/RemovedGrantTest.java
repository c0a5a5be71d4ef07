package dev.carillon.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a grant is gone shows where it is used: with the function, the action and the resource. */
class RemovedGrantTest {
  @TempDir private Path folder;

  @Test
  void what_a_function_may_no_longer_do_is_named_when_it_does_it() throws Exception {
    var template =
        DeployedStack.changed(folder, text -> text.replace("\"*#HOURS\"", "\"*#NEVER\""));
    try (var stack = DeployedStack.start(template)) {
      assertThat(trigger(stack)).isEqualTo(500);
      assertThat(refused(stack))
          .singleElement()
          .asString()
          .contains("intake may not dynamodb:PutItem on arn:aws:dynamodb:", "#HOURS");
    }
  }

  private static int trigger(DeployedStack stack) throws Exception {
    var answer =
        stack.send(
            "POST",
            "/v1/workflows/password-reset/trigger",
            "{\"recipients\": [{\"id\": \"ada\", \"email\": \"ada@example.com\"}]}");
    stack.advance(Duration.ofSeconds(5));
    return answer.statusCode();
  }

  private static List<String> refused(DeployedStack stack) throws Exception {
    return stack.get("/_local/access").list("refused").stream()
        .map(item -> ((Json.Str) item).value())
        .toList();
  }
}
