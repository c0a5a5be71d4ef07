package dev.carillon.testing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.testing.scenarios.GuideEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the pages of every list, whatever it lists. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
class EveryListTest {
  private final GuideEngine scene = GuideEngine.open().managed();
  private String message;

  @BeforeAll
  void there_is_something_to_list() {
    scene.users("ana").workflow("note", GuideEngine.feed("x"));
    scene.trigger("note", "{'recipients': ['ana']}");
    scene.engine.settle();
    message = scene.messages().getFirst().id().value();
    must("PUT", "/v1/objects/herds/a", "{'name': 'A'}");
    must("PUT", "/v1/tenants/acme", "{}");
    must("POST", "/v1/objects/herds/a/subscriptions", "{'recipients': ['ana']}");
    must(
        "POST",
        "/v1/schedules",
        "{'workflow': 'note', 'recipients': ['ana', {'id': 'a', 'collection': 'herds'}]}");
    must(
        "POST",
        "/v1/audiences/vip/members?create_audience=true",
        "{'members': [{'user': {'id': 'ana'}}]}");
  }

  private void must(String method, String path, String body) {
    var answer = call("sk_test", method, path, Optional.of(body.replace('\'', '"')));
    assertThat(answer.status()).as(path + answer.body()).isLessThan(300);
  }

  private CallAnswer call(String key, String method, String path, Optional<String> body) {
    return scene.engine.call(
        new Call(method, path, Map.of("authorization", "Bearer " + key), body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/users?",
        "/v1/objects/herds?",
        "/v1/tenants?",
        "/v1/messages?",
        "/v1/messages?workflow_run_id=5e0cbf1a-7b0e-8a00-9f00-0123456789ab&",
        "/v1/messages/{}/events?",
        "/v1/messages/{}/activities?",
        "/v1/messages/{}/delivery_logs?",
        "/v1/users/ana/messages?",
        "/v1/objects/herds/a/messages?",
        "/v1/users/ana/feeds/feed?",
        "/v1/users/ana/subscriptions?",
        "/v1/users/ana/subscriptions?objects[0][id]=a&objects[0][collection]=herds&",
        "/v1/objects/herds/a/subscriptions?",
        "/v1/objects/herds/a/subscriptions?mode=recipient&",
        "/v1/schedules?workflow=note&",
        "/v1/users/ana/schedules?",
        "/v1/objects/herds/a/schedules?",
        "/v1/audiences/vip/members?",
        "/v1/workflow_recipient_runs?",
        "/v1/workflow_recipient_runs?recipient=ana&",
        "/v1/suppressions?",
        "/v1/webhooks?",
        "/v1/email_events?email_id={}&",
      })
  void of_the_api(String path) {
    pagesBeside(path.replace("{}", message), "sk_test", "page_size");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/environments?",
        "/v1/channels?",
        "/v1/workflows?",
        "/v1/commits?",
        "/v1/changes?",
        "/v1/branches?",
        "/v1/members?",
        "/v1/service_tokens?",
        "/v1/translations?",
        "/v1/broadcasts?",
        "/v1/variables?",
      })
  void of_the_management_api(String path) {
    String whole = path.contains("environments") ? path : path + "environment=development&";
    pagesBeside(whole, "knock_st_test", "limit");
  }

  private void pagesBeside(String path, String key, String length) {
    var first = call(key, "GET", path + length + "=0", Optional.empty());
    assertThat(first.status()).as(first.body().toString()).isEqualTo(200);
    Json.Obj info = first.body().object("page_info");
    assertThat(info.fields().get("page_size")).isEqualTo(Json.of(50));
    for (String beside : List.of("after=after", "before=before", "after=after&before=before")) {
      var page = call(key, "GET", path + beside, Optional.empty());
      assertThat(page.status()).as(beside).isEqualTo(200);
      assertThat(items(page)).as(beside).isEmpty();
      assertThat(page.body().object("page_info").fields())
          .containsEntry("after", Json.NULL)
          .containsEntry("before", Json.NULL);
    }
    for (String forged : List.of("after=" + "x".repeat(23), "before=" + "bm9uc2Vuc2U".repeat(4))) {
      var refused = call(key, "GET", path + forged, Optional.empty());
      assertThat(refused.status()).as(forged).isEqualTo(422);
      assertThat(refused.body().text("code")).contains("invalid_params");
    }
  }

  private static List<Json> items(CallAnswer page) {
    return page.body().fields().containsKey("items")
        ? page.body().list("items")
        : page.body().list("entries");
  }
}
