package dev.carillon.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.json.Json;
import dev.carillon.socket.ConnectionId;
import dev.carillon.socket.PushToConnection.Pushed;
import dev.carillon.storage.FakeAws.Answer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.ForbiddenException;

class GatewayConnectionsTest {
  private static final ConnectionId CONNECTION = new ConnectionId("L0SM9cOFvHcCIhw=");

  private static GatewayConnections connections(FakeAws aws) {
    return new GatewayConnections(
        aws.clients().connections("https://a1b2c3.execute-api.eu-central-1.amazonaws.com/live"));
  }

  @Test
  void a_text_is_posted_to_the_connection_under_the_stage() throws Exception {
    try (var aws = new FakeAws(_ -> Answer.ok(Json.object()))) {
      assertThat(connections(aws).push(CONNECTION, "{}")).isEqualTo(Pushed.SENT);
      var asked = aws.asked().getFirst();
      assertThat(asked.method()).isEqualTo("POST");
      assertThat(asked.path()).isEqualTo("/live/@connections/L0SM9cOFvHcCIhw%3D");
      assertThat(asked.headers().get("authorization")).contains("/execute-api/");
    }
  }

  @Test
  void a_connection_that_is_closed_is_gone() throws Exception {
    try (var aws = new FakeAws(_ -> Answer.error(410, "GoneException"))) {
      assertThat(connections(aws).push(CONNECTION, "{}")).isEqualTo(Pushed.GONE);
      assertThat(aws.asked()).hasSize(1);
    }
  }

  @Test
  void what_else_goes_wrong_is_thrown() throws Exception {
    try (var aws = new FakeAws(_ -> Answer.error(403, "ForbiddenException"))) {
      var connections = connections(aws);
      assertThatThrownBy(() -> connections.push(CONNECTION, "{}"))
          .isInstanceOf(ForbiddenException.class);
    }
  }
}
