package dev.carillon.functions.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelType;
import dev.carillon.content.Assets;
import dev.carillon.fetch.TemplateCache;
import dev.carillon.functions.steps.render.Render;
import dev.carillon.functions.steps.render.Render.Wording;
import dev.carillon.functions.steps.render.Render.Wording.Failed;
import dev.carillon.functions.steps.render.Render.Wording.Lacking;
import dev.carillon.functions.steps.render.Render.Wording.Words;
import dev.carillon.functions.steps.render.RenderTemplates;
import dev.carillon.json.Json;
import dev.carillon.message.ContentCodec;
import dev.carillon.run.SkipReason;
import dev.carillon.workflow.Step.ChannelStep;
import dev.carillon.workflow.Workflow;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RenderTemplatesTest {
  private static final String NAME = "O'Brien & \"Söhne\"";
  private static final Json.Obj SCOPE =
      Json.object()
          .with("name", NAME)
          .with("data", Json.object().with("name", NAME).with("bad", "a\r\nBcc: x@evil.example"))
          .with(
              "recipient", Json.object().with("email", "ellie@example.com").with("name", "Ellie"));

  private final StepsFixture stage = new StepsFixture();
  private final RenderTemplates render = new RenderTemplates(new TemplateCache());

  @Test
  void a_mail_is_escaped_in_its_html_and_nowhere_else() {
    Json.Obj mail =
        words(
            email(
                """
                {"subject": "From {{name}}", "html_body": "<p title=\\"{{name}}\\">{{name}}</p>",
                 "text_body": "Text for {{name}}", "settings": {"layout_key": null}}\
                """,
                "{}"));
    assertThat(mail.text("subject_line")).contains("From " + NAME);
    assertThat(mail.text("text_body")).contains("Text for " + NAME);
    assertThat(mail.text("html_body"))
        .contains("<p title=\"O'Brien &amp; &quot;Söhne&quot;\">O'Brien &amp; \"Söhne\"</p>");
  }

  @Test
  void a_text_part_that_nobody_wrote_is_made_from_the_html() {
    Json.Obj mail = words(email("{\"subject\": \"x\", \"html_body\": \"<p>{{name}}</p>\"}", "{}"));
    assertThat(mail.text("text_body").orElseThrow()).contains(NAME);
  }

  @Test
  void a_mail_goes_to_the_recipient_from_the_channel_unless_the_step_says_otherwise() {
    stage.channel(
        ChannelType.EMAIL,
        StepsFixture.json(
            """
            {"from_address": "hello@x.io", "from_name": "Team {{name}}", "reply_to_address": "r@x.io",
             "cc_address": " ", "bcc_address": null}
            """));
    Json.Obj mail = words(email("{\"subject\": \"x\", \"html_body\": \"y\"}", "{}"));
    assertThat(mail.list("to")).containsExactly(address("ellie@example.com"));
    assertThat(mail.object("from"))
        .isEqualTo(Json.object().with("name", "Team " + NAME).with("address", "hello@x.io"));
    assertThat(mail.list("reply_to")).containsExactly(address("r@x.io"));
    assertThat(mail.list("cc")).isEmpty();
    assertThat(mail.list("bcc")).isEmpty();

    mail =
        words(
            email(
                "{\"subject\": \"x\", \"html_body\": \"y\"}",
                """
                {"to_address": "{{recipient.name}}@y.io", "from_address": "other@y.io",
                 "from_name": "{{recipient.name}}, Jr", "cc_address": "c@y.io, d@y.io",
                 "bcc_address": "b@y.io", "reply_to_address": "{{recipient.email}}"}
                """));
    assertThat(mail.list("to")).containsExactly(address("Ellie@y.io"));
    assertThat(mail.object("from"))
        .isEqualTo(Json.object().with("name", "Ellie, Jr").with("address", "other@y.io"));
    assertThat(mail.list("cc")).containsExactly(address("c@y.io"), address("d@y.io"));
    assertThat(mail.list("bcc")).containsExactly(address("b@y.io"));
    assertThat(mail.list("reply_to")).containsExactly(address("ellie@example.com"));
  }

  private static Json.Obj address(String address) {
    return Json.object().with("address", address);
  }

  @Test
  void a_line_break_in_a_senders_name_is_flattened() {
    Json.Obj mail =
        words(
            email(
                "{\"subject\": \"x\", \"html_body\": \"y\"}",
                "{\"from_name\": \"x {{data.bad}}\"}"));
    assertThat(mail.object("from").text("name")).contains("x a Bcc: x@evil.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"from_address", "from_name", "cc_address"})
  void an_override_that_comes_to_nothing_leaves_it_to_what_stands_behind_it(String field) {
    stage.channel(
        ChannelType.EMAIL,
        StepsFixture.json(
            """
            {"from_address": "hello@x.io", "from_name": "Team", "cc_address": "c@x.io"}
            """));
    String template = "{\"subject\": \"x\", \"html_body\": \"y\"}";
    assertThat(words(email(template, "{\"" + field + "\": \"{{data.nothing}}\"}")))
        .isEqualTo(words(email(template, "{}")));
  }

  @Test
  void a_value_in_an_address_of_the_steps_own_does_not_become_two_but_a_list_is_a_list() {
    String template = "{\"subject\": \"x\", \"html_body\": \"y\"}";
    Json.Obj scope = SCOPE.with("data", Json.object().with("who", "a@x.io, b@evil.example"));
    Workflow one =
        workflow(
            """
            {"type": "channel", "ref": "email", "channel_key": "email", "channel_type": "email",
             "template": %s, "channel_overrides": {"to_address": "{{data.who}}"}}\
            """
                .formatted(template));
    assertThat(render(one, scope)).isEqualTo(new Lacking(SkipReason.RECIPIENT_EMAIL_INVALID));
    Json.Obj two = words(email(template, "{\"to_address\": \"{{recipient.email}}, c@x.io\"}"));
    assertThat(two.list("to")).containsExactly(address("ellie@example.com"), address("c@x.io"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"custom\": {\"who\": \"{{recipient.email}}\"}}",
        "\"{\\\"custom\\\": {\\\"who\\\": \\\"{{recipient.email}}\\\"}}\""
      })
  void a_step_lays_json_of_its_own_over_what_the_provider_is_sent(String json) {
    Json.Obj mail =
        words(
            email(
                "{\"subject\": \"x\", \"html_body\": \"y\"}",
                "{\"json_overrides\": " + json + "}"));
    assertThat(mail.object("overrides").object("custom").text("who")).contains("ellie@example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"[1]\"", "\"{{recipient.email}}\"", "\"{\\\"a\\\": \""})
  void json_overrides_that_come_to_no_object_fail_the_step(String json) {
    Wording wording =
        email("{\"subject\": \"x\", \"html_body\": \"y\"}", "{\"json_overrides\": " + json + "}");
    assertThat(wording).isInstanceOf(Failed.class);
    assertThat(((Failed) wording).problem()).startsWith("channel_overrides.json_overrides: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"to_address", "from_address", "cc_address", "bcc_address", "reply_to_address"})
  void a_line_break_in_an_address_fails_the_step(String field) {
    String overrides = "{\"" + field + "\": \"x {{data.bad}}\"}";
    Wording wording = email("{\"subject\": \"x\", \"html_body\": \"y\"}", overrides);
    assertThat(wording).isInstanceOf(Failed.class);
    assertThat(((Failed) wording).problem())
        .startsWith("channel_overrides." + field + ": ")
        .doesNotContain("evil");
  }

  @Test
  void a_line_break_in_the_recipients_own_address_fails_the_step() {
    Json.Obj scope =
        SCOPE.with("recipient", Json.object().with("email", "a@x.io\nBcc: b@evil.example"));
    assertThat(render(workflow(StepsFixture.EMAIL), scope)).isInstanceOf(Failed.class);
  }

  @Test
  void what_a_user_gave_as_an_address_does_not_become_two() {
    Json.Obj scope = SCOPE.with("recipient", Json.object().with("email", "a@x.io, b@evil.example"));
    assertThat(render(workflow(StepsFixture.EMAIL), scope))
        .isEqualTo(new Wording.Lacking(SkipReason.RECIPIENT_EMAIL_INVALID));
  }

  @Test
  void a_line_break_in_a_subject_becomes_a_blank() {
    Json.Obj mail = words(email("{\"subject\": \"Re: {{data.bad}}\", \"html_body\": \"y\"}", "{}"));
    assertThat(mail.text("subject_line")).contains("Re: a Bcc: x@evil.example");
  }

  @Test
  void a_feed_item_has_its_blocks() {
    Wording wording =
        render(
            workflow(
                """
                {"type": "channel", "ref": "feed", "channel_key": "feed",
                 "channel_type": "in_app_feed",
                 "template": {"markdown_body": "**{{name}}** wrote",
                   "action_url": "https://x.io/?q={{name}}"}}\
                """),
            SCOPE);
    var blocks = words(wording).list("blocks");
    assertThat(blocks).hasSize(2);
    Json.Obj body = (Json.Obj) blocks.getFirst();
    assertThat(body.text("rendered"))
        .contains("<p><strong>O'Brien &amp; &quot;Söhne&quot;</strong> wrote</p>");
    assertThat(((Json.Obj) blocks.getLast()).text("rendered")).contains("https://x.io/?q=" + NAME);
  }

  @Test
  void a_request_is_escaped_in_its_json_and_nowhere_else() {
    Json.Obj request =
        words(
            webhook(
                """
                {"method": "put", "url": "https://x.io/{{name}}",
                 "headers": [{"key": "x-name", "value": "{{name}}"}],
                 "query_params": [{"key": "q", "value": "{{name}}"}],
                 "body": "{\\"n\\": \\"{{name}}\\"}"}\
                """));
    assertThat(request.text("method")).contains("PUT");
    assertThat(request.text("url")).contains("https://x.io/O'Brien%20&%20%22S%C3%B6hne%22");
    assertThat(request.list("headers")).containsExactly(field("x-name", NAME));
    assertThat(request.list("query_params")).containsExactly(field("q", NAME));
    assertThat(StepsFixture.json(request.text("body").orElseThrow()))
        .isEqualTo(Json.object().with("n", NAME));
  }

  @Test
  void a_request_without_a_method_is_a_post_and_may_have_no_body() {
    Json.Obj request = words(webhook("{\"url\": \"https://x.io\"}"));
    assertThat(request.text("method")).contains("POST");
    assertThat(request.text("body")).contains("");
  }

  private static Json.Obj field(String name, String value) {
    return Json.object().with("name", name).with("value", value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"body\": \"of the step\"}",
        "{\"body\": \"of the step\", \"url\": \"\"}",
        "{\"body\": \"of the step\", \"url\": null}"
      })
  void a_step_that_names_no_url_leaves_the_request_to_its_channel(String template) {
    stage.channel(
        ChannelType.HTTP,
        StepsFixture.json(
            """
            {"url": "https://x.io/{{name}}", "method": "patch",
             "headers": [{"key": "x-a", "value": "1"}], "body": "of the channel"}
            """));
    Json.Obj request = words(webhook(template));
    assertThat(request.text("url")).contains("https://x.io/O'Brien%20&%20%22S%C3%B6hne%22");
    assertThat(request.text("method")).contains("PATCH");
    assertThat(request.list("headers")).containsExactly(field("x-a", "1"));
    assertThat(request.text("body")).contains("of the step");
  }

  @Test
  void a_request_to_nowhere_is_lacking() {
    assertThat(webhook("{\"body\": \"x\"}")).isEqualTo(new Lacking(SkipReason.WEBHOOK_HAS_NO_URL));
    assertThat(webhook("{\"url\": \"{{data.nothing}}\"}"))
        .isEqualTo(new Lacking(SkipReason.WEBHOOK_HAS_NO_URL));
  }

  @ParameterizedTest
  @CsvSource({"url", "headers"})
  void a_line_break_in_a_request_fails_the_step(String where) {
    String template =
        where.equals("url")
            ? "{\"url\": \"https://x.io/{{data.bad}}\"}"
            : "{\"url\": \"https://x.io\", \"headers\": [{\"key\": \"a\", \"value\":"
                + " \"{{data.bad}}\"}]}";
    assertThat(webhook(template)).isInstanceOf(Failed.class);
  }

  @Test
  void a_template_that_does_not_compile_fails_with_the_field_and_the_sentence() {
    Wording wording = email("{\"subject\": \"{{#if}}\", \"html_body\": \"y\"}", "{}");
    assertThat(wording).isInstanceOf(Failed.class);
    assertThat(((Failed) wording).problem()).startsWith("subject: ");
  }

  @Test
  void a_layout_that_changed_counts_at_once() {
    Workflow workflow = workflow(StepsFixture.EMAIL);
    var step = (ChannelStep) workflow.steps().getFirst();
    Channel channel = stage.ports.channels().find(StepsFixture.LOCAL, "email").orElseThrow();
    for (String version : new String[] {"one", "two", "one"}) {
      var layouts =
          Json.object()
              .with(
                  "default",
                  Json.object()
                      .with(
                          "html_layout", "<html><body>" + version + "{{{content}}}</body></html>"));
      var library = new Assets.Library(layouts, Json.Obj.EMPTY);
      var wording =
          render.render(
              new Render.StepTemplate(workflow, step, channel, library),
              Render.ChannelData.NONE,
              SCOPE,
              new Render.Surroundings(Optional.empty(), ZoneOffset.UTC));
      assertThat(words(wording).text("html_body").orElseThrow()).contains(version);
    }
  }

  @Test
  void more_libraries_and_templates_than_are_kept_render_all_the_same() {
    Channel channel = stage.ports.channels().find(StepsFixture.LOCAL, "feed").orElseThrow();
    for (int i = 0; i < 20; i++) {
      var partials =
          Json.object()
              .with("p", Json.object().with("type", "markdown").with("content", "library " + i));
      var workflow = workflow(StepsFixture.FEED);
      var words =
          words(
              render.render(
                  new Render.StepTemplate(
                      workflow,
                      (ChannelStep) workflow.steps().getFirst(),
                      channel,
                      new Assets.Library(Json.Obj.EMPTY, partials)),
                  Render.ChannelData.NONE,
                  SCOPE.with("comment", "c" + i),
                  new Render.Surroundings(Optional.empty(), ZoneOffset.UTC)));
      assertThat(words.toString()).contains("c" + i);
    }
  }

  private Wording email(String template, String overrides) {
    return render(
        workflow(
            """
            {"type": "channel", "ref": "email", "channel_key": "email", "channel_type": "email",
             "template": %s, "channel_overrides": %s}\
            """
                .formatted(template, overrides)),
        SCOPE);
  }

  private Wording webhook(String template) {
    return render(
        workflow(
            """
            {"type": "channel", "ref": "webhook", "channel_key": "webhook", "channel_type": "http",
             "template": %s}\
            """
                .formatted(template)),
        SCOPE);
  }

  private static Workflow workflow(String step) {
    return StepsFixture.workflow(StepsFixture.steps(step));
  }

  private Wording render(Workflow workflow, Json.Obj scope) {
    var step = (ChannelStep) workflow.steps().getFirst();
    Channel channel =
        stage.ports.channels().find(StepsFixture.LOCAL, step.destination().name()).orElseThrow();
    return render.render(
        new Render.StepTemplate(workflow, step, channel, Assets.Library.EMPTY),
        Render.ChannelData.NONE,
        scope,
        new Render.Surroundings(Optional.empty(), ZoneOffset.UTC));
  }

  private static Json.Obj words(Wording wording) {
    assertThat(wording).isInstanceOf(Words.class);
    assertThat(((Words) wording).contents()).hasSize(1);
    return ContentCodec.write(((Words) wording).contents().getFirst());
  }
}
