package dev.carillon.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.BroadcastScenarios;
import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.testing.scenarios.HookScenarios;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From the call that sends a broadcast to what its audience has. */
class BroadcastingTest {
  private final GuideEngine scene = GuideEngine.open();
  private final InProcessEngine engine = scene.engine;

  private CallAnswer get(String path) {
    return engine.call(
        new Call("GET", path, Map.of("authorization", "Bearer sk_test"), Optional.empty()));
  }

  private Json.Obj broadcast() {
    return engine
        .call(
            HookScenarios.managing(
                new Call("GET", "/v1/broadcasts/new-year", Map.of(), Optional.empty())))
        .body();
  }

  private List<Json> messages() {
    return get("/v1/messages?source=new-year").body().list("items");
  }

  @Test
  void a_broadcast_reaches_its_audience_at_its_time_and_says_so() {
    BroadcastScenarios.audience(engine);
    scene.must(BroadcastScenarios.saved());
    scene.must(BroadcastScenarios.sent(Optional.of(engine.now().plus(Duration.ofHours(2)))));
    engine.advance(Duration.ofHours(1));
    assertThat(messages()).isEmpty();
    assertThat(broadcast().text("status")).contains("scheduled");

    engine.advance(Duration.ofHours(1));
    assertThat(broadcast().text("status")).contains("sent");
    assertThat(broadcast().get("members_count")).contains(Json.of(3));
    assertThat(messages()).hasSize(3);
    Json.Obj message = (Json.Obj) messages().getFirst();
    assertThat(message.object("source").text("type")).contains("broadcast");
    assertThat(message.text("workflow")).contains("new-year");
    Json.Obj run =
        (Json.Obj)
            get("/v1/workflow_recipient_runs?workflow=new-year").body().list("items").getFirst();
    assertThat(run.object("trigger_source").text("type")).contains("broadcast");
    assertThat(run.object("trigger_source").text("audience_key")).contains("everybody");
    assertThat(get("/v1/workflows/broadcast:new-year/engagement").status())
        .as("it is no workflow")
        .isEqualTo(404);
    Json.Obj engagement = get("/v1/broadcasts/new-year/engagement").body();
    assertThat(engagement.text("broadcast")).contains("new-year");
    assertThat(engagement.list("items")).as("nothing of it is tracked").isEmpty();
    String feed = "/v1/users/ana/feeds/" + message.text("channel_id").orElseThrow();
    assertThat(get(feed + "?source=new-year").body().list("entries")).hasSize(2);
    assertThat(get(feed + "?source=another").body().list("entries")).isEmpty();
  }

  @Test
  void what_it_said_is_counted_where_its_links_are_tracked() {
    BroadcastScenarios.audience(engine);
    Call saved = BroadcastScenarios.saved();
    scene.must(
        new Call(
            saved.method(),
            saved.path(),
            saved.headers(),
            saved
                .body()
                .map(it -> it.replace("A happy", "[A](https://example.com) happy"))
                .map(
                    it ->
                        it.replace(
                            "\"channel_key\"",
                            "\"channel_overrides\":{\"link_tracking\":true},\"channel_key\""))));
    scene.must(BroadcastScenarios.sent(Optional.empty()));
    engine.advance(Duration.ofMinutes(1));
    Json.Obj engagement = get("/v1/broadcasts/new-year/engagement").body();
    assertThat(engagement.object("total").get("sent")).contains(Json.of(3));
    assertThat(get("/v1/workflows/new-year/engagement").body().object("total").get("sent"))
        .as("a workflow of the same key is another thing")
        .contains(Json.of(0));
  }

  @Test
  void one_that_is_called_off_before_its_time_reaches_nobody() {
    BroadcastScenarios.audience(engine);
    scene.must(BroadcastScenarios.saved());
    scene.must(BroadcastScenarios.sent(Optional.of(engine.now().plus(Duration.ofHours(2)))));
    engine.advance(Duration.ofMinutes(119));
    scene.must(BroadcastScenarios.cancelled());
    engine.advance(Duration.ofHours(2));
    assertThat(messages()).isEmpty();
    assertThat(broadcast().text("status")).contains("draft");

    scene.must(BroadcastScenarios.sent(Optional.empty()));
    engine.advance(Duration.ofSeconds(1));
    assertThat(messages()).hasSize(3);
    assertThat(engine.call(BroadcastScenarios.sent(Optional.empty())).status()).isEqualTo(409);
  }
}
