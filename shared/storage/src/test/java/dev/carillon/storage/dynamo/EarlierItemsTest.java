package dev.carillon.storage.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.change.Origin;
import dev.carillon.channel.Channel;
import dev.carillon.content.Assets;
import dev.carillon.content.Author;
import dev.carillon.content.Commit;
import dev.carillon.content.CommitId;
import dev.carillon.content.Commits;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.ServedParts;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Retention;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.storage.dynamo.content.DynamoAssets;
import dev.carillon.storage.dynamo.content.DynamoCommits;
import dev.carillon.storage.dynamo.content.DynamoWorkflows;
import dev.carillon.storage.dynamo.environment.DynamoChannels;
import dev.carillon.storage.dynamo.message.DynamoMessages;
import dev.carillon.storage.dynamo.recipient.DynamoRecipients;
import dev.carillon.storage.dynamo.run.DynamoRuns;
import dev.carillon.storage.dynamo.run.DynamoTriggers;
import dev.carillon.storage.dynamo.run.RunDocument;
import dev.carillon.storage.dynamo.waiting.DynamoSchedules;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.WorkflowReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A table as an earlier build left it, amid its work: runs that wait, that ended and that hold a
 * batch, messages on their way, a schedule. The file is never changed; a build that stores
 * something else gets one of its own.
 */
class EarlierItemsTest {
  private static final String FILE = "/stored/items-of-2026-11.jsonl";
  private static final EnvironmentId LOCAL = new EnvironmentId("local");
  private static final Instant LATER = Instant.parse("2026-11-28T23:00:00Z");
  private static final Retention RETENTION = Retention.days(30);

  private final DynamoTable table = LocalTable.table(InstantSource.fixed(LATER));

