package dev.carillon.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.trigger.Trigger.Named;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TriggerTest {
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00.123456Z");
  private static final RecipientId MIRA = RecipientId.user("mira");

  @Test
  void a_trigger_id_carries_its_millisecond() {
    var id = TriggerId.of(NOON, "request-1");
    assertThat(id.time()).isEqualTo(Instant.parse("2026-03-10T12:00:00.123Z"));
    assertThat(id.value().version()).isEqualTo(8);
    assertThat(id.value().variant()).isEqualTo(2);
    assertThat(TriggerId.parse(id.toString())).isEqualTo(id);
    assertThat(TriggerId.of(NOON, "request-1")).isEqualTo(id);
    assertThat(TriggerId.of(NOON, "request-2")).isNotEqualTo(id);
  }

  @Test
  void an_occurrence_of_a_schedule_always_makes_the_same_trigger() {
    var schedule = ScheduleId.of("call", 0);
    var id = TriggerId.of(schedule, NOON);
    assertThat(TriggerId.of(schedule, NOON)).isEqualTo(id);
    assertThat(id.time()).isEqualTo(Instant.parse("2026-03-10T12:00:00.123Z"));
    assertThat(TriggerId.of(schedule, NOON.plusSeconds(1))).isNotEqualTo(id);
    assertThat(TriggerId.of(ScheduleId.of("call", 1), NOON)).isNotEqualTo(id);
  }

  @Test
  void what_is_no_uuid_is_no_trigger_id() {
    for (String text : List.of("", "x", "018f-1", "018f2b3c-0000-8000-8000-00000000000g")) {
      assertThatThrownBy(() -> TriggerId.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void all_runs_of_a_trigger_share_a_prefix_and_other_triggers_of_that_instant_do_not() {
    var trigger = TriggerId.of(NOON, "request-1");
    String prefix = RunId.prefix(trigger);
    assertThat(prefix).hasSize(21);
    IntStream.range(0, 1_000)
        .mapToObj(i -> RunId.of(trigger, RecipientId.user("user " + i)))
        .forEach(run -> assertThat(run.toString()).startsWith(prefix));
    assertThat(RunId.of(trigger, new RecipientId("projects", "p")).toString()).startsWith(prefix);
    assertThat(
            IntStream.range(2, 202).mapToObj(i -> RunId.prefix(TriggerId.of(NOON, "request-" + i))))
        .doesNotContain(prefix);
  }

  @Test
  void a_hundred_thousand_recipients_have_as_many_runs_spread_evenly_over_16_shards() {
    var trigger = TriggerId.of(NOON, "request-1");
    var runs = new HashSet<RunId>();
    var counts = new int[16];
    for (int i = 0; i < 100_000; i++) {
      RunId run = RunId.of(trigger, RecipientId.user("user " + i));
      runs.add(run);
      counts[run.shard()]++;
    }
    assertThat(runs).hasSize(100_000);
    assertThat(IntStream.of(counts).boxed()).allMatch(count -> count > 5_900 && count < 6_600);
  }

  @Test
  void a_run_id_carries_the_time_of_its_trigger() {
    var run = RunId.of(TriggerId.of(NOON, "request-1"), MIRA);
    assertThat(run.time()).isEqualTo(Instant.parse("2026-03-10T12:00:00.123Z"));
    assertThat(run.value().version()).isEqualTo(8);
    assertThat(run.value().variant()).isEqualTo(2);
    assertThat(RunId.parse(run.toString())).isEqualTo(run);
  }

  @Test
  void a_user_and_an_object_of_one_id_have_runs_of_their_own() {
    var trigger = TriggerId.of(NOON, "request-1");
    assertThat(RunId.of(trigger, MIRA))
        .isNotEqualTo(RunId.of(trigger, new RecipientId("$user", "smira")))
        .isNotEqualTo(RunId.of(trigger, new RecipientId("teams", "mira")));
  }

  @Test
  void two_mentions_of_one_recipient_are_one_the_later_laid_over_the_earlier() {
    var bare = new Named(MIRA, Optional.empty(), Json.object());
    var first = named("{\"name\": \"Mira\", \"a\": {\"b\": 1}}", "x", 1);
    var second = named("{\"name\": null, \"a\": {\"c\": 2}}", "y", 2);

    assertThat(bare.and(bare)).isEqualTo(bare);
    assertThat(bare.and(first)).isEqualTo(first);
    assertThat(first.and(bare)).isEqualTo(first);
    Named both = first.and(second);
    assertThat(both.identification().orElseThrow().properties())
        .isEqualTo(json("{\"name\": null, \"a\": {\"b\": 1, \"c\": 2}}"));
    assertThat(both.data()).isEqualTo(json("{\"x\": 1, \"y\": 2}"));
  }

  @Test
  void preference_sets_merge_deeply_and_channel_data_is_replaced_per_channel() {
    var first =
        new Identification(
            Json.object(),
            Optional.of(NOON),
            Map.of("default", json("{\"channel_types\": {\"email\": false}}")),
            Map.of("c1", json("{\"tokens\": [1]}"), "c2", json("{}")));
    var second =
        new Identification(
            Json.object(),
            Optional.empty(),
            Map.of("default", json("{\"channel_types\": {\"sms\": true}}"), "acme", json("{}")),
            Map.of("c1", json("{\"devices\": []}")));
    Identification both = first.then(second);
    assertThat(both.createdAt()).contains(NOON);
    assertThat(both.preferences())
        .isEqualTo(
            Map.of(
                "default",
                json("{\"channel_types\": {\"email\": false, \"sms\": true}}"),
                "acme",
                json("{}")));
    assertThat(both.channelData())
        .isEqualTo(Map.of("c1", json("{\"devices\": []}"), "c2", json("{}")));
    assertThat(Identification.NOTHING.then(first)).isEqualTo(first);
    assertThat(first.then(Identification.NOTHING)).isEqualTo(first);
  }

  @Test
  void a_recipients_own_data_lies_over_the_calls() {
    var named = new Named(MIRA, Optional.empty(), json("{\"a\": {\"c\": 2}, \"d\": 3}"));
    var trigger =
        new Trigger(
            new EnvironmentId("development"),
            TriggerId.of(NOON, "request-1"),
            new WorkflowKey("hello"),
            new VersionId(new UUID(0, 1)),
            List.of(named),
            Optional.empty(),
            Optional.empty(),
            json("{\"a\": {\"b\": 1}, \"e\": 4}"),
            Optional.empty(),
            Trigger.Settings.NONE,
            new Trigger.Source.Api());
    assertThat(trigger.dataFor(MIRA)).isEqualTo(json("{\"a\": {\"c\": 2}, \"d\": 3, \"e\": 4}"));
    assertThat(trigger.dataFor(RecipientId.user("x"))).isEqualTo(trigger.data());
    assertThat(trigger.named(MIRA)).contains(named);
    assertThat(trigger.tenantId()).isEmpty();
  }

  private static Named named(String properties, String key, int value) {
    return new Named(
        MIRA,
        Optional.of(new Identification(json(properties), Optional.empty(), Map.of(), Map.of())),
        Json.object().with(key, Json.of(value)));
  }

  private static Json.Obj json(String text) {
    return (Json.Obj) JsonLiteral.parse(text).orElseThrow();
  }
}
