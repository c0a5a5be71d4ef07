package dev.carillon.testing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.ContentCodec;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.project.ImportReport;
import dev.carillon.project.knock.ImportKnock;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.InProcessEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A repository in Knock's form, with what Knock's library of workflows does in it, is brought in
 * unchanged and runs.
 */
class ImportKnockTest {
  private static final Path REPOSITORY = Path.of("src", "test", "projects", "knock");

  private EngineOverHttp carillon;

  private static Json channel(int number, String key, String type, String provider, Json settings) {
    return Json.object()
        .with("id", "0c4a3b52-8d3b-4c7e-9b40-1e5d2f7a9c1" + number)
        .with("key", key)
        .with("name", key)
        .with("type", type)
        .with("provider", provider)
        .with("settings", settings);
  }

  @BeforeEach
  void start() throws IOException {
    carillon =
        new EngineOverHttp(
            List.of(
                channel(
                    1,
                    "mail",
                    "email",
                    "email_aws_ses",
                    Json.object().with("from_address", "hello@carillon.example")),
                channel(2, "inbox", "in_app_feed", "in_app_feed_carillon", Json.object()),
                channel(
                    3,
                    "texts",
                    "sms",
                    "sms_twilio",
                    Json.object()
                        .with("account_id", "AC00000000000000000000000000000000")
                        .with("from", "phone_number")
                        .with("phone_number", "+15005550006"))));
  }

  @AfterEach
  void stop() {
    carillon.close();
  }

  private List<String> brought(ImportKnock.Extent extent) {
    return new ImportKnock(carillon.management(), "development")
        .run(REPOSITORY, extent).lines().stream().map(ImportReport.Line::text).toList();
  }

  private void trigger(String workflow, String actor, String data) {
    CallAnswer answer =
        carillon
            .engine()
            .call(
                Call.trigger(
                    workflow,
                    (Json.Obj)
                        JsonText.parse(
                            """
                            {"recipients": [{"id": "ada", "name": "Ada L", "email": "ada@example.com",
                              "phone_number": "+15005550009"}],
                             "actor": {"id": "%1$s", "name": "%1$s Hopper"}, "data": %2$s}
                            """
                                .formatted(actor, data))));
    assertThat(answer.ok()).as("%s", answer.json()).isTrue();
    carillon.engine().advance(Duration.ofSeconds(1));
  }

  /** What came of it within four days: the channel, and what its reader sees. */
  private List<String> got() {
    carillon.engine().advance(Duration.ofDays(4));
    return carillon
        .engine()
        .ports()
        .messages()
        .newestFirst(
            InProcessEngine.ENVIRONMENT, TimeRange.ALL, _ -> true, PageRequest.first(1_000))
        .items()
        .stream()
        .sorted(
            Comparator.comparing(Message::insertedAt)
                .thenComparing(message -> message.channelType().wireName()))
        .map(this::words)
        .toList();
  }

  private Json.Obj content(Message message) {
    return carillon
        .engine()
        .ports()
        .messages()
        .content(InProcessEngine.ENVIRONMENT, message.id())
        .map(MessageContent::content)
        .map(ContentCodec::write)
        .orElseThrow();
  }

  private String words(Message message) {
    Json.Obj content = content(message);
    Stream<String> feed =
        content.list("blocks").stream()
            .flatMap(block -> ((Json.Obj) block).text("rendered").stream());
    return Stream.concat(
            Stream.of("subject_line", "text_body", "body")
                .flatMap(field -> content.text(field).stream()),
            feed)
        .map(text -> text.strip().replaceAll("\\s*\n\\s*", " / "))
        .collect(Collectors.joining(" | ", message.channelType().wireName() + ": ", ""));
  }

  @Test
  void everything_of_it_is_told_of() {
    assertThat(brought(ImportKnock.Extent.COMMIT))
        .containsExactly(
            "left out  guide tour (guides/tour/guide.json): in-app guides are not built",
            "left out  schema user (schemas/user.json): schemas are no content: save them by PUT"
                + " /v1/schemas/{item_type}",
            "mapped    partial bye (partials/bye/partial.json)",
            "mapped    partial callout (partials/callout/partial.json)",
            "mapped    translation en (translations/en/en.json)",
            "mapped    message type banner (message-types/banner/message_type.json)",
            "mapped    workflow chart-card (workflows/chart-card/workflow.json)",
            "mapped    workflow crew-invite (workflows/crew-invite/workflow.json)",
            "mapped    workflow engine-alerts (workflows/engine-alerts/workflow.json)",
            "mapped    workflow harbour-digest (workflows/harbour-digest/workflow.json)",
            "mapped    workflow log-replies (workflows/log-replies/workflow.json)",
            "refused   workflow watch-agent (workflows/watch-agent/workflow.json): steps[0].type:"
                + " Steps of type \"ai_agent\" are not supported yet.",
            "needed    channel phone (push): there is none of that key; until there is, its steps"
                + " are skipped in log-replies",
            "needed    variable harbour_url (vars.harbour_url): without a value it is empty where a"
                + " template names it");
  }

