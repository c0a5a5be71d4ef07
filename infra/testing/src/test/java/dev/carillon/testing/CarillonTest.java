package dev.carillon.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.json.Json;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.FakeOutside;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library that users test their workflows with. */
class CarillonTest {
  private static final Path DEMO = Path.of("..", "local", "demo");
  private static final String COMMENT =
      """
      {"recipients": ["ada"], "actor": {"id": "grace", "name": "Grace"},
       "data": {"page_name": "Emma", "comment": "Fine"}}
      """;

  @TempDir private Path folder;

  @Test
  void a_message_says_to_whom_it_goes_on_which_channel_and_what_it_says() {
    var carillon = Carillon.load(DEMO);
    carillon.trigger("new-comment", COMMENT);
    carillon.advance(Duration.ofMinutes(1));

    assertThat(carillon.messages())
        .extracting(
            Carillon.Message::recipient,
            Carillon.Message::workflow,
            Carillon.Message::channel,
            Carillon.Message::channelType,
            Carillon.Message::subject,
            Carillon.Message::status)
        .containsExactly(
            tuple("ada", "new-comment", "feed", "in_app_feed", "", "delivered"),
            tuple("ada", "new-comment", "email", "email", "Grace commented on Emma", "sent"));
    var item = carillon.messages().getFirst();
    assertThat(item.html()).contains("<strong>Grace</strong> commented on <strong>Emma</strong>");
    assertThat(item.text()).isEmpty();
    var email = carillon.messages().getLast();
    assertThat(email.html()).contains("<blockquote").contains("Fine");
    assertThat(email.text()).contains("Fine").doesNotContain("<");
  }

  @Test
  void the_body_of_a_webhook_is_its_text() {
    var carillon = Carillon.load(DEMO);
    carillon.trigger(
        "order-shipped", "{\"recipients\": [\"ada\"], \"data\": {\"order_id\": \"o-7\"}}");

    assertThat(carillon.messages())
        .filteredOn(message -> message.channelType().equals("http"))
        .singleElement()
        .satisfies(
            webhook -> {
              assertThat(webhook.text()).contains("\"order_id\": \"o-7\"");
              assertThat(webhook.html()).isEmpty();
            });
  }

  @Test
  void a_message_id_is_what_calls_of_the_api_name_it_by() {
    var carillon = Carillon.load(DEMO);
    carillon.trigger("new-comment", COMMENT);
    String item = carillon.messages().getFirst().id();
    carillon.call(Call.put("/v1/messages/" + item + "/seen", Json.object()));
    carillon.advance(Duration.ofDays(3));

    assertThat(carillon.messages()).extracting(Carillon.Message::id).containsExactly(item);
  }

  @Test
  void a_call_that_is_answered_with_a_list_gives_it() {
    var carillon = Carillon.load(DEMO);
    var schedule =
        Json.object()
            .with("workflow", "new-comment")
            .with("recipients", Json.texts(List.of("ada", "bo")))
            .with("scheduled_at", "2026-01-05T10:00:00Z");

    assertThat(carillon.list(Call.post("/v1/schedules", schedule)))
        .extracting(made -> made.object("recipient").text("id").orElseThrow())
        .containsExactly("ada", "bo");
    carillon.advance(Duration.ofHours(1));
    assertThat(carillon.messages()).isNotEmpty();
  }

  @Test
  void time_begins_where_told_and_passes_only_when_told() {
    Instant start = Instant.parse("2030-02-03T04:05:06Z");
    var carillon = Carillon.load(DEMO, start);
    carillon.trigger("new-comment", COMMENT);

    assertThat(carillon.now()).isEqualTo(start);
    carillon.advance(Duration.ofDays(3));
    assertThat(carillon.now()).isEqualTo(start.plus(Duration.ofDays(3)));
    assertThat(Carillon.load(DEMO).now()).isEqualTo(Carillon.START);
  }

