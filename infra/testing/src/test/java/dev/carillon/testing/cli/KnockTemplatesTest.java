package dev.carillon.testing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.id.Digest;
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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Knock's public library of workflows (knocklabs/templates on GitHub, commit 540ae7f5) is brought
 * in unchanged, and each workflow is triggered so that every step that makes a message makes one.
 * Its files are not ours to keep: {@code ./carillon knock-templates DIR} takes a checkout. What the
 * messages say was read once; the test holds digests of that, a few characters of each.
 *
 * <p>{@code -Dcarillon.knock.texts=FILE} writes the texts themselves.
 */
@EnabledIfSystemProperty(named = "carillon.knock.templates", matches = ".+")
class KnockTemplatesTest {
  private static final String DIRECTORY = System.getProperty("carillon.knock.templates", "");
  private static final String TEXTS = System.getProperty("carillon.knock.texts", "");

  private static final String PAGE =
      """
      {"page_id": "p1", "page_name": "Sailing directions", "comment_id": "c1", "comment_body": "Is there *more*?",
       "mention_body": "See <this>", "reply_body": "There is.", "parent_comment_body": "One two three four five six seven"}
      """;
  private static final String ALERT =
      """
      {"event": "event", "timestamp": "2026-01-05T09:00:00Z", "alert": {"events": ["event"], "channels": ["email", "in-app",
       "sms"], "batchWindow": %s}}
      """;
  private static final String INCIDENT =
      """
      {"incident": {"severity": "%s", "title": "Engine room", "description": "Water & oil", "url": "https://a.example/i"}}
      """;
  private static final String USAGE =
      """
      {"threshold": {"severity": "%s", "channels": ["email", "sms"], "metric_name": "Messages", "percent": 92}}
      """;

  /**
   * What each is triggered with, one list for each trigger; those of one batch come from others.
   */
  private static Map<String, List<String>> samples() {
    Map<String, List<String>> samples = new LinkedHashMap<>();
    samples.put(
        "alert-digest",
        List.of(
            "{\"digest\": {\"period\": \"daily\"}, \"alert\": {\"title\": \"Disk\"}}",
            "{\"digest\": {\"period\": \"daily\"}, \"event\": \"cpu\"}"));
    samples.put(
        "alerts",
        List.of(
            ALERT.formatted("null"),
            ALERT.formatted("{\"unit\": \"hours\", \"value\": 1}"),
            ALERT.formatted("{\"unit\": \"hours\", \"value\": 1}")));
    samples.put("comments", List.of(PAGE, PAGE.replace("p1", "p2"), PAGE.replace("p1", "p2")));
    samples.put(
        "email-verification", List.of("{\"verification_url\": \"https://a.example/v?t=1\"}"));
    samples.put(
        "first-milestone",
        List.of("{\"milestone\": {\"name\": \"First send\", \"url\": \"https://a.example/m\"}}"));
    samples.put(
        "incident-escalation",
        List.of(INCIDENT.formatted("critical"), INCIDENT.formatted("warning")));
    samples.put(
        "invite-with-reminder",
        List.of(
            """
            {"account_name": "Acme", "invite_message": "Come!", "invite_token": "t1",
             "invite_token_url": "https://a.example/i_n_v?t=1"}
            """));
    samples.put("magic-link", List.of("{\"magic_link_url\": \"https://a.example/m?t=1&u=2\"}"));
    samples.put("mentions", List.of(PAGE));
    samples.put(
        "onboarding-incomplete-reminder",
        List.of("{\"onboarding_step\": \"Billing\", \"onboarding_url\": \"https://a.example/o\"}"));
    samples.put("password-changed", List.of("{}"));
    samples.put("referral-accepted", List.of("{\"account_slug\": \"acme\"}"));
    samples.put("referral-converted", List.of("{\"conversion_action\": \"signed up\"}"));
    samples.put(
        "referral-reward-earned",
        List.of(
            "{\"reward\": {\"amount\": \"$10\", \"type\": \"credit\", \"url\":"
                + " \"https://a.example/r\"}}"));
    samples.put("referral-sent", List.of("{\"referral_token\": \"r1\"}"));
    samples.put("replies", List.of(PAGE, PAGE.replace("c1", "c2"), PAGE.replace("c1", "c2")));
    samples.put("reset-password", List.of("{\"reset_password_url\": \"https://a.example/p\"}"));
    samples.put(
        "trial-ending",
        List.of(
            """
            {"plan_name": "Pro", "trial_end_date": "March 3", "upgrade_url": "https://a.example/u"}
            """));
    samples.put(
        "usage-threshold-alerts", List.of(USAGE.formatted("critical"), USAGE.formatted("warning")));
    samples.put("welcome-messages", List.of("{}"));
    return samples;
  }

