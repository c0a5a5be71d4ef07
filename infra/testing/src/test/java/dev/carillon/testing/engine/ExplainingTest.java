package dev.carillon.testing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.testing.scenarios.EngineFixtures;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Why somebody did, or did not, get something, as the engine left it. */
class ExplainingTest {
  private static final String EMAIL =
      """
      {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email",
       "template": {"subject": "News", "html_body": "<p>{{text}}</p>"}}\
      """;

  private static final String NOW = "2026-01-05T09:00:00Z";

  @Test
  void a_mail_that_arrived_is_a_yes_with_its_time() {
    var engine = given(EMAIL);
    trigger(engine, it -> it);
    assertThat(explained(engine).text("outcome")).contains("delivered");
    assertThat(answer(engine)).isEqualTo("Yes. On email: The provider took it at " + NOW + ".");
  }

  @Test
  void conditions_are_told_with_what_they_compared() {
    var engine =
        given(
            "{\"conditions\": {\"all\": [{\"variable\": \"data.plan\", \"operator\": \"equal_to\","
                + " \"argument\": \"pro\"}]}, "
                + EMAIL.substring(1));
    trigger(engine, it -> it.with("data", Json.object().with("plan", "free")));
    assertThat(answer(engine))
        .isEqualTo(
            "No. At the step email_1: It was skipped because its conditions did not hold:"
                + " data.plan equal to \"pro\" (it was \"free\").");
    assertThat(explained(engine).text("reason")).contains("conditions_not_met");
  }

  @Test
  void a_missing_address_is_told() {
    var engine = given(EMAIL);
    trigger(
        engine,
        it ->
            it.with(
                "recipients", Json.array(List.of(EngineFixtures.person("ana").without("email")))));
    assertThat(answer(engine)).endsWith("because the recipient has no email address.");
  }

  @Test
  void an_opt_out_is_told_with_its_place() {
    var engine = given(EMAIL);
    Json.Obj preferences =
        Json.object()
            .with(
                "default",
                Json.object().with("channel_types", Json.object().with("email", Json.FALSE)));
    trigger(
        engine,
        it ->
            it.with(
                "recipients",
                Json.array(
                    List.of(EngineFixtures.person("ana").with("preferences", preferences)))));
    assertThat(answer(engine))
        .endsWith("because the recipient's preferences said no, at channel_types.email.");
  }

  @Test
  void a_delay_is_told_with_its_end() {
    var engine = given(delay("hours", 2), EMAIL);
    trigger(engine, it -> it);
    assertThat(answer(engine))
        .isEqualTo("Not yet. It waits at the step delay_1 until 2026-01-05T11:00:00Z.");
    assertThat(explained(engine).text("waits_until")).contains("2026-01-05T11:00:00Z");
  }

  @Test
  void who_joined_a_batch_learns_which_run_goes_on() {
    var engine =
        given(
            """
            {"type": "batch", "ref": "batch_1", "settings": {"batch_window": {"unit": "hours", "value": 1}}}\
            """,
            EMAIL);
    trigger(engine, it -> it);
    engine.advance(Duration.ofMinutes(1));
    trigger(engine, it -> it);
    var items = items(engine);
    String holder = items.get(1).text("id").orElseThrow();
    assertThat(items.get(0).text("answer").orElseThrow())
        .isEqualTo(
            "No. At the step batch_1: It joined a batch that closes at 2026-01-05T10:00:00Z and"
                + " ended here: the run "
                + holder
                + " holds it. What became of that run: Not yet. It collects at the step batch_1"
                + " until 2026-01-05T10:00:00Z; the batch holds 2 by now.");
    assertThat(items.get(1).text("answer").orElseThrow())
        .isEqualTo(
            "Not yet. It collects at the step batch_1 until 2026-01-05T10:00:00Z; the batch holds"
                + " 2 by now.");
  }

  @Test
  void a_budget_that_was_used_up_is_told() {
    var engine =
        given(
            """
            {"type": "throttle", "ref": "throttle_1", "settings": {"throttle_window": {"unit": "hours", "value": 1}}}\
            """,
            EMAIL);
    trigger(engine, it -> it);
    trigger(engine, it -> it);
    assertThat(items(engine))
        .extracting(item -> item.text("outcome").orElse(""))
        .containsExactlyInAnyOrder("delivered", "skipped");
    assertThat(items(engine))
        .anySatisfy(
            item ->
                assertThat(item.text("answer").orElse(""))
                    .endsWith("because the budget of 1 was used up until 2026-01-05T10:00:00Z."));
  }

