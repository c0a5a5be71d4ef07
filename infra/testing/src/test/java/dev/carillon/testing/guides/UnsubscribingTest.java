package dev.carillon.testing.guides;

import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.GuideEngine;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How somebody ends mail by what the mail itself bears. */
class UnsubscribingTest {
  private static final String SUBJECT =
      "{{vars.manage_preferences_url}} {{vars.commercial_unsubscribe_url}}";

  private final GuideEngine scene = GuideEngine.open().user("elmo");

  private void workflow(boolean commercial) {
    scene.with(
        "news", "'name': 'n', 'settings': {'is_commercial': " + commercial + "}", mail(SUBJECT));
  }

  private Content.Email send(String recipient) {
    scene.trigger("news", "{'recipients': [" + recipient + "], 'tenant': 't1'}");
    var message = scene.messages().getFirst();
    return (Content.Email)
        scene
            .engine
            .ports()
            .messages()
            .content(InProcessEngine.ENVIRONMENT, message.id())
            .orElseThrow()
            .content();
  }

  private CallAnswer visit(String method, String url, String body) {
    return scene.engine.call(
        new Call(
            method,
            url.substring(url.indexOf("/p/")),
            Map.of("authorization", "", "content-type", "application/x-www-form-urlencoded"),
            Optional.of(body).filter(it -> !it.isEmpty())));
  }

  @Test
  void commercial_mail_is_ended_by_one_click_of_the_mail_program() {
    workflow(true);
    Content.Email email = send("'elmo'");
    String[] urls = email.subject().split(" ");
    assertThat(urls).hasSize(2).doesNotHaveDuplicates().allMatch(it -> it.contains("/p/"));
    assertThat(email.headers())
        .containsEntry("List-Unsubscribe", "<" + urls[1] + ">")
        .containsEntry("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    assertThat(visit("GET", urls[1], "").status()).isEqualTo(200);
    assertThat(send("'elmo'")).as("looking ends nothing").isNotNull();
    assertThat(scene.messages()).hasSize(2);

    assertThat(visit("POST", urls[1], "List-Unsubscribe=One-Click").status()).isEqualTo(200);

    scene.trigger("news", "{'recipients': ['elmo'], 'tenant': 't1'}");
    assertThat(scene.messages()).hasSize(2);
  }

  @Test
  void other_mail_leads_to_the_preferences_and_bears_no_header() {
    workflow(false);
    Content.Email email = send("'elmo'");
    assertThat(email.headers()).isEmpty();
    assertThat(email.subject().strip()).doesNotContain(" ");
    CallAnswer page = visit("GET", email.subject().strip(), "");
    assertThat(page.json().toString()).contains("elmo@example.com");
    assertThat(page.header("content-security-policy").orElseThrow()).contains("default-src 'none'");
    visit("POST", email.subject().strip(), "shown=channel_types.email");
    Json.Obj set =
        scene.must(Call.get("/v1/users/elmo/preferences/t1")).body().object("channel_types");
    assertThat(set).isEqualTo(Json.object().with("email", Json.FALSE));
    scene.trigger("news", "{'recipients': ['elmo'], 'tenant': 't1'}");
    assertThat(scene.messages()).hasSize(1);
  }

  @Test
  void an_object_has_no_page() {
    workflow(true);
    Content.Email email =
        send("{'id': 'crew', 'collection': 'teams', 'email': 'crew@example.com'}");
    assertThat(email.subject().strip()).isEmpty();
    assertThat(email.headers()).isEmpty();
  }
}
