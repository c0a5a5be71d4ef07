package dev.carillon.testing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.message.Message;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.subscription.Subscription;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.Scenarios;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An object that is notified, from the call to the mails of its subscribers. */
class SubscribingTest {
  private static final RecipientId PROJECT = new RecipientId("projects", "apollo");
  private static final int SUBSCRIBERS = 250;

  private final InProcessEngine engine = EngineFixtures.engine("password", Scenarios.password());

  private void subscribed(int count) {
    for (int i = 0; i < count; i++) {
      RecipientId user = RecipientId.user("u" + i);
      engine
          .ports()
          .recipients()
          .identify(
              InProcessEngine.ENVIRONMENT,
              user,
              new Identification(
                  Json.object().with("email", "u" + i + "@example.com"),
                  Optional.empty(),
                  Map.of(),
                  Map.of()),
              "setting",
              engine.now());
      engine
          .ports()
          .subscriptions()
          .put(InProcessEngine.ENVIRONMENT, new Subscription(PROJECT, user, Json.Obj.EMPTY));
    }
  }

  private static Json.Obj toProject() {
    return Json.object()
        .with(
            "recipients",
            Json.array(List.of(Json.object().with("collection", "projects").with("id", "apollo"))))
        .with("data", Json.object().with("code", "1"));
  }

  @Test
  void each_of_an_objects_subscribers_gets_one_mail_and_the_object_a_run() {
    subscribed(SUBSCRIBERS);
    engine.call(Call.trigger("password", toProject()));
    engine.advance(Duration.ofMinutes(5));
    List<Run> runs = Scenarios.runs(engine);
    assertThat(runs).extracting(Run::recipient).hasSize(SUBSCRIBERS + 1).contains(PROJECT);
    assertThat(runs).extracting(Run::recipient).doesNotHaveDuplicates();
    assertThat(engine.email().accepted()).hasSize(SUBSCRIBERS);
    assertThat(EngineFixtures.messages(engine))
        .extracting(Message::recipient)
        .doesNotHaveDuplicates();
  }

  @Test
  void a_cancellation_reaches_a_subscriber_whom_the_call_did_not_name() {
    engine.workflow("later", Scenarios.delayed("hours", 1));
    subscribed(3);
    engine.call(Call.trigger("later", toProject().with("cancellation_key", "k")));
    engine.advance(Duration.ofMinutes(5));
    engine.call(
        Call.cancel(
            "later",
            Json.object()
                .with("cancellation_key", "k")
                .with("recipients", Json.texts(List.of("u1")))));
    engine.advance(Duration.ofHours(2));
    assertThat(engine.email().accepted())
        .extracting(offer -> offer.message().recipient().id())
        .containsExactlyInAnyOrder("u0", "u2");
  }
}