  @Test
  void a_message_that_its_send_window_holds_is_told() {
    var engine =
        given(
            EMAIL.substring(0, EMAIL.length() - 1)
                + ", \"send_windows\": [{\"day\": \"monday\", \"type\": \"send\", \"from\":"
                + " \"12:00:00\"}]}");
    engine.call(Call.trigger("news", EngineFixtures.to(EngineFixtures.person("ana"))));
    engine.settle();
    assertThat(answer(engine))
        .isEqualTo("Not yet. On email: Its send window holds it until 2026-01-05T12:00:00Z.");
  }

  @Test
  void a_mail_that_nobody_wanted_any_more_is_told() {
    var engine = given(delay("hours", 2), EMAIL);
    trigger(engine, it -> it.with("expires_at", "2026-01-05T10:00:00Z"));
    engine.advance(Duration.ofHours(3));
    assertThat(engine.email().offers()).isEmpty();
    assertThat(explained(engine).text("reason")).contains("expired");
    assertThat(answer(engine))
        .endsWith(
            "It was not sent: nobody wants it any more since 2026-01-05T10:00:00Z, when its"
                + " trigger says that it expires.");
  }

  @Test
  void a_cancelled_run_is_told() {
    var engine = given(delay("hours", 2), EMAIL);
    trigger(engine, it -> it.with("cancellation_key", "k"));
    engine.call(Call.cancel("news", Json.object().with("cancellation_key", "k")));
    engine.settle();
    assertThat(answer(engine)).isEqualTo("No. The run was cancelled by its cancellation key.");
  }

  @Test
  void a_step_that_fails_for_good_is_told_with_its_error() {
    var engine =
        given(
            """
            {"type": "http_fetch", "ref": "fetch_1", "settings": {"method": "get", "url": "https://crm.example/"}}\
            """,
            EMAIL);
    engine.outside().saysAlways(FakeOutside.json(404, "{}"));
    trigger(engine, it -> it);
    assertThat(explained(engine).text("outcome")).contains("failed");
    assertThat(answer(engine)).startsWith("No. At the step fetch_1: Try 1 failed: status 404");
  }

  @Test
  void a_mail_that_bounced_is_a_no() {
    var engine = given(EMAIL);
    trigger(engine, it -> it);
    EngineFixtures.messages(engine).forEach(message -> engine.sesReports("Bounce", message.id()));
    engine.settle();
    assertThat(EngineFixtures.messages(engine))
        .allMatch(message -> message.status() == DeliveryStatus.BOUNCED);
    assertThat(answer(engine)).startsWith("No. On email: It was handed over, but bounced");
  }

  @Test
  void a_run_that_another_workflow_started_names_the_step() {
    var engine =
        given(
            """
            {"type": "trigger_workflow", "ref": "trigger_1", "settings": {"workflow_key": "child"}}\
            """);
    engine.workflow("child", workflow(EMAIL));
    trigger(engine, it -> it);
    Json.Obj child =
        items(engine).stream()
            .filter(item -> item.text("workflow").orElse("").equals("child"))
            .findFirst()
            .orElseThrow();
    assertThat(child.object("trigger_source").text("type")).contains("workflow_step");
    assertThat(child.object("trigger_source").text("step_ref")).contains("trigger_1");
  }

  @Test
  void whoever_was_never_meant_learns_that_there_were_triggers_for_others() {
    var engine = given(EMAIL);
    trigger(engine, it -> it);
    Json.Obj body = engine.call(Call.get("/v1/explain?recipient=bob&workflow=news")).body();
    assertThat(EngineFixtures.texts(body.list("reasons"), "code"))
        .containsExactly("recipient_unknown", "not_among_the_recipients");
  }

  private static String workflow(String... steps) {
    return "{\"name\": \"News\", \"steps\": [" + String.join(", ", steps) + "]}";
  }

  private static InProcessEngine given(String... steps) {
    return EngineFixtures.engine("news", workflow(steps));
  }

  private static String delay(String unit, int value) {
    return """
    {"type": "delay", "ref": "delay_1", "settings": {"delay_for": {"unit": "%s", "value": %d}}}\
    """
        .formatted(unit, value);
  }

  private static void trigger(InProcessEngine engine, UnaryOperator<Json.Obj> change) {
    Json.Obj body =
        EngineFixtures.to(EngineFixtures.person("ana"))
            .with("data", Json.object().with("text", "Spring"));
    assertThat(engine.call(Call.trigger("news", change.apply(body))).ok()).isTrue();
    engine.settle();
  }

  private static List<Json.Obj> items(InProcessEngine engine) {
    var answer = engine.call(Call.get("/v1/explain?recipient=ana"));
    assertThat(answer.status()).isEqualTo(200);
    return answer.body().list("items").stream().map(Json.Obj.class::cast).toList();
  }

  private static Json.Obj explained(InProcessEngine engine) {
    return items(engine).getFirst();
  }

  private static String answer(InProcessEngine engine) {
    return explained(engine).text("answer").orElseThrow();
  }
}