  @Test
  void a_dry_run_says_the_same_and_writes_nothing() {
    List<String> said = brought(ImportKnock.Extent.CHECK);
    assertThat(
            carillon
                .management()
                .call("GET", "/v1/workflows?hide_uncommitted_changes=false", Optional.empty())
                .fields()
                .list("entries"))
        .isEmpty();
    assertThat(brought(ImportKnock.Extent.SAVE)).isEqualTo(said);
    assertThat(
            carillon
                .management()
                .call("GET", "/v1/commits", Optional.empty())
                .fields()
                .list("entries"))
        .isEmpty();
  }

  @Test
  void a_digest_tells_of_each_activity() {
    brought(ImportKnock.Extent.COMMIT);
    trigger("harbour-digest", "Grace", "{\"harbour\": \"kiel\", \"ship\": {\"name\": \"Gorch\"}}");
    trigger("harbour-digest", "Lin", "{\"harbour\": \"kiel\", \"code\": \"DE-7\"}");
    assertThat(got())
        .containsExactly(
            "email: Kiel: 2 ships | Today in kiel / 2 ships came in: / > Gorch at Jan 5, 9:00 AM"
                + " / > DE-7 at Jan 5, 9:00 AM / All of kiel (/ships)",
            "in_app_feed: <p><strong>2</strong> ships came in.</p> | ");
  }

  @Test
  void one_several_of_one_and_several_of_many_read_differently() {
    brought(ImportKnock.Extent.COMMIT);
    String entry = "{\"entry_id\": %d, \"entry\": \"%s\", \"reply\": \"So *it* is\"}";
    trigger("log-replies", "Grace", entry.formatted(1, "Wind from the north"));
    trigger("log-replies", "Grace", entry.formatted(2, "Calm"));
    trigger("log-replies", "Grace", entry.formatted(2, "Calm"));
    trigger("log-replies", "Grace", entry.formatted(3, "Rain"));
    trigger("log-replies", "Lin", entry.formatted(3, "Rain"));
    assertThat(got())
        .containsExactly(
            "in_app_feed: <p><strong>Grace Hopper</strong> wrote:</p> / <blockquote> / <p>So"
                + " <em>it</em> is</p> / </blockquote> | https://log.example/1",
            "in_app_feed: <p><strong>Grace Hopper</strong> wrote 2 times.</p> |"
                + " https://log.example/2",
            "in_app_feed: <p>Grace Hopper, Lin Hopper and 0 more wrote under your entry.</p> |"
                + " https://log.example/3",
            "email: On \"Wind from the...\" | Grace Hopper wrote: / > So it is / Read it"
                + " (https://log.example/1)",
            "email: On \"Calm\" | Grace Hopper wrote 2 times. / Read them (https://log.example/2)",
            "email: On \"Rain\" | Grace Hopper, Lin Hopper and 0 more wrote under your entry. /"
                + " Read them (https://log.example/3)");
  }

  @Test
  void an_alert_goes_out_at_once_or_is_gathered_as_its_data_says() {
    brought(ImportKnock.Extent.COMMIT);
    String alert =
        "{\"engine\": \"Port\", \"degrees\": 98, \"alert\": {\"kinds\": [\"%s\"], \"channels\":"
            + " [%s], \"window\": %s}}";
    trigger("engine-alerts", "Grace", alert.formatted("heat", "\"sms\", \"in-app\"", "null"));
    trigger("engine-alerts", "Grace", alert.formatted("oil", "\"sms\"", "null"));
    String hour = "{\"unit\": \"hours\", \"value\": 1}";
    trigger("engine-alerts", "Grace", alert.formatted("heat", "\"sms\"", hour));
    trigger("engine-alerts", "Grace", alert.formatted("heat", "\"sms\"", hour));
    assertThat(got())
        .containsExactly(
            "in_app_feed: <p><strong>Port</strong> at 98°</p> | ",
            "sms: Port runs heat at 98°.",
            "sms: 2 alerts of Port");
  }

  @Test
  void an_invitation_is_followed_by_its_reminder() {
    brought(ImportKnock.Extent.COMMIT);
    trigger(
        "crew-invite",
        "Grace",
        """
        {"ship": "Gorch", "token": "t1", "words": "Join us!",
         "link": "https://crew.example/a_b_c?x=1&y=2"}
        """);
    assertThat(got())
        .containsExactly(
            "email: Grace asks you aboard the Gorch | Come aboard, Ada / > Join us! / Come aboard"
                + " (https://crew.example/t1) / --- / Or open"
                + " https://crew.example/a_b_c?x=1&y=2.",
            "email: Reminder: the Gorch sails soon 🎉 | Fair winds, Ada L: see you aboard");
  }

  @Test
  void partials_as_blocks_get_what_the_block_says_and_the_rest_from_their_schema() {
    brought(ImportKnock.Extent.COMMIT);
    trigger("chart-card", "Grace", "{\"chart\": {\"number\": 12, \"soundings\": [3, 4.5]}}");
    assertThat(got())
        .containsExactly("email: Chart 12 | Chart 12 / Chart 12 3 m4.5 m / Note / A chart");
  }
}