  @BeforeAll
  static void store() throws IOException {
    try (var in = EarlierItemsTest.class.getResourceAsStream(FILE)) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> item((Json.Obj) JsonText.parse(line)))
          .forEach(
              item -> LocalTable.client().putItem(it -> it.tableName(LocalTable.NAME).item(item)));
    }
  }

  /** From DynamoDB's JSON, of which only texts, numbers, bytes and truths occur. */
  private static Map<String, AttributeValue> item(Json.Obj json) {
    var item = new HashMap<String, AttributeValue>();
    json.fields().forEach((name, typed) -> item.put(name, value((Json.Obj) typed)));
    return item;
  }

  private static AttributeValue value(Json.Obj typed) {
    if (typed.get("BOOL").isPresent()) {
      return AttributeValue.fromBool(typed.get("BOOL").get().equals(Json.TRUE));
    }
    return typed
        .text("S")
        .map(AttributeValue::fromS)
        .or(() -> typed.text("N").map(AttributeValue::fromN))
        .orElseGet(
            () ->
                AttributeValue.fromB(
                    SdkBytes.fromByteArray(
                        Base64.getDecoder().decode(typed.text("B").orElseThrow()))));
  }

  private List<Run> runs() {
    return new DynamoRuns(table, RETENTION)
        .newestFirst(LOCAL, TimeRange.ALL, _ -> true, PageRequest.first(1_000))
        .items();
  }

  private List<Message> messages() {
    return new DynamoMessages(table, RETENTION)
        .newestFirst(LOCAL, TimeRange.ALL, _ -> true, PageRequest.first(1_000))
        .items();
  }

  @Test
  void runs_are_listed_and_would_be_stored_as_they_are() {
    assertThat(runs()).hasSize(16);
    assertThat(
            runs().stream()
                .collect(
                    Collectors.groupingBy(
                        run -> run.state().getClass().getSimpleName(), Collectors.counting())))
        .isEqualTo(Map.of("Waiting", 8L, "Completed", 8L));
    assertThat(runs())
        .allSatisfy(
            run ->
                assertThat(
                        RunDocument.read(LOCAL, run.id(), run.revision(), RunDocument.write(run)))
                    .isEqualTo(run));
  }

  @Test
  void what_runs_wait_for_is_known() {
    assertThat(runs())
        .filteredOn(run -> run.state() instanceof Run.State.Waiting)
        .extracting(
            run ->
                run.state() instanceof Run.State.Waiting(var wait)
                    ? wait.kind().getClass().getSimpleName()
                    : "")
        .containsExactlyInAnyOrder(
            "Elapse", "Elapse", "Elapse", "Elapse", "Elapse", "Elapse", "Collect", "Collect");
  }

  @Test
  void triggers_are_found_with_their_recipients_and_data() {
    var triggers = new DynamoTriggers(table, RETENTION);
    assertThat(runs())
        .allSatisfy(
            run ->
                assertThat(triggers.find(LOCAL, run.trigger()).orElseThrow().workflow())
                    .isEqualTo(run.workflow()));
  }

  @Test
  void messages_are_listed_with_their_status_and_content() {
    var stored = new DynamoMessages(table, RETENTION);
    assertThat(
            messages().stream()
                .collect(Collectors.groupingBy(Message::status, Collectors.counting())))
        .isEqualTo(
            Map.of(
                DeliveryStatus.QUEUED, 4L, DeliveryStatus.SENT, 2L, DeliveryStatus.DELIVERED, 6L));
    assertThat(messages())
        .allSatisfy(message -> assertThat(stored.content(LOCAL, message.id())).isPresent());
  }

  @Test
  void the_workflows_of_runs_are_live() {
    var workflows = new DynamoWorkflows(table, (key, source) -> null);
    assertThat(runs())
        .extracting(Run::workflow)
        .allSatisfy(key -> assertThat(workflows.live(LOCAL, key).orElseThrow().active()).isTrue());
  }

  @Test
  void a_schedule_is_found() {
    var schedules = new DynamoSchedules(table);
    var schedule =
        schedules
            .find(LOCAL, ScheduleId.parse("f807bad0-dffe-86c8-9419-f57a1ea1f58a"))
            .orElseThrow();
    assertThat(schedule.workflow()).isEqualTo(new WorkflowKey("password-reset"));
    assertThat(schedule.recipient()).isEqualTo(RecipientId.user("ada1"));
  }

  @Test
  void people_and_channels_are_found() {
    assertThat(new DynamoRecipients(table).find(LOCAL, RecipientId.user("ada")).orElseThrow())
        .isNotNull();
    assertThat(new DynamoChannels(table).all(LOCAL))
        .extracting(Channel::key)
        .containsExactlyInAnyOrder("email", "feed", "webhook");
  }

  @Test
  void a_channel_of_which_no_credentials_are_on_record_is_configured_until_they_are() {
    var channels = new DynamoChannels(table);
    Channel email = channels.find(LOCAL, "email").orElseThrow();
    channels.put(LOCAL, email, List.of("api_key"));
    assertThat(channels.configured(LOCAL).lacking()).isEmpty();
    channels.noteCredentials(LOCAL, email.id(), Set.of());
    assertThat(channels.configured(LOCAL).lackedBy(email)).containsExactly("api_key");
  }

  @Test
  void layouts_and_partials_serve_and_stay_when_another_is_committed() {
    var assets = new DynamoAssets(table);
    Assets.Library before = assets.current(LOCAL);
    assertThat(before.partials().fields()).isNotEmpty();
    assertThat(assets.parts(LOCAL, assets.serving(LOCAL))).hasSize(assets.serving(LOCAL).size());
    var id = new ContentId(ContentType.PARTIAL, "added");
    Json.Obj added = Json.object().with("type", "html").with("content", "x".repeat(9_000));
    Map<ContentId, VersionId> known = assets.serving(LOCAL);
    var origin = new Origin("Ann", "192.0.2.1", "request-1", LATER);
    var commit =
        new Commit(
            CommitId.of(LATER, "request-1", id),
            id,
            WorkflowReader.version(added),
            Optional.empty(),
            new Author("Ann", "ann@example.com"),
            Optional.empty(),
            LATER,
            Optional.empty());
    var serving =
        new Commits.Serving(
            commit,
            ContentHead.none(id, LATER),
            added,
            origin.change("committed", id.toString(), "", ""));
    assertThat(new DynamoCommits(table).commit(LOCAL, List.of(serving)))
        .isEqualTo(Commits.Outcome.DONE);
    assertThat(assets.current(LOCAL)).isEqualTo(ServedParts.over(before, Map.of(id, added)));
    assertThat(new DynamoAssets(table).parts(LOCAL, known)).hasSize(known.size());
  }
}
