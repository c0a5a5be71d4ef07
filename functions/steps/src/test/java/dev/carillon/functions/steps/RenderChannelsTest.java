package dev.carillon.functions.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.content.Assets;
import dev.carillon.fetch.TemplateCache;
import dev.carillon.functions.steps.render.Render;
import dev.carillon.functions.steps.render.Render.ChannelData;
import dev.carillon.functions.steps.render.Render.Wording;
import dev.carillon.functions.steps.render.Render.Wording.Lacking;
import dev.carillon.functions.steps.render.Render.Wording.Words;
import dev.carillon.functions.steps.render.RenderTemplates;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.run.SkipReason;
import dev.carillon.workflow.Step.ChannelStep;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts, push and chat: what they say and where they go. */
class RenderChannelsTest {
  private static final Json.Obj SCOPE =
      StepsFixture.json(
          """
          {"name": "O'Brien & \\"Söhne\\"", "data": {"n": 1},
           "recipient": {"id": "ellie", "email": "ellie@x.io", "phone_number": " +15550100 "}}
          """);

  private final RenderTemplates render = new RenderTemplates(new TemplateCache());

  @Test
  void a_text_goes_to_the_recipients_number_and_nothing_in_it_is_escaped() {
    assertThat(
            words(
                ChannelType.SMS,
                "{\"text_body\": \"Hi {{name}}\","
                    + " \"settings\": {\"payload_overrides\": {\"a\": \"{{data.n}}\"}}}",
                "{}",
                "{}"))
        .containsExactly(
            new Content.Sms("+15550100", "Hi O'Brien & \"Söhne\"", Json.object().with("a", "1")));
  }

  @Test
  void a_step_may_name_another_number() {
    assertThat(
            words(
                ChannelType.SMS,
                "{\"text_body\": \"x\", \"settings\": {\"to_number\": \"+1{{data.n}}\"}}",
                "{}",
                "{}"))
        .containsExactly(new Content.Sms("+11", "x", Json.Obj.EMPTY));
  }

  @Test
  void a_push_goes_to_each_device_once() {
    assertThat(
            words(
                ChannelType.PUSH,
                "{\"title\": \"{{name}}\", \"text_body\": \"b\"}",
                "{\"tokens\": [\"a\", \"b\", \"a\"], \"devices\": [{\"token\": \"c\"}]}",
                "{}"))
        .extracting(content -> ((Content.Push) content).token())
        .containsExactly("a", "b", "c");
  }

  @Test
  void a_silent_push_says_so_and_takes_the_data_along() {
    assertThat(
            words(
                ChannelType.PUSH,
                "{\"settings\": {\"delivery_type\": \"silent\"}, \"title\": \"\"}",
                "{\"target_arns\": [\"arn\"]}",
                "{}"))
        .containsExactly(
            new Content.Push(
                "arn", "", "", Json.object().with("n", Json.of(1)), true, Json.Obj.EMPTY));
  }

  @Test
  void a_chat_goes_to_each_connection_with_the_tenants_token_first() {
    var contents =
        words(
            ChannelType.CHAT,
            "{\"markdown_body\": \"**{{name}}**\"}",
            "{\"connections\": [{\"channel_id\": \"C1\", \"token\": {\"access_token\": \"own\"}},"
                + " {\"channel_id\": \"C2\"}]}",
            "{\"token\": {\"access_token\": \"tenant\"}}");
    assertThat(contents)
        .extracting(content -> ((Content.Chat) content).connection().toString())
        .hasSize(2)
        .allMatch(connection -> connection.contains("tenant") && !connection.contains("own"));
    assertThat(((Content.Chat) contents.getFirst()).body())
        .isEqualTo(new Content.ChatBody.Markdown("**O'Brien & \"Söhne\"**"));
  }

  @Test
  void a_chat_may_be_blocks_and_somebody_without_connection_is_found_by_email() {
    var contents =
        words(
            ChannelType.CHAT,
            "{\"json_body\": \"{\\\"blocks\\\": [\\\"{{name}}\\\"]}\", \"summary\": \"s"
                + " {{data.n}}\"}",
            "{}",
            "{\"token\": {\"access_token\": \"tenant\"}}");
    var chat = (Content.Chat) contents.getFirst();
    assertThat(chat.connection().text("email")).contains("ellie@x.io");
    assertThat(chat.body())
        .isEqualTo(
            new Content.ChatBody.Blocks(
                Json.object().with("blocks", Json.texts(List.of("O'Brien & \"Söhne\""))), "s 1"));
  }

  @ParameterizedTest
  @CsvSource({
    "SMS, RECIPIENT_HAS_NO_PHONE_NUMBER",
    "PUSH, RECIPIENT_HAS_NO_DEVICE",
    "CHAT, RECIPIENT_HAS_NO_CONNECTION"
  })
  void who_cannot_be_reached_is_skipped_for_a_reason_of_its_own(
      ChannelType type, SkipReason reason) {
    assertThat(render(type, "{\"text_body\": \"x\"}", "{}", "{}", Json.object()))
        .isEqualTo(new Lacking(reason));
  }

  private List<Content> words(ChannelType type, String template, String data, String tenant) {
    Wording wording = render(type, template, data, tenant, SCOPE);
    assertThat(wording).isInstanceOf(Words.class);
    return ((Words) wording).contents();
  }

  private Wording render(
      ChannelType type, String template, String data, String tenant, Json.Obj scope) {
    var workflow =
        StepsFixture.workflow(
            StepsFixture.steps(
                """
                {"type": "channel", "ref": "it", "channel_key": "it", "channel_type": "%s",
                 "template": %s}\
                """
                    .formatted(type.wireName(), template)));
    var channel =
        new Channel(
            new ChannelId(UUID.fromString("11111111-2222-8333-8444-555555555555")),
            "it",
            "It",
            type,
            "of_no_matter",
            Json.Obj.EMPTY,
            Instant.EPOCH,
            Instant.EPOCH);
    return render.render(
        new Render.StepTemplate(
            workflow, (ChannelStep) workflow.steps().getFirst(), channel, Assets.Library.EMPTY),
        new ChannelData(StepsFixture.json(data), StepsFixture.json(tenant)),
        scope,
        new Render.Surroundings(Optional.empty(), ZoneOffset.UTC));
  }
}
