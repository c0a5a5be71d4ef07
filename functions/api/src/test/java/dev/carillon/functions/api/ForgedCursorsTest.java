package dev.carillon.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.access.DeploymentKey;
import dev.carillon.edge.Cursors;
import dev.carillon.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cursors that no list gave, made as one makes them who knows how. */
class ForgedCursorsTest {
  private static final List<String> POSITIONS =
      List.of(
          " ",
          "x",
          "{",
          "{}",
          "-{}",
          "+{",
          "x+{\"counts\":[]}x",
          "1",
          "1 1",
          "1 x ",
          "x 1 ",
          "-1 0 ",
          "1 -1 ",
          "1 16 ",
          "1 99 name",
          "99999999999 0 ",
          "99999999999999999999999 0 ",
          "1 99999999999999999999 ",
          "1\n0\nname",
          "\u0000",
          "a".repeat(3_000));

  private final ApiFixture fixture = new ApiFixture().waiting();

  static List<String> positions() {
    return POSITIONS;
  }

  @ParameterizedTest
  @MethodSource("positions")
  void a_place_that_what_waits_cannot_have_is_refused(String position) {
    refused(
        fixture.call(
            "GET /v1/waiting",
            Map.of(),
            "after=" + cursors("development", "waiting").cursor(position)));
  }

  @ParameterizedTest
  @MethodSource("positions")
  void a_place_that_an_audit_cannot_have_is_refused(String position) {
    String since = "since=2026-01-01T00:00:00Z";
    String filters = "{\"since\":[\"2026-01-01T00:00:00Z\"]}";
    refused(
        fixture.call(
            "GET /v1/audit",
            Map.of(),
            since + "&after=" + cursors("development", "audit", filters).cursor(position)));
  }

  @ParameterizedTest
  @MethodSource("positions")
  void no_list_fails_by_one(String position) {
    for (var list : List.of("messages", "runs")) {
      var path = list.equals("runs") ? "workflow_recipient_runs" : list;
      var cursors =
          list.equals("runs") ? cursors("development", list, "") : cursors("development", list);
      for (var side : List.of("after", "before")) {
        var reply =
            fixture.call("GET /v1/" + path, Map.of(), side + "=" + cursors.cursor(position));
        assertThat(reply.status()).as(list + " " + side).isEqualTo(200);
      }
    }
  }

  /** Of the deployment; only its own code could make them. */
  private Cursors cursors(String... boundTo) {
    return Cursors.of(fixture.ports.deploymentKeys().key(), boundTo);
  }

  @ParameterizedTest
  @MethodSource("positions")
  void without_the_key_of_the_deployment_nobody_makes_one(String position) {
    var other = new DeploymentKey("0".repeat(64));
    for (var list : List.of("waiting", "messages", "workflow_recipient_runs")) {
      var name = list.equals("workflow_recipient_runs") ? "runs" : list;
      for (var cursors :
          List.of(
              Cursors.of(other, "development", name), Cursors.of(other, "development", name, ""))) {
        refused(fixture.call("GET /v1/" + list, Map.of(), "after=" + cursors.cursor(position)));
      }
    }
  }

  private static void refused(ApiFixture.Reply reply) {
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text("errors.0.field")).isEqualTo("after");
    assertThat(reply.at("errors.0.message")).isEqualTo(Json.of("is not a cursor of this list"));
  }
}
