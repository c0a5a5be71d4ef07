package dev.carillon.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrimingTest {
  private static final Environment REAL =
      new Environment(
          Map.of(
              "TABLE_NAME", "carillon",
              "AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:9",
              "AWS_ACCESS_KEY_ID", "REAL",
              "AWS_SECRET_ACCESS_KEY", "real",
              "AWS_SESSION_TOKEN", "real",
              "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:9/credentials"),
          () -> Instant.parse("2026-01-05T09:00:00Z"));

  private final List<Environment> made = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();

  private RequestStreamHandler asking(Environment environment) {
    made.add(environment);
    return (event, _, _) -> {
      events.add(new String(event.readAllBytes(), StandardCharsets.UTF_8));
      answers.add(answer(environment.require("AWS_ENDPOINT_URL")));
    };
  }

  private static String answer(String url) throws IOException {
    var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    try (var in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void before_the_snapshot_another_handler_works_on_the_event_and_its_aws_knows_nothing() {
    new Priming(REAL, this::asking, "{\"an\":\"event\"}", _ -> {}).beforeCheckpoint(null);

    assertThat(events).containsExactly("{\"an\":\"event\"}");
    assertThat(answers).containsExactly("{}");
  }

  @Test
  void it_has_the_variables_of_the_function_but_neither_its_credentials_nor_its_aws() {
    new Priming(REAL, this::asking, "{}", _ -> {}).beforeCheckpoint(null);

    assertThat(made.getFirst().variables())
        .containsEntry("TABLE_NAME", "carillon")
        .containsEntry("AWS_ACCESS_KEY_ID", "priming")
        .doesNotContainKeys(
            "AWS_ENDPOINT_URL_DYNAMODB", "AWS_SESSION_TOKEN", "AWS_CONTAINER_CREDENTIALS_FULL_URI");
  }

  @Test
  void a_handler_that_fails_does_not_keep_the_snapshot_from_being_taken() {
    var failing =
        new Priming(
            REAL,
            _ ->
                (_, _, _) -> {
                  throw new IllegalStateException("no such trigger");
                },
            "{}",
            made::add);

    assertThatCode(() -> failing.beforeCheckpoint(null)).doesNotThrowAnyException();
    assertThat(made).as("what else is rehearsed is so all the same").hasSize(1);
  }

  @Test
  void the_events_are_in_the_form_of_lambda() {
    var http = (Json.Obj) JsonText.parse(Priming.http("POST", "/v1/x", "{\"a\":\"\\\\\"}"));
    assertThat(http.text("body")).contains("{\"a\":\"\\\\\"}");
    assertThat(http.object("requestContext").object("http").text("method")).contains("POST");

    var queue = (Json.Obj) JsonText.parse(Priming.queue("{\"type\":\"sweep.v1\"}"));
    assertThat(((Json.Obj) queue.list("Records").getFirst()).text("body"))
        .contains("{\"type\":\"sweep.v1\"}");
  }
}
