package dev.carillon.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.scenarios.GuideEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a deletion leaves behind: nothing of whom it deletes, and everything of others. */
class DeletingTest {
  private final GuideEngine scene =
      GuideEngine.open()
          .workflow("hello", GuideEngine.mail("Hello"), GuideEngine.feed("Hello"))
          .users("ana", "bob");

  private CallAnswer get(String path) {
    return scene.engine.call(
        new Call("GET", path, Map.of("authorization", "Bearer sk_test"), Optional.empty()));
  }

  private List<String> recipients() {
    return scene.messages().stream().map(it -> it.recipient().id()).distinct().toList();
  }

  @Test
  void messages_and_feed_items_go_with_their_user() {
    scene.trigger("hello", "{'recipients': ['ana', 'bob']}");
    assertThat(recipients()).containsExactlyInAnyOrder("ana", "bob");
    scene.must(Call.delete("/v1/users/ana", Json.object()));
    scene.engine.settle();
    assertThat(recipients()).containsExactly("bob");
    assertThat(get("/v1/users/ana").status()).isEqualTo(404);
    assertThat(get("/v1/users/ana/feeds/feed").body().list("entries")).isEmpty();
    assertThat(get("/v1/users/bob/feeds/feed").body().list("entries")).hasSize(1);
  }

  @Test
  void who_is_identified_anew_begins_with_nothing() {
    scene.trigger("hello", "{'recipients': ['ana']}");
    scene.must(Call.delete("/v1/users/ana", Json.object()));
    scene.engine.settle();
    scene.pass("PT1S").user("ana");
    scene.trigger("hello", "{'recipients': ['ana']}");
    assertThat(recipients()).containsExactly("ana");
    assertThat(get("/v1/users/ana/feeds/feed").body().list("entries")).hasSize(1);
  }

  @Test
  void subscriptions_end_on_both_sides() {
    String subscribers = "/v1/objects/projects/p1/subscriptions";
    scene.must(Call.post(subscribers, GuideEngine.json("{'recipients': ['ana', 'bob']}")));
    scene.must(Call.delete("/v1/users/ana", Json.object()));
    scene.engine.settle();
    assertThat(get(subscribers).body().list("entries")).hasSize(1);
    scene.must(Call.delete("/v1/objects/projects/p1", Json.object()));
    scene.engine.settle();
    assertThat(get(subscribers).body().list("entries")).isEmpty();
    assertThat(get("/v1/users/bob/subscriptions").body().list("entries")).isEmpty();
  }
}
