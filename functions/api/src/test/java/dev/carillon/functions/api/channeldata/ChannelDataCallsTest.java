package dev.carillon.functions.api.channeldata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.api.ApiFixture;
import dev.carillon.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelDataCallsTest {
  private static final String ONE = " /v1/users/{id}/channel_data/{channel}";
  private static final String CHANNEL = "8f14e45f-ceea-467f-a0e6-00000000000A";
  private static final Map<String, String> PATH = Map.of("id", "jhammond", "channel", CHANNEL);

  private final ApiFixture park = new ApiFixture();

  @Test
  void data_are_replaced_shown_and_unset() {
    assertThat(park.call("GET" + ONE, PATH, "").status()).isEqualTo(404);
    var set = park.call("PUT" + ONE, PATH, "", "{\"data\":{\"tokens\":[\"t1\"]}}");
    assertThat(set.status()).isEqualTo(200);
    assertThat(set.text("__typename")).isEqualTo("ChannelData");
    assertThat(set.text("channel_id")).isEqualTo(CHANNEL.toLowerCase(java.util.Locale.ROOT));
    park.call("PUT" + ONE, PATH, "", "{\"data\":{\"tokens\":[\"t2\"]}}");
    assertThat(park.call("GET" + ONE, PATH, "").at("data.tokens.0")).isEqualTo(Json.of("t2"));
    assertThat(park.call("GET" + ONE, PATH, "").at("data.tokens.1")).isEqualTo(Json.NULL);
    assertThat(park.call("DELETE" + ONE, PATH, "").status()).isEqualTo(204);
    assertThat(park.call("GET" + ONE, PATH, "").status()).isEqualTo(404);
    assertThat(park.call("DELETE" + ONE, PATH, "").status()).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"tokens": ["t"]}                         | devices.0.token
          {"devices": [{"token": "t"}]}             | tokens.0
          {"target_arns": ["t"]}                    | devices.0.target_arn
          {"devices": [{"target_arn": "t"}]}        | target_arns.0
          {"player_ids": ["t"]}                     | player_ids.0
          """)
  void who_gives_tokens_is_shown_devices_and_the_other_way_round(String data, String at) {
    var reply = park.call("PUT" + ONE, PATH, "", "{\"data\":" + data + "}");
    assertThat(reply.text("data." + at)).isEqualTo("t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"data\":7}",
        "{\"tokens\":[\"t\"]}",
        "{\"data\":{\"tokens\":[7]}}",
        "{\"data\":{\"devices\":[{\"locale\":\"de\"}]}}",
        "{\"data\":{\"connections\":[7]}}"
      })
  void what_no_provider_could_read_is_refused(String body) {
    assertThat(park.call("PUT" + ONE, PATH, "", body).status()).isEqualTo(422);
    assertThat(park.call("GET" + ONE, PATH, "").status()).isEqualTo(404);
  }

  @Test
  void a_channel_is_named_by_its_key_too_and_must_be_one() {
    var byKey = Map.of("id", "jhammond", "channel", "webhook");
    var reply = park.call("PUT" + ONE, byKey, "", "{\"data\":{\"url\":\"https://x.example\"}}");
    assertThat(reply.text("channel_id")).isEqualTo(ApiFixture.WEBHOOK.id().toString());
    var pigeon = Map.of("id", "jhammond", "channel", "pigeon");
    assertThat(park.call("GET" + ONE, pigeon, "").text("code")).isEqualTo("channel_invalid");
  }

  @Test
  void objects_have_channel_data_too_and_a_public_key_alone_writes_none() {
    String path = "PUT /v1/objects/{collection}/{id}/channel_data/{channel}";
    var rex = Map.of("collection", "assets", "id", "rex", "channel", CHANNEL);
    String body = "{\"data\":{\"connections\":[{\"channel_id\":\"C1\"}]}}";
    assertThat(park.call(path, rex, "", body).text("data.connections.0.channel_id"))
        .isEqualTo("C1");
    assertThat(park.call("pk_local", path, rex, "", body).status()).isEqualTo(403);
    assertThat(
            park.call("pk_local", "PUT" + ONE, PATH, "", "{\"data\":{\"tokens\":[]}}").text("code"))
        .isEqualTo("missing_user_token");
  }
}
