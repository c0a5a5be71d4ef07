package dev.carillon.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What {@code ./carillon deploy} ends with, on what the template deploys. */
@ResourceLock(Resources.SYSTEM_OUT)
class FirstDeploymentTest {

  @Test
  void a_new_deployment_ends_with_an_environment_whose_keys_are_shown_once() throws Exception {
    try (var stack = DeployedStack.bare(DeployedStack.template())) {
      var first = said(stack);
      assertThat(first)
          .contains("environment development", "workflow welcome", "signing_key", "\"email\"");

      var trigger =
          stack.send(
              key(first, "secret"),
              "POST",
              "/v1/workflows/welcome/trigger",
              "{\"recipients\": [{\"id\": \"ada\", \"name\": \"Ada\"}]}");
      assertThat(trigger.statusCode()).as(trigger.body()).isEqualTo(200);
      stack.advance(Duration.ofSeconds(5));
      assertThat(stack.outbox("in_app_feed")).hasSize(1);

      assertThat(said(stack)).as("the second deployment").isEmpty();
    }
  }

  /** What it prints, without the log of the functions. */
  private static List<String> lines(DeployedStack stack) throws Exception {
    var before = System.out;
    var written = new ByteArrayOutputStream();
    System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      assertThat(
              new RemoteCommand(
                      List.of(
                          "--port",
                          Integer.toString(stack.port()),
                          "--starter",
                          "starter",
                          "--sender-domain",
                          "example.com"))
                  .welcome())
          .isTrue();
    } finally {
      System.setOut(before);
    }
    return written
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.matches("(environment|key|signing_key|clients|channel|workflow) .*"))
        .toList();
  }

  private static String said(DeployedStack stack) throws Exception {
    return String.join("\n", lines(stack));
  }

  private static String key(String said, String kind) {
    return said.lines()
        .filter(line -> line.startsWith("key "))
        .map(line -> (Json.Obj) JsonText.parse(line.substring("key ".length())))
        .filter(key -> key.text("kind").orElseThrow().equals(kind))
        .map(key -> key.text("key").orElseThrow())
        .findFirst()
        .orElseThrow();
  }
}
