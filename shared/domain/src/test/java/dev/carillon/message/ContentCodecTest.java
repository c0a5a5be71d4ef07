package dev.carillon.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.json.Json;
import dev.carillon.message.Content.Mailbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContentCodecTest {
  private static final Json.Obj OVERRIDES = Json.object().with("a", Json.of(1));
  private static final Mailbox ADA =
      new Mailbox(Optional.of("Lovelace, \"Ada\" <x@y.z>"), "ada@example.com");

  @ParameterizedTest
  @MethodSource("contents")
  void what_is_written_reads_the_same(Content content) {
    assertThat(ContentCodec.read(ContentCodec.write(content))).isEqualTo(content);
    assertThat(ContentCodec.mapped(content, fields -> fields)).isEqualTo(content);
  }

  private static Stream<Content> contents() {
    var envelope =
        new Content.Envelope(
            Optional.of(ADA),
            List.of(new Mailbox(Optional.empty(), "a@x.io"), ADA),
            List.of(ADA),
            List.of(),
            List.of(ADA));
    var file = new Content.Attachment("a.txt", "text/plain", "aGk=", Optional.of("c1"), true);
    return Stream.of(
        new Content.Email(
            envelope, "Söhne", "<p>", "t", Map.of("X-A", "1"), List.of(file), OVERRIDES),
        new Content.Email(
            new Content.Envelope(Optional.empty(), List.of(), List.of(), List.of(), List.of()),
            "",
            "",
            "",
            Map.of(),
            List.of(),
            Json.Obj.EMPTY),
        new Content.Sms("+15550100", "hi 🦖", OVERRIDES),
        new Content.Push("token", "t", "b", OVERRIDES, true, OVERRIDES),
        new Content.Chat(
            Json.object().with("channel_id", "C1"),
            new Content.ChatBody.Markdown("**hi**"),
            Json.Obj.EMPTY),
        new Content.Chat(
            Json.object(),
            new Content.ChatBody.Blocks(Json.array(List.of(OVERRIDES)), "sum"),
            OVERRIDES),
        new Content.InAppFeed(new Json.Arr(List.of(OVERRIDES))),
        new Content.Http(
            "PUT",
            "https://x.io",
            List.of(new Content.Field("a", "1"), new Content.Field("a", "2")),
            List.of(new Content.Field("q", "")),
            "{}"));
  }

  @Test
  void a_mail_of_before_there_were_types_reads_as_one() {
    var mail =
        (Content.Email)
            ContentCodec.read(
                Json.object()
                    .with("to", "\"Lovelace, Ada\" <a@x.io>, b@x.io")
                    .with("from", "\"Team\" <t@x.io>")
                    .with("from_name", "Team")
                    .with("from_address", "t@x.io")
                    .with("cc", Json.NULL)
                    .with("subject_line", "s")
                    .with("html_body", "h"));
    assertThat(mail.envelope().to())
        .containsExactly(
            new Mailbox(Optional.of("Lovelace, Ada"), "a@x.io"),
            new Mailbox(Optional.empty(), "b@x.io"));
    assertThat(mail.envelope().from()).contains(new Mailbox(Optional.of("Team"), "t@x.io"));
    assertThat(mail.envelope().cc()).isEmpty();
    assertThat(mail.html()).isEqualTo("h");
  }

  @Test
  void a_request_and_an_item_of_before_there_were_types_read_as_such() {
    assertThat(
            ContentCodec.read(
                Json.object()
                    .with("method", "POST")
                    .with("url", "https://x.io")
                    .with("headers", Json.object().with("a", "1"))
                    .with("query_params", Json.object().with("n", Json.of(5)))
                    .with("body", Json.NULL)))
        .isEqualTo(
            new Content.Http(
                "POST",
                "https://x.io",
                List.of(new Content.Field("a", "1")),
                List.of(new Content.Field("n", "5")),
                ""));
    assertThat(ContentCodec.read(Json.object().with("blocks", Json.array(List.of(OVERRIDES)))))
        .isEqualTo(new Content.InAppFeed(new Json.Arr(List.of(OVERRIDES))));
  }

  @Test
  void a_type_that_a_later_version_wrote_is_said() {
    assertThatThrownBy(() -> ContentCodec.read(Json.object().with("type", "pigeon")))
        .hasMessageContaining("pigeon");
  }
}
