package dev.carillon.functions.api.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.edge.Ids;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.functions.api.ApiFixture;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.recipient.RecipientId;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The park's clock stands at one minute past nine on Monday, 5 January 2026. */
class ScheduleCallsTest {
  private static final String DAILY_AT_9_30 =
      "'repeats':[{'frequency':'daily','days':'weekdays','hours':9,'minutes':30}]";
  private static final String ONCE = "'scheduled_at':'2026-01-22T17:45:00Z'";

  private final ApiFixture park = new ApiFixture();

  @BeforeEach
  void prepare() {
    park.workflow("park-alert");
  }

  @Test
  void a_recurring_schedule_is_made_for_each_recipient() {
    var reply =
        make(
            "'workflow':'park-alert','recipients':['jhammond','esattler','dnedry'],"
                + DAILY_AT_9_30
                + ",'ending_at':'2026-02-02T10:00:00Z','data':{'type':'dinosaurs-loose'},"
                + "'tenant':'jpark','actor':'dnedry'");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.list()).hasSize(3);
    assertThat(reply.list().stream().map(it -> it.object("recipient").text("id").orElseThrow()))
        .containsExactly("jhammond", "esattler", "dnedry");
    Json.Obj first = reply.list().getFirst();
    assertThat(first.fields().keySet())
        .containsExactly(
            "__typename",
            "id",
            "workflow",
            "recipient",
            "actor",
            "tenant",
            "data",
            "repeats",
            "next_occurrence_at",
            "last_occurrence_at",
            "inserted_at",
            "updated_at");
    assertThat(Ids.uuid(first.text("id").orElseThrow())).isPresent();
    assertThat(reply.text("0.__typename")).isEqualTo("Schedule");
    assertThat(reply.text("0.workflow")).isEqualTo("park-alert");
    assertThat(reply.text("0.recipient.name")).isEqualTo("John Hammond");
    assertThat(reply.text("0.actor.name")).isEqualTo("Dennis Nedry");
    assertThat(reply.text("0.tenant")).isEqualTo("jpark");
    assertThat(reply.text("0.data.type")).isEqualTo("dinosaurs-loose");
    assertThat(reply.at("0.repeats.0"))
        .isEqualTo(
            JsonText.parse(
                json(
                    "{'__typename':'ScheduleRepeat','frequency':'daily','interval':1,"
                        + "'days':['mon','tue','wed','thu','fri'],'day_of_month':null,"
                        + "'hours':9,'minutes':30}")));
    assertThat(reply.text("0.next_occurrence_at")).isEqualTo("2026-01-05T09:30:00Z");
    assertThat(reply.at("0.last_occurrence_at")).isEqualTo(Json.NULL);
    assertThat(reply.text("0.inserted_at")).isEqualTo("2026-01-05T09:01:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'repeats':[]", ",'repeats':null,'scheduled_at':null"})
  void one_without_a_time_does_not_occur_until_it_is_given_one(String times) {
    var reply = make("'workflow':'park-alert','recipients':['a']" + times);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.at("0.next_occurrence_at")).isEqualTo(Json.NULL);
    assertThat(change(ids(reply), "'data':{'x':1}").at("0.next_occurrence_at"))
        .isEqualTo(Json.NULL);
    assertThat(change(ids(reply), ONCE).text("0.next_occurrence_at"))
        .isEqualTo("2026-01-22T17:45:00Z");
  }

  @Test
  void a_one_off_has_no_repeats_and_occurs_at_its_instant() {
    var reply = make("'workflow':'park-alert','recipients':['jhammond']," + ONCE);
    assertThat(reply.at("0.repeats")).isEqualTo(Json.array(List.of()));
    assertThat(reply.at("0.data")).isEqualTo(Json.NULL);
    assertThat(reply.at("0.actor")).isEqualTo(Json.NULL);
    assertThat(reply.at("0.tenant")).isEqualTo(Json.NULL);
    assertThat(reply.text("0.next_occurrence_at")).isEqualTo("2026-01-22T17:45:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-22T17:45:00, 2026-01-22T17:45:00Z",
    "2026-01-22T17:45:00+01:00, 2026-01-22T16:45:00Z",
    "2026-01-22, 2026-01-22T00:00:00Z",
    // Past: at once.
    "2026-01-05T09:00:59Z, 2026-01-05T09:01:00Z"
  })
  void a_time_without_an_offset_is_utc(String scheduledAt, String next) {
    var reply =
        make(
            "'workflow':'park-alert','recipients':['jhammond'],'scheduled_at':'"
                + scheduledAt
                + "'");
    assertThat(reply.text("0.next_occurrence_at")).isEqualTo(next);
  }

  @Test
  void a_one_off_that_would_occur_after_its_end_is_kept_and_never_occurs() {
    var reply =
        make(
            "'workflow':'park-alert','recipients':['jhammond'],"
                + ONCE
                + ",'ending_at':'2026-01-22T17:44:59Z'");
    assertThat(reply.at("0.next_occurrence_at")).isEqualTo(Json.NULL);
    assertThat(park.ports.timers().all()).isEmpty();
    assertThat(park.ports.minuteSchedules().standing()).isEmpty();
  }

  @Test
  void recurring_ones_go_by_the_recipients_clocks_else_the_environments_else_utc() {
    park.identify(RecipientId.user("esattler"), Json.object().with("timezone", "America/New_York"));
    assertThat(next("'esattler'")).isEqualTo("2026-01-05T14:30:00Z");
    assertThat(next("'jhammond'")).isEqualTo("2026-01-05T09:30:00Z");
    park.ports
        .environments()
        .put(
            ApiFixture.DEVELOPMENT,
            new EnvironmentSettings(
                Optional.of(ZoneId.of("Asia/Tokyo")), Json.Obj.EMPTY, List.of()));
    assertThat(next("'jhammond'")).isEqualTo("2026-01-06T00:30:00Z");
    assertThat(next("{'id':'muldoon','timezone':'Africa/Nairobi'}"))
        .isEqualTo("2026-01-06T06:30:00Z");
    // As data of before zones were checked may have it.
    park.identify(RecipientId.user("ray"), Json.object().with("timezone", "Nowhere"));
    assertThat(next("'ray'")).isEqualTo("2026-01-06T00:30:00Z");
  }

  private String next(String recipient) {
    return make("'workflow':'park-alert','recipients':[" + recipient + "]," + DAILY_AT_9_30)
        .text("0.next_occurrence_at");
  }

  @Test
  void who_is_described_in_the_call_is_identified() {
    var reply =
        make(
            "'workflow':'park-alert',"
                + ONCE
                + ",'recipients':[{'id':'muldoon','name':'Robert','$trigger_data':{'gate':1}},"
                + "{'id':'isla','collection':'islands','area':22}],"
                + "'actor':{'id':'ray','name':'Ray'},'tenant':{'id':'jpark','name':'Park'},"
                + "'data':{'gate':0,'open':true}");
    assertThat(reply.text("0.recipient.name")).isEqualTo("Robert");
    assertThat(reply.text("1.recipient.__typename")).isEqualTo("Object");
    assertThat(reply.at("1.recipient.properties.area")).isEqualTo(Json.of(22));
    assertThat(reply.text("0.actor.name")).isEqualTo("Ray");
    assertThat(reply.at("0.data.gate")).isEqualTo(Json.of(1));
    assertThat(reply.at("1.data.gate")).isEqualTo(Json.of(0));
    assertThat(
            park.recipients
                .find(ApiFixture.DEVELOPMENT, new RecipientId(RecipientId.TENANTS, "jpark"))
                .orElseThrow()
                .text("name"))
        .contains("Park");
  }

  @Test
  void somebody_named_twice_gets_one_schedule() {
    var reply = make("'workflow':'park-alert','recipients':['jhammond',{'id':'jhammond'}]," + ONCE);
    assertThat(reply.list()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'recipients':['a'],'scheduled_at':'2026-02-01'                              | 422 | workflow
          'workflow':'park-alert','scheduled_at':'2026-02-01'                         | 422 | recipients
          'workflow':'park-alert','recipients':[],'scheduled_at':'2026-02-01'         | 422 | recipients
          'workflow':'park-alert','recipients':['a/b'],'scheduled_at':'2026-02-01'    | 422 | recipients[0]
          'workflow':'other','recipients':['a'],'scheduled_at':'2026-02-01'           | 404 | workflow
          'workflow':'No Key','recipients':['a'],'scheduled_at':'2026-02-01'          | 404 | workflow
          'workflow':'park-alert','recipients':['a'],'repeats':{'frequency':'daily'}  | 422 | repeats
          'workflow':'park-alert','recipients':['a'],'repeats':[{'frequency':'yearly'}] | 422 | repeats[0].frequency
          'workflow':'park-alert','recipients':['a'],'repeats':[{'frequency':'daily','hours':24}] | 422 | repeats[0].hours
          'workflow':'park-alert','recipients':['a'],'repeats':[{'frequency':'daily','hour':9}] | 422 | repeats[0].hour
          'workflow':'park-alert','recipients':['a'],'scheduled_at':'tomorrow'        | 422 | scheduled_at
          'workflow':'park-alert','recipients':['a'],'scheduled_at':'2100-01-01'      | 422 | scheduled_at
          'workflow':'park-alert','recipients':['a'],'scheduled_at':'2026-02-01','ending_at':1 | 422 | ending_at
          'workflow':'park-alert','recipients':['a'],'scheduled_at':'2026-02-01','data':[] | 422 | data
          'workflow':'park-alert','recipients':['a'],'scheduled_at':'2026-02-01','actor':'nobody' | 422 | actor
          'workflow':'park-alert','recipients':['a'],'scheduled_at':'2026-02-01','colour':1 | 422 | colour
          """)
  void what_is_missing_or_wrong_is_refused_by_name(String body, int status, String field) {
    var reply = make(body);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.each("errors", "field")).isEqualTo(List.of(field));
    assertThat(park.ports.timers().all()).isEmpty();
  }

  @Test
  void one_call_makes_a_hundred_schedules_and_no_more() {
    assertThat(make(toMany(100)).list()).hasSize(100);
    assertThat(make(toMany(101)).each("errors", "field")).isEqualTo(List.of("recipients"));
  }

  private static String toMany(int count) {
    String recipients =
        IntStream.range(0, count).mapToObj(i -> "'u" + i + "'").collect(Collectors.joining(","));
    return "'workflow':'park-alert','recipients':[" + recipients + "]," + ONCE;
  }

  @Test
  void data_larger_than_the_limit_is_refused() {
    var body = "'workflow':'park-alert','recipients':['jhammond']," + ONCE + ",'data':{'x':'%s'}";
    assertThat(make(body.formatted("y".repeat(256 * 1024 - 8))).status()).isEqualTo(200);
    assertThat(make(body.formatted("y".repeat(256 * 1024))).each("errors", "field"))
        .isEqualTo(List.of("data"));
  }

  @Test
  void a_call_that_made_many_large_ones_is_answered_with_all_of_them_the_last_without_data() {
    var reply = make(toMany(30) + ",'data':{'x':'" + "y".repeat(200_000) + "'}");
    assertThat(ids(reply)).hasSize(30).doesNotHaveDuplicates();
    assertThat(reply.text("0.data.x")).hasSize(200_000);
    assertThat(reply.list().getLast().fields()).doesNotContainKey("data");
    assertThat(reply.text("29.recipient.id")).isEqualTo("u29");
    assertThat(JsonText.bytes(reply.json())).hasSizeLessThan(6_000_000);
  }

  @Test
  void an_archived_workflow_takes_no_schedules_and_an_inactive_one_does() {
    var workflows = park.ports.workflows();
    workflows.setActive(ApiFixture.DEVELOPMENT, new WorkflowKey("park-alert"), false);
    String body = "'workflow':'park-alert','recipients':['jhammond']," + ONCE;
    assertThat(make(body).status()).isEqualTo(200);
    workflows.archive(ApiFixture.DEVELOPMENT, new WorkflowKey("park-alert"));
    assertThat(make(body).text("code")).isEqualTo("workflow_missing");
  }

  @Test
  void schedules_are_not_for_public_keys() {
    assertThat(park.call("pk_local", "POST /v1/schedules", Map.of(), "", "{}").status())
        .isEqualTo(403);
  }

  @Test
  void what_is_due_soon_waits_in_the_queue_and_what_is_not_shares_its_minutes_schedule() {
    make("'workflow':'park-alert','recipients':['a','b'],'scheduled_at':'2026-01-05T09:16:00Z'");
    assertThat(park.ports.tasks().sent())
        .hasSize(2)
        .allMatch(it -> it.delay().equals(Tasks.MAX_DELAY) && it.task() instanceof FanoutTask.Fire);
    assertThat(park.ports.minuteSchedules().standing()).isEmpty();
    make("'workflow':'park-alert','recipients':['a','b'],'scheduled_at':'2026-01-05T09:16:01Z'");
    assertThat(park.ports.tasks().sent()).hasSize(2);
    var minute = Minutes.of(Instant.parse("2026-01-05T09:16:00Z"));
    assertThat(park.ports.minuteSchedules().standing()).containsExactly(minute);
    assertThat(park.ports.timers().all())
        .hasSize(4)
        .allMatch(it -> it.minute() == minute && it.generation() == 1);
  }

  @Test
  void a_call_repeated_under_its_key_makes_its_schedules_once() {
    String body = json("{'workflow':'park-alert','recipients':['a','b']," + ONCE + "}");
    var first = once("key-1", body);
    park.clock.advance(Duration.ofMinutes(1));
    assertThat(once("key-1", body).json()).isEqualTo(first.json());
    assertThat(ids(once("key-2", body))).doesNotContainAnyElementsOf(ids(first));
    assertThat(park.ports.timers().all()).hasSize(4);
  }

  private ApiFixture.Reply once(String key, String body) {
    return park.play(
        JsonText.bytes(
            Json.object()
                .with("version", "2.0")
                .with("rawPath", "/v1/schedules")
                .with(
                    "headers",
                    Json.object()
                        .with("authorization", "Bearer sk_local")
                        .with("idempotency-key", key))
                .with(
                    "requestContext",
                    Json.object()
                        .with("requestId", "request-of-" + park.clock.instant() + key)
                        .with("http", Json.object().with("method", "POST")))
                .with("body", body)
                .with("isBase64Encoded", Json.FALSE)));
  }

  @Test
  void an_update_gives_all_of_them_the_same_values_and_leaves_the_rest() {
    var made = make("'workflow':'park-alert','recipients':['a','b']," + DAILY_AT_9_30);
    park.clock.advance(Duration.ofMinutes(1));
    var reply =
        change(
            ids(made),
            "'ending_at':'2026-06-01T00:00:00Z','data':{'foo':'bar'},'tenant':'jpark',"
                + "'actor':{'id':'ray','name':'Ray'}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(ids(reply)).isEqualTo(ids(made));
    for (int i = 0; i < 2; i++) {
      assertThat(reply.text(i + ".data.foo")).isEqualTo("bar");
      assertThat(reply.text(i + ".tenant")).isEqualTo("jpark");
      assertThat(reply.text(i + ".actor.name")).isEqualTo("Ray");
      assertThat(reply.text(i + ".next_occurrence_at")).isEqualTo("2026-01-05T09:30:00Z");
      assertThat(reply.text(i + ".updated_at")).isEqualTo("2026-01-05T09:02:00Z");
      assertThat(reply.text(i + ".inserted_at")).isEqualTo("2026-01-05T09:01:00Z");
    }
    assertThat(stored(made).endingAt()).contains(Instant.parse("2026-06-01T00:00:00Z"));
    var cleared = change(ids(made), "'data':null,'tenant':null,'actor':null,'ending_at':null");
    assertThat(cleared.at("0.data")).isEqualTo(Json.NULL);
    assertThat(cleared.at("0.tenant")).isEqualTo(Json.NULL);
    assertThat(cleared.at("0.actor")).isEqualTo(Json.NULL);
    assertThat(stored(made).endingAt()).isEmpty();
  }

  @Test
  void other_rules_set_another_time() {
    var made = make("'workflow':'park-alert','recipients':['a']," + DAILY_AT_9_30);
    var reply =
        change(
            ids(made), "'repeats':[{'__typename':'ScheduleRepeat','frequency':'daily','hours':9}]");
    assertThat(reply.text("0.next_occurrence_at")).isEqualTo("2026-01-06T09:00:00Z");
    assertThat(park.ports.timers().all())
        .extracting(Timer::dueAt)
        .containsExactly(Instant.parse("2026-01-06T09:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "'repeats':null,", "'repeats':[],"})
  void a_time_without_repeats_makes_a_one_off_of_a_recurring_schedule(String repeats) {
    var made = make("'workflow':'park-alert','recipients':['a']," + DAILY_AT_9_30);
    var reply = change(ids(made), repeats + ONCE);
    assertThat(reply.at("0.repeats")).isEqualTo(Json.array(List.of()));
    assertThat(reply.text("0.next_occurrence_at")).isEqualTo("2026-01-22T17:45:00Z");
  }

  @Test
  void repeats_make_a_recurring_schedule_of_a_one_off_whose_time_is_its_start() {
    var made = make("'workflow':'park-alert','recipients':['a']," + ONCE);
    assertThat(change(ids(made), DAILY_AT_9_30).text("0.next_occurrence_at"))
        .isEqualTo("2026-01-23T09:30:00Z");
    assertThat(
            change(ids(made), "'scheduled_at':null," + DAILY_AT_9_30).text("0.next_occurrence_at"))
        .isEqualTo("2026-01-05T09:30:00Z");
  }

  @Test
  void a_start_is_moved_by_sending_the_repeats_along() {
    var made = make("'workflow':'park-alert','recipients':['a']," + DAILY_AT_9_30);
    assertThat(change(ids(made), ONCE + "," + DAILY_AT_9_30).text("0.next_occurrence_at"))
        .isEqualTo("2026-01-23T09:30:00Z");
  }

  @Test
  void what_would_leave_one_of_them_without_a_time_changes_none() {
    var once = make("'workflow':'park-alert','recipients':['a']," + ONCE);
    var recurring = make("'workflow':'park-alert','recipients':['a']," + DAILY_AT_9_30);
    var both = List.of(ids(once).getFirst(), ids(recurring).getFirst());
    assertThat(change(both, "'repeats':null,'data':{'x':1}").each("errors", "field"))
        .isEqualTo(List.of("repeats"));
    assertThat(stored(once).revision()).isEqualTo(1);
    assertThat(change(ids(once), "'scheduled_at':null").status()).isEqualTo(422);
  }

  @Test
  void an_update_that_changes_nothing_is_none_but_sets_the_alarm_again() {
    var made = make("'workflow':'park-alert','recipients':['a']," + DAILY_AT_9_30);
    assertThat(change(ids(made), DAILY_AT_9_30).json()).isEqualTo(made.json());
    assertThat(stored(made).revision()).isEqualTo(1);
    assertThat(park.ports.minuteSchedules().standing()).hasSize(1);
  }

  @Test
  void an_occurrence_that_is_due_just_now_survives_an_update() {
    var made = make("'workflow':'park-alert','recipients':['a']," + DAILY_AT_9_30);
    park.clock.set(Instant.parse("2026-01-05T09:31:01Z"));
    assertThat(change(ids(made), "'data':{'x':1}").text("0.next_occurrence_at"))
        .isEqualTo("2026-01-05T09:30:00Z");
    assertThat(change(ids(made), "'ending_at':'2026-02-01'").text("0.next_occurrence_at"))
        .isEqualTo("2026-01-05T09:30:00Z");
    // Listed where the sweeper has not been yet.
    assertThat(park.ports.timers().all())
        .extracting(Timer::minute)
        .containsExactly(Minutes.of(park.clock.instant()));
    assertThat(
            change(ids(made), "'repeats':[{'frequency':'daily','hours':9,'minutes':15}]")
                .text("0.next_occurrence_at"))
        .isEqualTo("2026-01-06T09:15:00Z");
  }

  @Test
  void ids_that_nobody_has_are_left_out() {
    var made = make("'workflow':'park-alert','recipients':['a']," + ONCE);
    var ids = List.of(ScheduleId.of("x", 1).toString(), ids(made).getFirst());
    assertThat(ids(change(ids, "'data':{'x':1}"))).isEqualTo(ids(made));
    assertThat(ids(delete(ids))).isEqualTo(ids(made));
    assertThat(delete(ids).list()).isEmpty();
    assertThat(change(ids, "'data':{'x':2}").list()).isEmpty();
  }

  @Test
  void ids_that_cannot_be_any_are_refused() {
    assertThat(delete(List.of("x")).each("errors", "field")).isEqualTo(List.of("schedule_ids[0]"));
    assertThat(change(List.of(), "'data':{}").each("errors", "field"))
        .isEqualTo(List.of("schedule_ids"));
    var many = IntStream.range(0, 101).mapToObj(i -> ScheduleId.of("x", i).toString()).toList();
    assertThat(delete(many).each("errors", "field")).isEqualTo(List.of("schedule_ids"));
  }

  @Test
  void a_deleted_schedule_is_listed_nowhere_and_waits_for_nothing() {
    var made = make("'workflow':'park-alert','recipients':['a','b']," + ONCE);
    assertThat(ids(delete(ids(made).subList(0, 1)))).isEqualTo(ids(made).subList(0, 1));
    assertThat(list("workflow=park-alert")).isEqualTo(ids(made).subList(1, 2));
    assertThat(park.ports.timers().all()).hasSize(1);
  }

  @Test
  void a_schedule_of_another_environment_is_not_there() {
    var made = make("'workflow':'park-alert','recipients':['a']," + ONCE);
    var body = JsonText.write(Json.object().with("schedule_ids", Json.texts(ids(made))));
    assertThat(park.call("sk_elsewhere", "DELETE /v1/schedules", Map.of(), "", body).list())
        .isEmpty();
    assertThat(list("workflow=park-alert")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          workflow=park-alert                                                    | p1 b a
          workflow=other                                                         |
          workflow=park-alert&tenant=jpark                                       | p1
          workflow=park-alert&recipients[]=a                                     | a
          workflow=park-alert&recipients[]=a&recipients[]=b                      | b a
          workflow=park-alert&recipients[0]=b                                    | b
          workflow=park-alert&recipients[][id]=p1&recipients[][collection]=projects | p1
          workflow=park-alert&recipients[0][id]=p1&recipients[0][collection]=projects&recipients[1]=a | p1 a
          workflow=park-alert&recipients[][id]=p1&recipients[][collection]=others |
          workflow=park-alert&recipients[]=a&tenant=jpark                        |
          """)
  void the_schedules_of_a_workflow_are_those_that_all_filters_let_through(
      String query, String expected) {
    park.workflow("gone");
    make("'workflow':'park-alert','recipients':['a']," + ONCE);
    park.clock.advance(Duration.ofMillis(1));
    make("'workflow':'park-alert','recipients':['b']," + ONCE);
    park.clock.advance(Duration.ofMillis(1));
    make(
        "'workflow':'park-alert','tenant':'jpark','recipients':[{'id':'p1','collection':'projects'}],"
            + ONCE);
    make("'workflow':'gone','recipients':['a']," + ONCE);
    var reply = park.call("GET /v1/schedules", Map.of(), query);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(
            reply.body().list("entries").stream()
                .map(it -> ((Json.Obj) it).object("recipient").text("id").orElseThrow()))
        .isEqualTo(expected == null ? List.of() : List.of(expected.split(" ")));
    assertThat(reply.text("page_info.__typename")).isEqualTo("PageInfo");
    assertThat(reply.at("page_info.page_size")).isEqualTo(Json.of(50));
  }

  @Test
  void a_list_pages_forth_and_back() {
    var made = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      made.addFirst(ids(make("'workflow':'park-alert','recipients':['a']," + ONCE)).getFirst());
      park.clock.advance(Duration.ofMillis(1));
    }
    var first = park.call("GET /v1/schedules", Map.of(), "workflow=park-alert&page_size=2");
    assertThat(first.each("entries", "id")).isEqualTo(made.subList(0, 2));
    var second = next(first, "after");
    assertThat(second.each("entries", "id")).isEqualTo(made.subList(2, 4));
    assertThat(next(second, "after").each("entries", "id")).isEqualTo(made.subList(4, 5));
    assertThat(next(second, "before").each("entries", "id")).isEqualTo(made.subList(0, 2));
  }

  private ApiFixture.Reply next(ApiFixture.Reply page, String direction) {
    return park.call(
        "GET /v1/schedules",
        Map.of(),
        "workflow=park-alert&page_size=2&" + direction + "=" + page.text("page_info." + direction));
  }

  @Test
  void users_and_objects_have_lists_of_their_own() {
    park.workflow("other");
    make("'workflow':'park-alert','recipients':['a',{'id':'a','collection':'projects'}]," + ONCE);
    make("'workflow':'other','tenant':'jpark','recipients':['a']," + ONCE);
    assertThat(ofUser("a", "")).containsExactlyInAnyOrder("park-alert", "other");
    assertThat(ofUser("a", "workflow=other")).containsExactly("other");
    assertThat(ofUser("a", "tenant=jpark")).containsExactly("other");
    assertThat(ofUser("nobody", "")).isEmpty();
    var ofObject =
        park.call(
            "GET /v1/objects/{collection}/{id}/schedules",
            Map.of("collection", "projects", "id", "a"),
            "workflow=park-alert");
    assertThat(ofObject.each("entries", "workflow")).containsExactly("park-alert");
    assertThat(ofObject.text("entries.0.recipient.collection")).isEqualTo("projects");
  }

  private List<String> ofUser(String id, String query) {
    return park.call("GET /v1/users/{id}/schedules", Map.of("id", id), query)
        .each("entries", "workflow");
  }

  @ParameterizedTest
  @CsvSource({
    "'', workflow",
    "workflow=No Key, workflow",
    "workflow=park-alert&status=x, status",
    "workflow=park-alert&recipients[][id]=a&recipients[][id]=b&recipients[][collection]=c,"
        + " recipients",
    "workflow=park-alert&after=bm9uc2Vuc2Ugb2YgYSBjdXJzb3I, after"
  })
  void what_a_list_does_not_know_is_refused_by_name(String query, String field) {
    var reply = park.call("GET /v1/schedules", Map.of(), query.replace(" ", "%20"));
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.each("errors", "field")).isEqualTo(List.of(field));
  }

  private Schedule stored(ApiFixture.Reply made) {
    return park.ports
        .schedules()
        .find(ApiFixture.DEVELOPMENT, ScheduleId.parse(ids(made).getFirst()))
        .orElseThrow();
  }

  private List<String> list(String query) {
    return park.call("GET /v1/schedules", Map.of(), query).each("entries", "id");
  }

  private ApiFixture.Reply make(String fields) {
    return park.call("POST /v1/schedules", Map.of(), "", json("{" + fields + "}"));
  }

  private ApiFixture.Reply change(List<String> ids, String fields) {
    return park.call("PUT /v1/schedules", Map.of(), "", withIds(ids, fields));
  }

  private ApiFixture.Reply delete(List<String> ids) {
    return park.call("DELETE /v1/schedules", Map.of(), "", withIds(ids, ""));
  }

  private static String withIds(List<String> ids, String fields) {
    var body = (Json.Obj) JsonText.parse(json("{" + fields + "}"));
    return JsonText.write(body.with("schedule_ids", Json.texts(ids)));
  }

  private static List<String> ids(ApiFixture.Reply reply) {
    return reply.list().stream().map(it -> it.text("id").orElseThrow()).toList();
  }

  private static String json(String single) {
    return single.replace('\'', '"');
  }
}
