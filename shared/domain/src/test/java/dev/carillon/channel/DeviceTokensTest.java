package dev.carillon.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceTokensTest {

  @Test
  void a_token_is_taken_out_wherever_it_stands_and_nothing_else_is() {
    Json.Obj data =
        Json.object()
            .with("tokens", Json.texts(List.of("a", " b ", "c")))
            .with("target_arns", Json.texts(List.of("b")))
            .with(
                "devices",
                Json.array(
                    List.of(
                        Json.object().with("token", "b").with("locale", "de"),
                        Json.object().with("token", "d"),
                        Json.object().with("target_arn", "b"))))
            .with("other", "b");
    assertThat(DeviceTokens.without(data, "b"))
        .isEqualTo(
            Json.object()
                .with("tokens", Json.texts(List.of("a", "c")))
                .with("target_arns", Json.texts(List.of()))
                .with("devices", Json.array(List.of(Json.object().with("token", "d"))))
                .with("other", "b"));
    assertThat(DeviceTokens.without(data, "x")).isEqualTo(data);
    assertThat(DeviceTokens.without(Json.Obj.EMPTY, "x")).isEqualTo(Json.Obj.EMPTY);
  }
}
