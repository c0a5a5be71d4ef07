package dev.carillon.workflow;

import static dev.carillon.workflow.Reading.refusedStep;
import static dev.carillon.workflow.Reading.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelType;
import dev.carillon.window.SendWindowMode;
import dev.carillon.window.SendWindows;
import dev.carillon.workflow.Step.ChannelStep;
import dev.carillon.workflow.Step.Destination;
import java.time.DayOfWeek;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelStepReaderTest {

  @Test
  void a_step_goes_to_a_channel_or_to_a_group() {
    assertThat(channel("\"channel_key\": \"postmark\", \"channel_group_key\": null").destination())
        .isEqualTo(new Destination.One("postmark"));
    assertThat(channel("\"channel_key\": null, \"channel_group_key\": \"email\"").destination())
        .isEqualTo(new Destination.Group("email"));
    assertThat(channel("\"channel_key\": \"\", \"channel_group_key\": \"email\"").destination())
        .isEqualTo(new Destination.Group("email"));
  }

  @ParameterizedTest
  @EnumSource(ChannelType.class)
  void a_step_may_be_of_any_type_of_channel(ChannelType type) {
    String step =
        """
        {"type": "channel", "ref": "it", "channel_type": "%s", "channel_key": "c",
         "template": {"text_body": "Hello"}}
        """;
    assertThat(step(ChannelStep.class, step.formatted(type.wireName())).channelType())
        .isEqualTo(type);
  }

  /** Each row: the step but for its ref, type and template. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "channel_type": "email"                              | channel_key       | of a channel or of a group
          "channel_type": "email", "channel_key": " "          | channel_key       | of a channel or of a group
          "channel_type": "email", "channel_key": 5, "channel_group_key": "g" | channel_key | text
          "channel_type": "email", "channel_key": "c", "channel_group_key": "g" | channel_group_key | not to both
          "channel_type": "in_app_guide", "channel_key": "c"   | channel_type      | "in_app_guide" are not supported
          "channel_type": "carrier_pigeon", "channel_key": "c" | channel_type      | "carrier_pigeon"
          "channel_type": 5, "channel_key": "c"                | channel_type      | text
          "channel_type": "email", "channel_key": "c", "channel_overrides": []  | channel_overrides | object
          "channel_type": "email", "channel_key": "c", "channel_overrides": {"link_tracking": "yes"} | channel_overrides.link_tracking | true or false
          "channel_type": "push", "channel_key": "c", "channel_overrides": {"link_tracking": true}  | channel_overrides.link_tracking | tracked in mail, in-app, SMS and chat
          "channel_type": "http", "channel_key": "c", "channel_overrides": {"link_tracking": true}  | channel_overrides.link_tracking | tracked in mail, in-app, SMS and chat
          "channel_type": "sms", "channel_key": "c", "channel_overrides": {"open_tracking": true}   | channel_overrides.open_tracking | Only mail
          "channel_type": "in_app_feed", "channel_key": "c", "channel_overrides": {"open_tracking": true} | channel_overrides.open_tracking | Only mail
          "channel_type": "sms", "channel_key": "c", "channel_overrides": {"json_overrides": "{}"}  | channel_overrides.json_overrides | template.settings.payload_overrides
          "channel_type": "push", "channel_key": "c", "channel_overrides": {"json_overrides": {}}   | channel_overrides.json_overrides | template.settings.payload_overrides
          "channel_type": "http", "channel_key": "c", "channel_overrides": {"json_overrides": "{}"} | channel_overrides.json_overrides | Only what mail
          "channel_type": "email", "channel_key": "c", "send_windows": {}       | send_windows      | list
          "channel_type": "email", "channel_key": "c", "send_windows": [5]      | send_windows[0]   | object
          "channel_type": "email", "channel_key": "c", "send_windows": [{"type": "send"}] | send_windows[0].day | monday
          "channel_type": "email", "channel_key": "c", "send_windows": [{"day": "monday", "type": "send", "from": "17:00", "until": "09:00"}] | send_windows[0].until | .
          "channel_type": "email", "channel_key": "c", "send_windows": [{"day": "monday", "type": "send"}, {"day": "monday", "type": "send"}] | send_windows[1].day | one send window
          "channel_type": "email", "channel_key": "c", "send_window_mode": "drop" | send_window_mode | queue or hold
          """)
  void what_is_wrong_with_a_channel_step_is_named(String fields, String at, String reason) {
    refusedStep(
        "{\"ref\": \"it\", \"type\": \"channel\", \"template\": {\"subject\": \"s\"}, "
            + fields
            + "}",
        at,
        reason);
  }

  /** As in an example of Knock's API. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"subject": "s", "text_body": "b"}                             | EMAIL
          {"markdown_body": "b", "action_url": "{{vars.app_url}}"}       | IN_APP_FEED
          {"markdown_body": "b", "action_buttons": []}                   | IN_APP_FEED
          {"method": "get", "url": "https://example.com", "body": null}  | HTTP
          {"title": "t", "text_body": "b"}                               | PUSH
          {"markdown_body": "b", "json_body": null}                      | CHAT
          """)
  void a_template_that_only_one_type_can_have_tells_the_type(String template, ChannelType type) {
    assertThat(step(ChannelStep.class, untyped(template)).channelType()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"text_body\": \"b\"}",
        "{\"markdown_body\": \"b\"}",
        "{\"subject\": \"s\", \"url\": \"u\"}"
      })
  void a_template_that_tells_no_type_needs_one(String template) {
    refusedStep(untyped(template), "channel_type", "needs a channel_type");
  }

  private static String untyped(String template) {
    return "{\"ref\": \"it\", \"type\": \"channel\", \"channel_key\": \"c\", \"template\": "
        + template
        + "}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "\" \""})
  void a_channel_step_needs_a_template(String template) {
    refusedStep(
        """
        {"ref": "it", "type": "channel", "channel_type": "email", "channel_key": "c",
         "template": %s}
        """
            .formatted(template),
        "template",
        "needs a template");
  }

  @Test
  void send_windows_are_read() {
    var step =
        channel(
            """
            "channel_key": "c", "send_window_mode": "hold",
            "send_windows": [
              {"day": "monday", "type": "send", "from": "09:00", "until": "17:00"},
              {"day": "sunday", "type": "do_not_send"}]
            """);
    assertThat(step.outside()).isEqualTo(SendWindowMode.HOLD_RUN);
    assertThat(step.sendWindows().days())
        .containsEntry(
            DayOfWeek.MONDAY, new SendWindows.Hours(LocalTime.of(9, 0), LocalTime.of(17, 0)))
        .doesNotContainKey(DayOfWeek.SUNDAY)
        .hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ", \"send_windows\": null, \"send_window_mode\": null",
        ", \"send_windows\": []"
      })
  void without_send_windows_a_step_sends_at_any_time(String windows) {
    var step = channel("\"channel_key\": \"c\"" + windows);
    assertThat(step.sendWindows()).isEqualTo(SendWindows.ALWAYS);
    assertThat(step.outside()).isEqualTo(SendWindowMode.QUEUE_MESSAGE);
  }

  private static ChannelStep channel(String fields) {
    return step(
        ChannelStep.class,
        "{\"ref\": \"it\", \"type\": \"channel\", \"channel_type\": \"email\","
            + " \"template\": {\"subject\": \"s\"}, "
            + fields
            + "}");
  }
}
