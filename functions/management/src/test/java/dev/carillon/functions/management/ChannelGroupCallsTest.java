package dev.carillon.functions.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChannelGroupCallsTest {
  private final ManagementFixture desk = new ManagementFixture();

  @BeforeEach
  void there_are_groups() {
    groups(ManagementFixture.LOCAL, "push", "First");
    groups(ManagementFixture.PRODUCTION, "push", "Second");
    desk.ports
        .channels()
        .put(
            ManagementFixture.LOCAL,
            new Channel(
                new ChannelId(new UUID(0, 1)),
                "apns",
                "Apple",
                ChannelType.PUSH,
                "push_apns",
                Json.object(),
                desk.clock.instant(),
                desk.clock.instant()));
  }

  private void groups(EnvironmentId environment, String key, String name) {
    var group =
        (Json.Obj)
            JsonText.parse(
                """
                {"key": "%s", "name": "%s", "channel_type": "push", "operator": "all",
                 "channel_rules": [
                   {"rule_type": "if", "variable": "recipient.os", "operator": "equal_to",
                    "argument": "ios", "channel_key": "apns"},
                   {"rule_type": "always", "channel_key": "gone"}]}
                """
                    .formatted(key, name));
    desk.ports
        .environments()
        .put(
            environment, new EnvironmentSettings(Optional.empty(), Json.Obj.EMPTY, List.of(group)));
  }

  @Test
  void a_group_is_listed_and_shown_with_the_channels_of_its_rules() {
    var listed = desk.get("/v1/channel_groups");
    assertThat(listed.text("entries.0.key")).isEqualTo("push");
    assertThat(listed.text("entries.1")).isEqualTo("null");
    var shown = desk.get("/v1/channel_groups/push");
    assertThat(shown.text("name")).isEqualTo("First");
    assertThat(shown.text("operator")).isEqualTo("all");
    assertThat(shown.text("channel_rules.0.channel.key")).isEqualTo("apns");
    assertThat(shown.text("channel_rules.0.argument")).isEqualTo("ios");
    assertThat(shown.text("channel_rules.1")).as("of a channel that is gone").isEqualTo("null");
    assertThat(desk.get("/v1/channel_groups/none").text("code")).isEqualTo("resource_missing");
  }

  @Test
  void a_token_sees_the_groups_of_its_environments() {
    assertThat(desk.as("knock_st_production").get("/v1/channel_groups/push").text("name"))
        .isEqualTo("Second");
  }
}
