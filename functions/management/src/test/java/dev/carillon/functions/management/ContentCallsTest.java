package dev.carillon.functions.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.variable.Variables;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCallsTest {
  private final ManagementFixture desk = new ManagementFixture();

  private Optional<Workflows.Live> live(String key) {
    return desk.ports.workflows().live(ManagementFixture.LOCAL, new WorkflowKey(key));
  }

  @Test
  void what_is_saved_is_shown_and_does_not_serve() {
    var saved = desk.put("/v1/workflows/welcome?environment=development", workflow("<p>Hi"));
    assertThat(saved.status()).isEqualTo(200);
    assertThat(saved.text("workflow.key")).isEqualTo("welcome");
    assertThat(saved.text("workflow.environment")).isEqualTo("development");
    assertThat(saved.text("workflow.valid")).isEqualTo("true");
    assertThat(saved.text("workflow.template_language")).isEqualTo("liquid");
    assertThat(live("welcome")).isEmpty();
    var shown = desk.get("/v1/workflows/welcome");
    assertThat(shown.json()).isEqualTo(saved.body().object("workflow"));
    assertThat(desk.get("/v1/workflows/welcome?hide_uncommitted_changes=true").status())
        .isEqualTo(404);
    assertThat(desk.get("/v1/workflows?environment=production").body().list("entries")).isEmpty();
    assertThat(desk.get("/v1/workflows").text("entries.0.key")).isEqualTo("welcome");
  }

  private static String workflow(String text) {
    return ManagementFixture.workflow(text);
  }

  /** What is written, and what of the answer Knock's document requires beside it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          workflows     | workflow     | {'name': 'A', 'conditions': null, 'steps': [{'ref': 'e', 'type': 'channel', 'channel_key': 'mail', 'channel_type': 'email', 'conditions': null, 'template': {'subject': 'S', 'html_body': 'x'}}]} | steps.0.template.settings | {}
          workflows     | workflow     | {'name': 'A', 'steps': [{'ref': 'x', 'type': 'random_cohort', 'cohort_branches': [{'name': 'a', 'percentage': '50', 'conditions': null, 'steps': []}, {'name': 'b', 'percentage': '50', 'steps': []}]}]} | steps.0.cohort_branches.0 | {'name':'a','percentage':'50','steps':[]}
          email_layouts | email_layout | {'name': 'A', 'html_layout': '{{ content }}', 'branding_overrides': {'primary_color': '#123456'}} | text_layout | ""
          message_types | message_type | {'name': 'A', 'description': null} | variants | []
          audiences     | audience     | {'name': 'A', 'type': 'dynamic'} | segments | []
          broadcasts    | broadcast    | {'name': 'A', 'steps': [{'ref': 'p', 'type': 'channel', 'channel_key': 'app', 'channel_type': 'push', 'template': {'title': 'T', 'text_body': 'x'}}]} | steps.0.template.settings | {'delivery_type':'content'}
          """)
  void an_answer_has_what_is_required_and_no_nulls_and_is_the_same_when_it_is_sent_back(
      String path, String wrapper, String body, String at, String there) {
    String one = "/v1/" + path + "/all-of-it";
    var saved = desk.put(one, "{'" + wrapper + "': " + body + "}");
    assertThat(saved.status()).as(saved.text("errors")).isEqualTo(200);
    assertThat(saved.text(wrapper + "." + at)).isEqualTo(there.replace('\'', '"'));
    assertThat(saved.text(wrapper)).doesNotContain("conditions\":null");
    var again = desk.put(one, Json.object().with(wrapper, saved.body().object(wrapper)));
    assertThat(again.text(wrapper + ".sha")).isEqualTo(saved.text(wrapper + ".sha"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          workflows/it     | {'workflow': {'steps': []}} | name
          workflows/it     | {'workflow': {'name': ' ', 'steps': []}} | name
          workflows/it     | {'workflow': {'name': 7, 'steps': []}} | name
          workflows/it     | {'workflow': {'name': 'A'}} | steps
          workflows/it     | {'workflow': {'name': 'A', 'steps': [], 'description': ['x']}} | description
          workflows/it     | {'workflow': {'name': 'A', 'steps': [], 'tags': [7]}} | tags
          workflows/it     | {'workflow': {'name': 'A', 'steps': [], 'conditions': []}} | conditions
          workflows/it     | {'workflow': {'name': 'A', 'steps': [{'ref': 'd', 'type': 'delay', 'name': true, 'settings': {'delay_for': {'unit': 'days', 'value': 1}}}]}} | steps[0].name
          workflows/it     | {'workflow': {'name': 'A', 'steps': [{'ref': 's', 'type': 'channel', 'channel_key': 'sms', 'channel_type': 'sms', 'channel_overrides': 'x', 'template': {'text_body': 'T'}}]}} | steps[0].channel_overrides
          partials/it      | {'partial': {'name': 'A', 'type': 'html', 'content': 'x', 'input_schema': {}, 'icon_name': 1}} | icon_name
          email_layouts/it | {'email_layout': {'name': 'A', 'html_layout': '{{ content }}', 'branding_overrides': {'primary_color': 'blue'}}} | branding_overrides.primary_color
          """)
  void what_is_missing_or_of_another_kind_is_refused_by_its_field(
      String path, String body, String field) {
    var reply = desk.put("/v1/" + path, body);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text("errors.0.field")).isEqualTo(field);
    assertThat(reply.body().list("errors")).hasSize(1);
  }

  @Test
  void what_was_answered_can_be_sent_back_and_is_the_same_version() {
    var saved = desk.put("/v1/workflows/welcome?annotate=true", workflow("<p>Hi"));
    var again =
        desk.put(
            "/v1/workflows/welcome?annotate=true",
            Json.object().with("workflow", saved.body().object("workflow")));
    assertThat(JsonText.write(again.json())).isEqualTo(JsonText.write(saved.json()));
    assertThat(saved.text("workflow.steps.0.template.__annotation.extractable_fields.html_body"))
        .isEqualTo("{\"default\":true,\"file_ext\":\"html\"}");
  }

  @Test
  void a_commit_with_the_save_serves_at_once() {
    var saved =
        desk.put("/v1/workflows/welcome?commit=true&commit_message=First", workflow("<p>Hi"));
    assertThat(saved.status()).isEqualTo(200);
    assertThat(live("welcome").orElseThrow().version().toString())
        .isEqualTo(saved.text("workflow.sha"));
    var commits = desk.get("/v1/commits?resource_type[]=workflow");
    assertThat(commits.text("entries.0.commit_message")).isEqualTo("First");
    assertThat(commits.text("entries.0.author.name")).isEqualTo("laptop");
    assertThat(commits.text("entries.0.resource.identifier")).isEqualTo("welcome");
    desk.put("/v1/workflows/welcome", workflow("<p>Later"));
    assertThat(desk.get("/v1/workflows/welcome?hide_uncommitted_changes=true").text("sha"))
        .isEqualTo(saved.text("workflow.sha"));
    assertThat(live("welcome").orElseThrow().version().toString())
        .isEqualTo(saved.text("workflow.sha"));
  }

  @Test
  void what_is_wrong_is_told_with_its_place_and_nothing_is_saved() {
    var refused = desk.put("/v1/workflows/welcome", workflow("{{ x | shout }}"));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("errors.0.field")).isEqualTo("steps[0].template.html_body");
    assertThat(desk.put("/v1/workflows/welcome/validate", workflow("{{ x | shout }}")).json())
        .isEqualTo(refused.json());
    assertThat(desk.get("/v1/workflows/welcome").status()).isEqualTo(404);
    assertThat(desk.put("/v1/workflows/Bad Key", workflow("x")).text("errors.0.field"))
        .isEqualTo("key");
    assertThat(desk.put("/v1/workflows/welcome", "{}").text("errors.0.field"))
        .isEqualTo("workflow");
    assertThat(desk.put("/v1/partials/card", "{'partial': {'type': 'html'}}").status())
        .isEqualTo(422);
    assertThat(
            desk.put("/v1/audiences/vips", "{'audience': {'name': 'VIPs', 'type': 'maybe'}}")
                .text("errors.0.field"))
        .isEqualTo("type");
  }

  @Test
  void a_partial_that_is_not_there_yet_may_come_until_the_commit() {
    var naming = workflow("{% render \\\"card\\\" %}");
    assertThat(desk.put("/v1/workflows/welcome/validate", naming).text("workflow.valid"))
        .isEqualTo("false");
    assertThat(desk.put("/v1/workflows/welcome", naming).status()).isEqualTo(200);
    var refused = desk.put("/v1/commits?commit_message=x");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("errors.0.field")).startsWith("workflow/welcome: steps[0].template");
    assertThat(live("welcome")).isEmpty();
    desk.put("/v1/partials/card", ManagementFixture.partial("<b>Hi</b>"));
    assertThat(desk.get("/v1/workflows/welcome").text("valid")).isEqualTo("true");
    assertThat(desk.put("/v1/commits").text("result")).isEqualTo("success");
    assertThat(live("welcome")).isPresent();
    assertThat(desk.ports.assets().current(ManagementFixture.LOCAL).partials().object("card"))
        .isEqualTo(
            Json.object()
                .with("template_language", "liquid")
                .with("type", "html")
                .with("content", "<b>Hi</b>"));
  }

  @Test
  void only_the_first_environment_is_written_to_unless_it_is_forced() {
    String path = "/v1/workflows/welcome?environment=production";
    assertThat(desk.put(path, workflow("x")).text("errors.0.field")).isEqualTo("environment");
    assertThat(desk.put(path + "&force=true", workflow("x")).status()).isEqualTo(200);
    assertThat(desk.get("/v1/workflows?environment=nowhere").text("code"))
        .isEqualTo("environment_missing");
  }

  @Test
  void a_token_does_what_its_scopes_and_environments_let_it() {
    desk.as("knock_st_reader");
    assertThat(desk.put("/v1/workflows/welcome", workflow("x")).text("code"))
        .isEqualTo("insufficient_scope");
    desk.as("knock_st_writer");
    assertThat(desk.put("/v1/workflows/welcome", workflow("x")).status()).isEqualTo(200);
    assertThat(desk.put("/v1/workflows/welcome?commit=true", workflow("y")).status())
        .isEqualTo(403);
    assertThat(desk.get("/v1/workflows/welcome").text("steps.0.template.html_body")).isEqualTo("x");
    desk.as("knock_st_production");
    assertThat(desk.get("/v1/workflows?environment=development").text("code"))
        .isEqualTo("insufficient_scope");
    assertThat(desk.get("/v1/workflows?environment=production").status()).isEqualTo(200);
    assertThat(desk.get("/v1/environments").body().list("entries")).hasSize(1);
    assertThat(desk.as("sk_local").get("/v1/workflows").text("code"))
        .isEqualTo("incorrect_token_type");
    assertThat(desk.as("knock_st_nobody").get("/v1/workflows").status()).isEqualTo(401);
  }

  @Test
  void lists_have_pages() {
    for (int i = 0; i < 5; i++) {
      desk.put("/v1/partials/card-" + i, ManagementFixture.partial("x"));
    }
    var first = desk.get("/v1/partials?limit=2");
    assertThat(first.text("entries.1.key")).isEqualTo("card-1");
    assertThat(first.text("page_info.before")).isEqualTo("null");
    var second = desk.get("/v1/partials?limit=2&after=" + first.text("page_info.after"));
    assertThat(second.text("entries.0.key")).isEqualTo("card-2");
    var last = desk.get("/v1/partials?limit=2&after=" + second.text("page_info.after"));
    assertThat(last.text("entries.0.key")).isEqualTo("card-4");
    assertThat(last.text("page_info.after")).isEqualTo("null");
    var back = desk.get("/v1/partials?limit=2&before=" + last.text("page_info.before"));
    assertThat(back.text("entries.0.key")).isEqualTo("card-2");
    assertThat(desk.get("/v1/partials?after=" + "x".repeat(40)).status()).isEqualTo(422);
  }

  @Test
  void handlebars_from_directories_stays_within_its_json() {
    desk.put(
        "/v1/workflows/welcome",
        workflow("{{#if recipient.name}}x{{/if}}")
            .replace("'name': 'Welcome'", "'name': 'Welcome', 'template_language': 'handlebars'"));
    assertThat(
            desk.get("/v1/workflows/welcome?annotate=true")
                .text("steps.0.template.__annotation.extractable_fields.html_body.default"))
        .isEqualTo("false");
  }

  @Test
  void texts_with_the_tag_that_translates_stay_within_their_json() {
    for (String[] one :
        new String[][] {{"{% t %}Hi{% endt %}", "false"}, {"{{ that | t }}", "true"}}) {
      desk.put("/v1/partials/card", ManagementFixture.partial(one[0]));
      assertThat(
              desk.get("/v1/partials/card?annotate=true")
                  .text("__annotation.extractable_fields.content.default"))
          .isEqualTo(one[1]);
    }
  }

  @Test
  void a_step_is_of_the_type_of_its_channel_when_it_names_none() {
    desk.ports
        .channels()
        .put(
            ManagementFixture.LOCAL,
            new Channel(
                new ChannelId(new UUID(1, 2)),
                "texts",
                "Texts",
                ChannelType.SMS,
                "sms_twilio",
                Json.object(),
                desk.clock.instant(),
                desk.clock.instant()));
    String step =
        "{'ref': '%s', 'type': 'channel', 'channel_key': '%s', 'template': {'text_body': 'x'}}";
    String body =
        ("{'workflow': {'name': 'W', 'steps': ["
                + step.formatted("a", "texts")
                + ", {'ref': 'b', 'type': 'branch', 'branches': [{'name': 'D', 'steps': ["
                + step.formatted("c", "texts")
                + "]}]}]}}")
            .replace('\'', '"');
    var saved = desk.put("/v1/workflows/texts", body);
    assertThat(saved.text("workflow.steps.0.channel_type")).isEqualTo("sms");
    assertThat(saved.text("workflow.steps.1.branches.0.steps.0.channel_type")).isEqualTo("sms");
    var unknown = desk.put("/v1/workflows/texts", body.replace("texts", "other"));
    assertThat(unknown.text("errors.0.field")).isEqualTo("steps[0].channel_type");
  }

  @Test
  void an_operation_that_is_not_built_says_so_by_name() {
    var reply = desk.get("/v1/goals");
    assertThat(reply.status()).isEqualTo(501);
    assertThat(reply.text("code")).isEqualTo("not_built");
    assertThat(reply.text("errors.0.field")).isEqualTo("GET /v1/goals");
    assertThat(desk.get("/v1/guides").body().list("entries")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          workflows/it     | workflow     | {'name': 'A', 'steps': [], 'frequency': 'x'}                     | frequency
          workflows/it     | workflow     | {'name': 'A', 'steps': [{'ref': 'a', 'type': 'delay', 'settings': {'delay_for': {'unit': 'days', 'value': 1}, 'for': 1}}]} | steps[0].settings.for
          email_layouts/it | email_layout | {'name': 'A', 'html_layout': '{{ content }}', 'text': 'x'}       | text
          partials/it      | partial      | {'name': 'A', 'type': 'html', 'content': 'x', 'body': 'y'}       | body
          message_types/it | message_type | {'name': 'A', 'preview': 'x', 'fields': [1]}                     | fields
          audiences/it     | audience     | {'name': 'A', 'type': 'static', 'members': ['ada']}              | members
          """)
  void a_field_that_nobody_reads_is_refused_by_name(
      String path, String wrapper, String content, String field) {
    for (String action : List.of("", "/validate")) {
      var reply = desk.put("/v1/" + path + action, "{'" + wrapper + "': " + content + "}");
      assertThat(reply.status()).as(action).isEqualTo(422);
      assertThat(reply.text("errors.0.field")).isEqualTo(field);
    }
    assertThat(desk.get("/v1/" + path).status()).isEqualTo(404);
  }

  private void secret(EnvironmentId environment) {
    desk.ports
        .variables()
        .put(
            environment,
            new Variables.Values(Json.Obj.EMPTY, Json.object().with("api_key", "sk-0123456789")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ vars.api_key }}",
        "{{ vars['api_key'] | upcase }}",
        "{% if vars.api_key == 1 %}x{% endif %}",
        "{{ vars . api_key }}",
        "{{ vars[ 'api_key' ] }}",
        "{%- liquid\\n assign x = vars.api_key\\n echo x -%}",
        "{% for i in (1..2) %}{% case vars.api_key %}{% when 1 %}{% endcase %}{% endfor %}",
        "{% capture a %}{% unless false %}{{ 'x' | append: vars.api_key }}{% endunless %}{%"
            + " endcapture %}",
        "{% render 'key' %}",
        "{% render 'outer', a: 1 %}"
      })
  void a_secret_is_refused_where_people_read_it_with_step_and_field(String text) {
    secret(ManagementFixture.LOCAL);
    desk.put("/v1/partials/key", ManagementFixture.partial("{{ vars.api_key }}"));
    desk.put(
        "/v1/partials/outer",
        ManagementFixture.partial("{% render 'key' %}".replace("'", "\\u0027")));
    String body = workflow(text.replace("'", "\\u0027"));
    for (String path : List.of("welcome", "welcome?commit=true", "welcome/validate")) {
      var reply = desk.put("/v1/workflows/" + path, body);
      assertThat(reply.status()).as(path).isEqualTo(422);
      assertThat(reply.text("errors.0.field")).isEqualTo("steps[0].template.html_body");
      assertThat(reply.text("errors.0.message")).contains("'api_key'");
    }
    assertThat(desk.get("/v1/workflows/welcome").status()).isEqualTo(404);
  }

  @Test
  void a_secret_is_refused_in_a_layout_and_taken_in_a_request() {
    secret(ManagementFixture.LOCAL);
    var layout =
        desk.put(
            "/v1/email_layouts/it",
            "{'email_layout': {'name': 'A', 'html_layout': '{{ vars.api_key }}{{ content }}'}}");
    assertThat(layout.status()).isEqualTo(422);
    assertThat(layout.text("errors.0.field")).isEqualTo("html_layout");
    var link =
        desk.put(
            "/v1/email_layouts/it",
            "{'email_layout': {'name': 'A', 'html_layout': '{{ content }}', 'footer_links':"
                + " [{'text': 'x', 'url': 'https://x.example/{{ vars.api_key }}'}]}}");
    assertThat(link.status()).isEqualTo(422);
    assertThat(link.text("errors.0.message")).contains("'api_key'");
    for (String format : List.of("json", "po")) {
      var texts =
          desk.put(
              "/v1/translations/de",
              Json.object()
                  .with(
                      "translation",
                      Json.object()
                          .with("format", format)
                          .with(
                              "content",
                              format.equals("po")
                                  ? "msgid \"a\"\nmsgstr \"{{ vars.api_key }}\"\n"
                                  : "{\"a\": {\"one\": \"{{ vars.api_key }}\"}}")));
      assertThat(texts.status()).as(format).isEqualTo(422);
      assertThat(texts.text("errors.0.message")).contains("'api_key'");
    }
    var request =
        desk.put(
            "/v1/workflows/hook",
            "{'workflow': {'name': 'Hook', 'steps': [{'type': 'http_fetch', 'ref': 'a', 'settings':"
                + " {'url': 'https://x.example/', 'headers': [{'key': 'X', 'value':"
                + " '{{ vars.api_key }}'}]}}]}}");
    assertThat(request.status()).isEqualTo(200);
  }

  @Test
  void a_promotion_is_held_to_the_secrets_of_where_it_goes() {
    desk.put("/v1/workflows/welcome?commit=true", workflow("{{ vars.api_key }}"));
    secret(ManagementFixture.PRODUCTION);
    var reply = desk.put("/v1/commits/promote?to_environment=production");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text("errors.0.message")).contains("'api_key'");
  }
}
