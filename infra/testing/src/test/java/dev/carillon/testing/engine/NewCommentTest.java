package dev.carillon.testing.engine;

import static dev.carillon.testing.scenarios.EngineFixtures.person;
import static dev.carillon.testing.scenarios.EngineFixtures.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.Scenarios;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The demo's workflow: the feed at once, an email after 30 seconds to who has not looked. */
class NewCommentTest {
  private final InProcessEngine engine = EngineFixtures.demo();

  @Test
  void both_see_it_in_the_feed_and_only_who_did_not_look_gets_an_email() {
    engine.call(Call.trigger("new-comment", comment()));
    engine.settle();

    assertThat(feed("ana").list("entries")).hasSize(1);
    assertThat(feed("bob").list("entries")).hasSize(1);
    assertThat(engine.email().offers()).isEmpty();

    String item = texts(feed("bob").list("entries"), "id").getFirst();
    assertThat(engine.call(Call.put("/v1/messages/" + item + "/seen", Json.object())).ok())
        .isTrue();
    engine.advance(Duration.ofSeconds(29));
    assertThat(engine.email().offers()).isEmpty();
    engine.advance(Duration.ofSeconds(1));

    assertThat(engine.email().accepted())
        .extracting(offer -> offer.message().recipient().id())
        .containsExactly("ana");
    assertThat(engine.email().accepted().getFirst().words().text("subject_line"))
        .contains("CARL commented on Plans & \"more\"");
  }

  @Test
  void looking_at_a_feed_marks_nothing_as_seen() {
    engine.call(Call.trigger("new-comment", comment()));
    engine.settle();
    feed("ana");
    feed("bob");
    engine.advance(Duration.ofMinutes(1));

    assertThat(engine.email().accepted()).hasSize(2);
  }

  @Test
  void the_runs_log_names_every_step_and_why() {
    engine.call(Call.trigger("new-comment", comment()));
    engine.settle();
    String item = texts(feed("bob").list("entries"), "id").getFirst();
    engine.call(Call.put("/v1/messages/" + item + "/seen", Json.object()));
    engine.advance(Duration.ofMinutes(1));

    var run =
        Scenarios.runs(engine).stream()
            .filter(it -> it.recipient().equals(Scenarios.BOB))
            .findFirst()
            .orElseThrow();
    assertThat(run.log())
        .extracting(
            entry ->
                entry.step().map(ref -> ref.value()).orElse("run") + " " + entry.event().wireName())
        .containsExactly(
            "in_app_feed_1 message_enqueued",
            "delay_1 delay_started",
            "delay_1 delay_ended",
            "email_1 step_skipped",
            "run run_completed");
    assertThat(InvocationJson.of(run.log().get(3).data()))
        .contains("conditions_not_met")
        .contains("refs.in_app_feed_1.engagement_status");
    CallAnswer shown = engine.call(Call.get("/v1/workflow_recipient_runs/" + run.id()));
    assertThat(shown.status()).isEqualTo(200);
    assertThat(InvocationJson.of(shown.body())).contains("conditions_not_met");
  }

  private Json.Obj feed(String user) {
    CallAnswer answer = engine.call(Call.get("/v1/users/" + user + "/feeds/feed"));
    assertThat(answer.status()).as(InvocationJson.of(answer.body())).isEqualTo(200);
    return answer.body();
  }

  private static Json.Obj comment() {
    return EngineFixtures.to(person("ana"), person("bob"))
        .with("actor", person("carl"))
        .with("data", Json.object().with("page_name", "Plans & \"more\"").with("comment", "Fine"));
  }
}
