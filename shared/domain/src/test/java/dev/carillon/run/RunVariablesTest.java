package dev.carillon.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelSet;
import dev.carillon.condition.Conditions;
import dev.carillon.content.LibraryShelf;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.time.RepeatRule;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.variable.Variables;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunVariablesTest {
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  private static final TriggerId TRIGGER = TriggerId.of(NOON, "a request");

  @Test
  void the_triggers_data_is_in_scope_at_the_top_and_below_data() {
    Json.Obj scope = scope("{\"page_name\": \"Plans\", \"deep\": {\"x\": 1}}");
    assertThat(scope.text("page_name")).contains("Plans");
    assertThat(scope.object("data").text("page_name")).contains("Plans");
    assertThat(scope.object("deep")).isEqualTo(json("{\"x\": 1}"));
  }

  @Test
  void the_names_of_the_scope_win_over_the_triggers_data() {
    Json.Obj reserved = scope("{}");
    Json.Obj data = Json.object();
    for (String name : reserved.fields().keySet()) {
      data = data.with(name, "mine");
    }
    Json.Obj scope = scope(data);
    assertThat(reserved.fields().keySet())
        .contains(
            "data",
            "recipient",
            "actor",
            "actors",
            "activities",
            "total_activities",
            "total_actors",
            "tenant",
            "vars",
            "workflow",
            "run",
            "timestamp");
    for (String name : reserved.fields().keySet()) {
      assertThat(scope.text(name)).as(name).isNotEqualTo(Optional.of("mine"));
    }
    assertThat(scope.object("data")).isEqualTo(data);
    assertThat(
            RunVariables.withMessage(scope("{\"current_message\": \"mine\"}"), "m1", NOON)
                .object("current_message")
                .text("id"))
        .contains("m1");
  }

  @Test
  void a_persons_own_properties_do_not_hide_what_names_it() {
    Json.Obj person =
        RunVariables.person(
            recipient(
                RecipientId.user("mira"),
                "{\"id\": \"x\", \"__typename\": \"y\", \"updated_at\": 1, \"name\": \"Mira\"}"));
    assertThat(person)
        .isEqualTo(
            json(
                """
                {"id": "mira", "__typename": "User", "name": "Mira", "created_at": null,
                 "updated_at": "2026-03-10T12:00:00Z"}
                """));
    assertThat(RunVariables.person(recipient(new RecipientId("teams", "t1"), "{}")))
        .isEqualTo(
            json(
                """
                {"id": "t1", "collection": "teams", "__typename": "Object", "created_at": null,
                 "updated_at": "2026-03-10T12:00:00Z"}
                """));
  }

  @Test
  void whoever_is_not_known_is_there_by_name() {
    assertThat(scope("{}").object("recipient"))
        .isEqualTo(json("{\"__typename\": \"User\", \"id\": \"mira\"}"));
    assertThat(scope("{}").get("actor")).contains(Json.NULL);
    assertThat(scope("{}").get("tenant")).contains(Json.NULL);
    assertThat(scope("{}").list("actors")).isEmpty();
    assertThat(scope("{}").get("total_actors")).contains(Json.of(0));
  }

  @Test
  void an_actor_and_a_tenant_are_there_with_their_properties() {
    Json.Obj scope =
        variables(
            json("{\"a\": 1}"),
            new Participants(
                Optional.of(recipient(RecipientId.user("mira"), "{}")),
                Optional.of(recipient(RecipientId.user("noor"), "{\"name\": \"Noor\"}")),
                Optional.of(recipient(new RecipientId("$tenants", "acme"), "{\"name\": \"Acme\"}")),
                Map.of(),
                Optional.empty()),
            Optional.empty(),
            EnvironmentSettings.NONE,
            Optional.of("cancel-me"),
            json("{\"app_url\": \"https://example.com\"}"));
    assertThat(scope.object("actor").text("name")).contains("Noor");
    assertThat(scope.list("actors")).containsExactly(scope.object("actor"));
    assertThat(scope.object("tenant").text("__typename")).contains("Tenant");
    assertThat(scope.object("tenant").get("collection")).isEmpty();
    assertThat(scope.object("tenant").text("name")).contains("Acme");
    assertThat(scope.object("vars").text("app_url")).contains("https://example.com");
    assertThat(scope.object("run").get("total_actors")).contains(Json.of(1));
    assertThat(scope.object("workflow"))
        .isEqualTo(
            json(
                """
                {"id": "00000000-0000-0000-0000-000000000001", "key": "hello", "name": "Hello",
                 "categories": ["collab"], "commercial": true, "override_preferences": false,
                 "cancellation_key": "cancel-me"}
                """));
  }

  @Test
  void the_activity_has_the_data_in_every_spelling_and_an_id_that_stays() {
    var activity = (Json.Obj) scope("{\"a\": 1, \"id\": \"mine\"}").list("activities").getFirst();
    assertThat(activity.get("a")).contains(Json.of(1));
    assertThat(activity.object("data").get("a")).contains(Json.of(1));
    assertThat(activity.text("id").filter(Ksuid::isValid)).isPresent();
    assertThat(scope("{}").list("activities").getFirst())
        .extracting(it -> ((Json.Obj) it).text("id"))
        .isEqualTo(activity.text("id"));
  }

  @Test
  void a_recipient_has_its_schedule_and_its_preferences_as_all_layers_come_to() {
    var mira =
        new Recipient(
            RecipientId.user("mira"),
            Json.object(),
            Optional.empty(),
            NOON,
            Map.of("default", json("{\"categories\": {\"news\": false}}")),
            Map.of());
    var environment =
        new EnvironmentSettings(
            Optional.empty(),
            json("{\"categories\": {\"news\": true, \"deals\": false}}"),
            List.of());
    var id = ScheduleId.of("a request", 0);
    var schedule =
        new Schedule(
            new EnvironmentId("test"),
            id,
            new WorkflowKey("hello"),
            RecipientId.user("mira"),
            List.of(),
            Optional.of(NOON),
            Optional.empty(),
            Json.object(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(NOON),
            1,
            NOON,
            NOON);
    Json.Obj recipient =
        scope(json("{}"), mira, Optional.empty(), Optional.of(schedule), environment)
            .object("recipient");
    assertThat(recipient.object("schedule"))
        .isEqualTo(
            Json.object()
                .with("id", id.toString())
                .with("last_occurrence_at", "2026-03-10T12:00:00Z")
                .with("next_occurrence_at", Json.NULL));
    assertThat(recipient.object("preferences"))
        .isEqualTo(json("{\"categories\": {\"news\": false, \"deals\": false}}"));
  }

  @Test
  void a_run_that_is_quicker_than_its_schedule_sees_it_as_it_stands_once_it_has_occurred() {
    var mira = recipient(RecipientId.user("mira"), "{\"timezone\": \"Asia/Tokyo\"}");
    Instant occurrence = TRIGGER.time();
    var daily = new RepeatRule(RepeatRule.Frequency.DAILY, 1, Set.of(), OptionalInt.empty(), 9, 0);
    var schedule =
        new Schedule(
            new EnvironmentId("test"),
            ScheduleId.of("a request", 0),
            new WorkflowKey("hello"),
            RecipientId.user("mira"),
            List.of(daily),
            Optional.empty(),
            Optional.empty(),
            Json.object(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(occurrence),
            Optional.empty(),
            1,
            occurrence.minusSeconds(86_400),
            NOON);
    Json.Obj seen =
        scope(
                json("{}"),
                mira,
                Optional.empty(),
                Optional.of(schedule),
                new EnvironmentSettings(Optional.empty(), Json.object(), List.of()))
            .object("recipient")
            .object("schedule");
    assertThat(seen.text("last_occurrence_at")).contains(occurrence.toString());
    Instant next = Instant.parse(seen.text("next_occurrence_at").orElseThrow());
    assertThat(next).isAfter(occurrence);
    assertThat(next.atZone(ZoneId.of("Asia/Tokyo")).toLocalTime()).isEqualTo(LocalTime.of(9, 0));
  }

  @Test
  void the_branding_of_a_tenant_lies_over_that_of_the_environments_variables() {
    var tenant =
        recipient(
            new RecipientId("$tenants", "acme"),
            "{\"settings\": {\"branding\": {\"primary_color\": \"#ff0000\"}}}");
    Json.Obj scope =
        scope(
            json("{}"),
            recipient(RecipientId.user("mira"), "{}"),
            Optional.of(tenant),
            Optional.empty(),
            EnvironmentSettings.NONE);
    assertThat(scope.object("vars"))
        .isEqualTo(json("{\"branding\": {\"primary_color\": \"#ff0000\"}}"));
    assertThat(scope.object("tenant").object("settings").object("branding"))
        .isEqualTo(json("{\"primary_color\": \"#ff0000\"}"));
  }

  @Test
  void a_template_knows_the_message_that_is_about_to_be_made() {
    assertThat(RunVariables.withMessage(scope("{}"), "m1", NOON).object("current_message"))
        .isEqualTo(
            json(
                """
                {"id": "m1", "inserted_at": "2026-03-10T12:00:00Z",
                 "updated_at": "2026-03-10T12:00:00Z"}
                """));
  }

  private static Json.Obj scope(String data) {
    return scope(json(data));
  }

  private static Json.Obj scope(Json.Obj data) {
    return variables(
        data,
        Participants.of(Optional.empty()),
        Optional.empty(),
        EnvironmentSettings.NONE,
        Optional.empty(),
        Json.object());
  }

  private static Json.Obj scope(
      Json.Obj data,
      Recipient recipient,
      Optional<Recipient> tenant,
      Optional<Schedule> schedule,
      EnvironmentSettings environment) {
    return variables(
        data,
        new Participants(
            Optional.of(recipient), Optional.empty(), tenant, Map.of(), Optional.empty()),
        schedule,
        environment,
        Optional.empty(),
        Json.object());
  }

  private static Json.Obj variables(
      Json.Obj data,
      Participants participants,
      Optional<Schedule> schedule,
      EnvironmentSettings environment,
      Optional<String> cancellationKey,
      Json.Obj vars) {
    var recipient = RecipientId.user("mira");
    var trigger =
        new Trigger(
            new EnvironmentId("test"),
            TRIGGER,
            workflow().key(),
            workflow().version(),
            List.of(new Trigger.Named(recipient, Optional.empty(), Json.Obj.EMPTY)),
            participants
                .actor()
                .map(actor -> new Trigger.Named(actor.id(), Optional.empty(), Json.Obj.EMPTY)),
            Optional.empty(),
            data,
            cancellationKey,
            Trigger.Settings.NONE,
            new Trigger.Source.Api());
    var context =
        new RunContext(
            trigger,
            workflow(),
            participants,
            schedule,
            new EnvironmentContext(
                environment,
                ChannelSet.of(List.of()),
                new Variables.Values(vars, Json.Obj.EMPTY),
                LibraryShelf.EMPTY));
    return context.variables(Run.start(trigger, recipient, Optional.empty(), NOON), NOON);
  }

  private static Workflow workflow() {
    return new Workflow(
        new WorkflowKey("hello"),
        new VersionId(new UUID(0, 1)),
        "Hello",
        List.of("collab"),
        Conditions.ALWAYS,
        List.of(),
        json("{\"settings\": {\"is_commercial\": true}}"));
  }

  private static Recipient recipient(RecipientId id, String properties) {
    return new Recipient(id, json(properties), Optional.empty(), NOON, Map.of(), Map.of());
  }

  private static Json.Obj json(String text) {
    return (Json.Obj) JsonLiteral.parse(text).orElseThrow();
  }
}