  private static Json channel(int number, String key, String type, String provider, Json settings) {
    return Json.object()
        .with("id", "0c4a3b52-8d3b-4c7e-9b40-1e5d2f7a9c2" + number)
        .with("key", key)
        .with("name", key)
        .with("type", type)
        .with("provider", provider)
        .with("settings", settings);
  }

  private static EngineOverHttp engine() throws IOException {
    Json from = Json.object().with("from_address", "hello@carillon.example");
    Json number =
        Json.object()
            .with("account_id", "AC00000000000000000000000000000000")
            .with("from", "phone_number")
            .with("phone_number", "+15005550006");
    return new EngineOverHttp(
        List.of(
            channel(1, "sendgrid", "email", "email_aws_ses", from),
            channel(2, "postmark", "email", "email_aws_ses", from),
            channel(3, "knock-email", "email", "email_aws_ses", from),
            channel(4, "in-app-feed", "in_app_feed", "in_app_feed_carillon", Json.object()),
            channel(5, "knock-feed", "in_app_feed", "in_app_feed_carillon", Json.object()),
            channel(6, "twilio", "sms", "sms_twilio", number),
            channel(7, "apns", "push", "push_expo", Json.object())));
  }

  private static void trigger(EngineOverHttp carillon, String workflow, int round, String data) {
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
                              "phone_number": "+15005550009",
                              "channel_data": {"apns": {"tokens": ["ExponentPushToken[ada]"]}}}],
                             "actor": {"id": "%1$s", "name": "%1$s Hopper"}, "data": %2$s}
                            """
                                .formatted(List.of("Grace", "Lin", "Joan").get(round), data))));
    assertThat(answer.ok()).as("%s %s", workflow, answer.json()).isTrue();
    carillon.engine().advance(Duration.ofSeconds(1));
  }

  /** What came of a workflow within ten days, each with its channel. */
  private static List<String> said(EngineOverHttp carillon, String workflow) {
    return carillon
        .engine()
        .ports()
        .messages()
        .newestFirst(
            InProcessEngine.ENVIRONMENT,
            TimeRange.ALL,
            message -> message.origin().source().workflow().plain().equals(workflow),
            PageRequest.first(1_000))
        .items()
        .stream()
        .sorted(
            Comparator.comparing(Message::insertedAt)
                .thenComparing(message -> message.channelType().wireName()))
        .map(message -> words(carillon, message))
        .toList();
  }

  private static String words(EngineOverHttp carillon, Message message) {
    Json.Obj content =
        carillon
            .engine()
            .ports()
            .messages()
            .content(InProcessEngine.ENVIRONMENT, message.id())
            .map(MessageContent::content)
            .map(ContentCodec::write)
            .orElseThrow();
    Stream<String> feed =
        content.list("blocks").stream()
            .flatMap(block -> ((Json.Obj) block).text("rendered").stream());
    return Stream.concat(
            Stream.of("subject_line", "title", "text_body", "body")
                .flatMap(field -> content.text(field).stream()),
            feed)
        .collect(Collectors.joining("\n", message.channelType().wireName() + "\n", "\n"));
  }

  @Test
  void each_workflow_of_the_library_says_what_was_read_once() throws IOException {
    var texts = new StringBuilder();
    var digests = new StringBuilder();
    try (var carillon = engine()) {
      carillon
          .management()
          .call(
              "PUT",
              "/v1/variables/app_url?environment=development",
              Optional.of(
                  (Json.Obj)
                      JsonText.parse(
                          "{\"variable\": {\"type\": \"public\", \"value\":"
                              + " \"https://a.example\"}}")));
      List<String> report =
          new ImportKnock(carillon.management(), "development")
              .run(Path.of(DIRECTORY), ImportKnock.Extent.COMMIT).lines().stream()
                  .map(ImportReport.Line::text)
                  .toList();
      texts.append(String.join("\n", report)).append("\n\n");
      assertThat(report).noneMatch(line -> line.startsWith("refused"));
      for (var sample : samples().entrySet()) {
        int round = 0;
        for (String data : sample.getValue()) {
          trigger(carillon, sample.getKey(), round++, data);
        }
      }
      carillon.engine().advance(Duration.ofDays(10));
      for (String workflow : samples().keySet()) {
        for (String words : said(carillon, workflow)) {
          texts.append("=== ").append(workflow).append(' ').append(words).append('\n');
          digests
              .append(workflow)
              .append(' ')
              .append(words, 0, words.indexOf('\n'))
              .append(' ')
              .append(Digest.hex(words), 0, 12)
              .append('\n');
        }
      }
    }
    if (!TEXTS.isEmpty()) {
      Files.writeString(Path.of(TEXTS), texts.append(digests));
    }
    assertThat(digests.toString()).isEqualTo(read());
  }

  private static String read() {
    try (var file = KnockTemplatesTest.class.getResourceAsStream("knock-templates.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