  @Test
  void what_is_refused_is_named_by_file_step_and_reason() throws IOException {
    write(
        "broken",
        """
        {"name": "Broken", "steps": [
          {"type": "delay", "ref": "delay_1", "settings": {}},
          {"type": "telepathy", "ref": "mind_1"}]}
        """);

    assertThatThrownBy(() -> Carillon.load(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("workflows/broken/workflow.json, step delay_1: ")
        .hasMessageContaining("workflows/broken/workflow.json, step mind_1: ");
  }

  @Test
  void a_folder_of_workflows_is_a_project_too_and_a_fetch_step_asks_outside() throws IOException {
    write(
        "asking",
        """
        {"name": "Asking", "steps": [
          {"type": "http_fetch", "ref": "fetch_1",
           "settings": {"method": "get", "url": "https://weather.example/today"}},
          {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email",
           "template": {"subject": "It is {{data.sky}}", "html_body": "<p>Look up.</p>"}}]}
        """);
    var carillon = Carillon.load(folder.resolve("workflows"));
    carillon.outside().says(FakeOutside.json(200, "{\"sky\": \"blue\"}"));
    carillon.trigger("asking", "{\"recipients\": [{\"id\": \"ada\", \"email\": \"a@b.example\"}]}");

    assertThat(carillon.outside().requests()).hasSize(1);
    assertThat(carillon.messages())
        .extracting(Carillon.Message::subject)
        .containsExactly("It is blue");
  }

  @Test
  void a_trigger_that_is_refused_says_why() {
    var carillon = Carillon.load(DEMO);

    assertThatThrownBy(() -> carillon.trigger("no-such", "{\"recipients\": [\"ada\"]}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("404");
    assertThatThrownBy(() -> carillon.trigger("new-comment", "[]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("JSON object");
    assertThatThrownBy(() -> carillon.trigger("new-comment", "{recipients: []}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 1, column 2");
  }

  @Test
  void a_path_that_leads_to_no_workflow_is_refused() throws IOException {
    write("fine", "{}");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> Carillon.load(folder.resolve("nowhere")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no folder");
    for (Path wrong : List.of(folder.resolve("workflows").resolve("fine"), empty)) {
      assertThatThrownBy(() -> Carillon.load(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("holds no workflow");
    }
  }

  @Test
  void time_does_not_go_back() {
    var carillon = Carillon.load(DEMO);
    assertThatThrownBy(() -> carillon.advance(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_project_can_have_its_own_channels() throws IOException {
    write("hello", mail("postmark"));
    Path channels = folder.resolve("channels.json");
    Files.writeString(
        channels,
        """
        {"channels": [
          {"key": "postmark", "type": "email", "settings": {"from_address": "us@b.example"}}]}
        """);
    var carillon = Carillon.load(folder, Carillon.START, channels);
    carillon.trigger("hello", "{\"recipients\": [{\"id\": \"ada\", \"email\": \"a@b.example\"}]}");

    assertThat(carillon.messages())
        .as(() -> String.join("; ", carillon.explain("ada", "hello")))
        .extracting(Carillon.Message::channel, Carillon.Message::status)
        .containsExactly(tuple("postmark", "sent"));
    Files.writeString(channels, "{\"channels\": [{\"key\": \"pigeon\", \"type\": \"bird\"}]}");
    assertThatThrownBy(() -> Carillon.load(folder, Carillon.START, channels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("channels[0].type");
    assertThatThrownBy(() -> Carillon.load(folder, Carillon.START, folder.resolve("none.json")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no file");
  }

  @Test
  void why_somebody_did_or_did_not_get_something_is_explained() throws IOException {
    write("hello", mail("email"));
    var carillon = Carillon.load(folder);
    assertThat(carillon.explain("ada lovelace", "hello")).isNotEmpty().noneMatch(String::isBlank);
    carillon.trigger(
        "hello", "{\"recipients\": [{\"id\": \"ada lovelace\", \"email\": \"a@b.example\"}]}");
    carillon.trigger(
        "hello",
        "{\"recipients\": [{\"collection\": \"books\", \"id\": \"emma\", \"title\": \"Emma\"}]}");

    assertThat(carillon.explain("ada lovelace", "hello"))
        .singleElement()
        .asString()
        .startsWith("Yes.");
    assertThat(carillon.explain("books/emma", "hello"))
        .containsExactly(
            "No. At the step email_1: It was skipped because the recipient has no email address.");
  }

  private static String mail(String channel) {
    return """
    {"name": "Hello", "steps": [
      {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "%s",
       "template": {"subject": "Hello", "html_body": "<p>Hello</p>"}}]}
    """
        .formatted(channel);
  }

  private void write(String workflow, String source) throws IOException {
    Path file = folder.resolve("workflows").resolve(workflow).resolve("workflow.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
  }
}
