package dev.carillon.functions.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.memory.events.EventPayloads;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Plays each operator payload in {@code events/} through the handler. */
class EventsTest {
  private final Bench bench = new Bench();

  @TestFactory
  List<DynamicTest> each_payload_is_answered_without_an_error() throws IOException {
    return EventPayloads.named("operator-").stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      var fresh = new Bench();
                      fresh.ask(EventPayloads.read("operator-seed"));
                      fresh.ask(EventPayloads.read("operator-push"));
                      assertThat(fresh.ask(EventPayloads.read(name)).get("error").isPresent())
                          .isEqualTo(name.startsWith("operator-refused"));
                    }))
        .toList();
  }

  @Test
  void the_seed_makes_what_it_is_asked_for() throws IOException {
    var answer = bench.ask(EventPayloads.read("operator-seed"));

    assertThat(answer.list("keys")).hasSize(2);
    assertThat(answer.list("channels")).hasSize(2);
  }

  @Test
  void the_push_of_one_good_and_one_broken_workflow_takes_the_good_one() throws IOException {
    bench.ask(EventPayloads.read("operator-seed"));
    var answer = bench.ask(EventPayloads.read("operator-push"));

    assertThat(Bench.accepted(answer)).containsExactly("welcome");
    assertThat(Bench.refused(answer))
        .containsExactly(
            "farewell | workflows/farewell/workflow.json | email_1 | \"text_body@\": there is no"
                + " file workflows/farewell/email_1/text_body.txt.");
    assertThat(answer.list("variables")).containsExactly(Json.of("app_name"));
  }

  @Test
  void a_push_of_an_environment_says_what_holds_now() throws IOException {
    bench.ask(EventPayloads.read("operator-seed"));
    var answer = bench.ask(EventPayloads.read("operator-push-environment"));

    assertThat(Bench.refused(answer)).isEmpty();
    assertThat(JsonText.write(answer.object("environment")))
        .isEqualTo(
            "{\"timezone\":\"Europe/Oslo\",\"preferences\":true,\"channel_groups\":[\"all-mail\"],"
                + "\"tracking_domains\":{\"link\":\"go.example.com\"},"
                + "\"preference_center\":true,"
                + "\"audiences\":[\"testers\",\"gold\"],\"tenants\":[\"bergen\"],"
                + "\"users\":[\"ada\"],\"objects\":[\"books/emma\"]}");
  }

  @Test
  void an_action_that_does_not_exist_is_refused_by_name() throws IOException {
    var answer = bench.ask(EventPayloads.read("operator-refused-action"));

    assertThat(Bench.error(answer, "field")).isEqualTo("action");
    assertThat(Bench.error(answer, "message"))
        .isEqualTo(
            "action must be one of activate_workflow, archive_workflow, channel_credentials,"
                + " inventory, new_signing_key, public_keys, push, remove_signing_key, revoke_key,"
                + " revoke_service_token, rotate_link_key, seed, test_fetch, trace_headers.");
  }
}
