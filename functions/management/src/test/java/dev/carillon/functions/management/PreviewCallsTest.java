package dev.carillon.functions.management;

import static dev.carillon.functions.management.ManagementFixture.LOCAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.variable.Variables;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreviewCallsTest {
  private static final String STEP = "/v1/workflows/order/steps/%s/preview_template";
  private final ManagementFixture desk = new ManagementFixture();

  @BeforeEach
  void there_is_a_workflow_and_somebody() {
    desk.put("/v1/partials/card?commit=true", ManagementFixture.partial("<i>{{ title }}</i>"));
    desk.put(
        "/v1/workflows/order",
        """
        {'workflow': {'name': 'Order', 'categories': ['shop'], 'steps': [
          {'type': 'channel', 'ref': 'email_1', 'channel_type': 'email', 'channel_key': 'email',
           'template': {'subject': 'For {{ recipient.name }}', 'settings': {'layout_key': 'default'},
             'html_body': '<p>{{ data.item }} {{ tenant.name }} {{ vars.shop }}{{ vars.key }}</p>{% render "card", title: actor.name %}'}},
          {'type': 'channel', 'ref': 'sms_1', 'channel_type': 'sms', 'channel_key': 'sms',
           'template': {'text_body': '{{ recipient.locale }} {{ item }} {{ workflow.categories[0] }}'}},
          {'type': 'channel', 'ref': 'feed_1', 'channel_type': 'in_app_feed', 'channel_key': 'feed',
           'template': {'markdown_body': '**{{ item }}**', 'action_url': 'https://x.example/{{ item }}',
             'action_buttons': [{'label': 'See {{ item }}', 'action': '/'}]}},
          {'type': 'channel', 'ref': 'push_1', 'channel_type': 'push', 'channel_key': 'push',
           'template': {'title': '{{ item }}', 'text_body': 'It ships',
             'settings': {'delivery_type': 'content'}}},
          {'type': 'channel', 'ref': 'chat_1', 'channel_type': 'chat', 'channel_key': 'chat',
           'template': {'markdown_body': '*{{ item }}*'}},
          {'type': 'channel', 'ref': 'http_1', 'channel_type': 'http', 'channel_key': 'http',
           'template': {'method': 'post', 'url': 'https://x.example/{{ item }}', 'body': '{}',
             'headers': [{'key': 'x-item', 'value': '{{ item }}'}]}},
          {'type': 'delay', 'ref': 'delay_1', 'settings': {'delay_for': {'unit': 'minutes', 'value': 1}}}
        ]}}
        """
            .replace("\"", "\\\""));
    person(RecipientId.user("ada"), "Ada");
    person(RecipientId.user("bob"), "Bob");
    person(new RecipientId(RecipientId.TENANTS, "acme"), "Acme");
    desk.ports
        .variables()
        .put(
            LOCAL,
            new Variables.Values(
                Json.object().with("shop", "Books"), Json.object().with("key", "s3cr3t-value")));
  }

  private void person(RecipientId id, String name) {
    desk.ports
        .recipients()
        .identify(
            LOCAL,
            id,
            new Identification(
                Json.object().with("name", name), Optional.empty(), Map.of(), Map.of()),
            "test",
            desk.clock.instant());
  }

  private ManagementFixture.Reply step(String ref) {
    return desk.post(
        STEP.formatted(ref),
        "{'recipient': 'ada', 'actor': 'bob', 'tenant': 'acme', 'locale': 'de', 'data': {'item':"
            + " 'Tea'}}");
  }

  @Test
  void an_email_comes_out_as_a_run_would_make_it_without_secrets() {
    var shown = step("email_1");
    assertThat(shown.text("result")).isEqualTo("success");
    assertThat(shown.text("content_type")).isEqualTo("email");
    assertThat(shown.text("template.subject")).isEqualTo("For Ada");
    assertThat(shown.text("template.html_body"))
        .contains(">Tea Acme Books</p>", "<i>Bob</i>", "<html");
    assertThat(JsonText.write(shown.json())).doesNotContain("s3cr3t");
  }

  @Test
  void each_channel_comes_out_in_its_own_form() {
    assertThat(step("sms_1").text("template.text_body")).isEqualTo("de Tea shop");
    assertThat(step("feed_1").text("template.markdown_body")).contains("<strong>Tea</strong>");
    assertThat(step("feed_1").text("template.action_url")).isEqualTo("https://x.example/Tea");
    assertThat(step("feed_1").text("template.action_buttons.0.label")).isEqualTo("See Tea");
    assertThat(step("push_1").text("template.title")).isEqualTo("Tea");
    assertThat(step("push_1").text("template.settings.delivery_type")).isEqualTo("content");
    assertThat(step("chat_1").text("template.markdown_body")).isEqualTo("*Tea*");
    assertThat(step("http_1").text("template.url")).isEqualTo("https://x.example/Tea");
    assertThat(step("http_1").text("template.headers.0.value")).isEqualTo("Tea");
    assertThat(step("http_1").text("template.method")).isEqualTo("post");
  }

  @Test
  void who_is_unknown_can_be_shown_and_what_sends_nothing_cannot() {
    assertThat(
            desk.post(STEP.formatted("email_1"), "{'recipient': {'collection': 'p', 'id': '1'}}")
                .text("template.subject"))
        .isEqualTo("For");
    assertThat(step("delay_1").status()).isEqualTo(404);
    assertThat(step("nothing").status()).isEqualTo(404);
    assertThat(desk.post("/v1/workflows/none/steps/a/preview_template", "{}").text("code"))
        .isEqualTo("workflow_missing");
    assertThat(desk.post(STEP.formatted("email_1"), "{}").text("errors.0.field"))
        .isEqualTo("recipient");
  }

  @Test
  void who_may_only_read_content_sees_nobodys_properties() {
    desk.as("knock_st_reader");
    assertThat(step("email_1").text("code")).isEqualTo("insufficient_scope");
  }

  @Test
  void a_template_is_shown_without_being_saved_in_whatever_layout() {
    String request =
        """
        {'recipient': 'ada', 'channel_type': 'email', 'workflow': {'key': 'later', 'categories': ['a']},
         'layout': {'html_content': '<html><body><h1>L</h1>{{ content }}</body></html>'},
         'template': {'subject': '{{ workflow.key }} {{ workflow.categories[0] }}', 'settings': {},
           'html_body': '<b>{{ recipient.name }}</b>'}}
        """;
    var shown = desk.post("/v1/templates/preview", request);
    assertThat(shown.text("template.subject")).isEqualTo("later a");
    assertThat(shown.text("template.html_body")).contains("<h1>L</h1>", "<b>Ada</b>");
    var wrong =
        desk.post(
            "/v1/templates/preview", request.replace("recipient.name", "recipient.name | shout"));
    assertThat(wrong.status()).isEqualTo(200);
    assertThat(wrong.text("result")).isEqualTo("error");
    assertThat(wrong.text("errors.0.field")).isEqualTo("html_body");
    assertThat(wrong.text("errors.0.message")).contains("shout");
    assertThat(wrong.text("errors.0.line")).isEqualTo("1");
    assertThat(
            desk.post(
                    "/v1/templates/preview",
                    request.replace("'html_content'", "'key': 'none', 'x'"))
                .text("errors.0.message"))
        .contains("none");
  }

  @Test
  void a_layout_is_shown_around_a_sample() {
    String request =
        """
        {'recipient': 'ada', 'email_layout': {'name': 'L',
          'html_layout': '<html><body><h1>{{ recipient.name }}</h1>{{ content }}</body></html>',
          'text_layout': 'T {{ content }}'}}
        """;
    var shown = desk.post("/v1/email_layouts/preview", request);
    assertThat(shown.text("result")).isEqualTo("success");
    assertThat(shown.text("layout.html_body")).contains("<h1>Ada</h1>", "the content of");
    assertThat(shown.text("layout.text_body")).startsWith("T ");
    assertThat(
            desk.post("/v1/email_layouts/preview", request.replace("{{ content }}<", "<"))
                .text("result"))
        .isEqualTo("error");
  }

  @Test
  void a_partial_is_shown_escaped_as_it_is_where_it_is_used() {
    String request =
        """
        {'partial': {'name': 'P', 'type': 'html', 'template_language': 'handlebars',
          'content': '<u>{{ title }}</u>{{ vars.shop }}'},
         'data': {'title': '<x>'}}
        """;
    assertThat(desk.post("/v1/partials/preview", request).text("content"))
        .isEqualTo("<u>&lt;x&gt;</u>Books");
    assertThat(
            desk.post("/v1/partials/preview", request.replace("'html'", "'text'")).text("content"))
        .isEqualTo("<u><x></u>Books");
    assertThat(
            desk.post("/v1/partials/preview", request.replace("handlebars", "liquid"))
                .text("content"))
        .as("as Liquid does")
        .isEqualTo("<u><x></u>Books");
    assertThat(
            desk.post("/v1/partials/preview", request.replace("title }}", "#shout title }}"))
                .text("result"))
        .isEqualTo("error");
    assertThat(
            desk.post(
                    "/v1/partials/preview",
                    request.replace("'data'", "'layout': {'key': 'a'}, 'data'"))
                .text("code"))
        .isEqualTo("not_built");
  }

  @Test
  void a_step_of_a_branch_is_shown_as_it_is_there() {
    desk.put("/v1/commits");
    desk.post("/v1/branches/try");
    desk.put("/v1/workflows/order?branch=try", ManagementFixture.workflow("<p>branch</p>"));
    assertThat(
            desk.post(STEP.formatted("email_1") + "?branch=try", "{'recipient': 'ada'}")
                .text("template.html_body"))
        .contains("branch");
    assertThat(step("email_1").text("template.html_body")).doesNotContain("branch");
  }
}
