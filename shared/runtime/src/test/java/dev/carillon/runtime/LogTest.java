package dev.carillon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Log log =
      new Log(
          new PrintStream(written, true, StandardCharsets.UTF_8),
          InstantSource.fixed(Instant.parse("2026-01-05T09:00:00Z")),
          Optional.of("steps"));

  @Test
  void a_decision_is_one_line_of_json() {
    log.decision("run.advanced", "run", "r\n1", "step", 2, "last", true, "why", Optional.empty());
    assertThat(written.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"at\":\"2026-01-05T09:00:00Z\",\"level\":\"info\",\"function\":\"steps\",\"decision\":\"run.advanced\",\"run\":\"r\\n"
                + "1\",\"step\":2,\"last\":true,\"why\":null}\n");
  }

  @Test
  void a_failure_tells_class_and_place_but_no_message() {
    log.failure(
        "run.failed",
        new IllegalStateException("ann@example.com", new RuntimeException("secret")),
        "run",
        "r1");
    var line = line();
    assertThat(line.text("level")).contains("error");
    assertThat(line.text("exception")).contains("java.lang.IllegalStateException");
    assertThat(line.list("stack"))
        .isNotEmpty()
        .contains(Json.of("caused by java.lang.RuntimeException"));
    assertThat(JsonText.write(line))
        .contains("LogTest")
        .doesNotContain("example")
        .doesNotContain("secret");
  }

  @Test
  void what_is_too_long_to_be_an_id_is_cut() {
    log.decision("x", "value", "y".repeat(10_000));
    assertThat(line().text("value").orElseThrow()).hasSize(301);
  }

  @Test
  void a_key_without_a_value_and_a_null_are_null() {
    log.decision("x", "a", null, "b");
    assertThat(line().get("a")).contains(Json.NULL);
    assertThat(line().get("b")).contains(Json.NULL);
  }

  @Test
  void a_value_cannot_pose_as_the_level() {
    log.decision("x", "level", "error");
    assertThat(line().text("level")).contains("info");
  }

  private Json.Obj line() {
    return (Json.Obj) JsonText.parse(written.toByteArray());
  }
}
