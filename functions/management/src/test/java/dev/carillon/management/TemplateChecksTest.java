package dev.carillon.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can be seen in a template's source is refused when it is pushed. */
class TemplateChecksTest {
  private final Bench bench = new Bench();

  @Test
  void an_unknown_helper_is_refused_with_file_and_step_and_place() {
    assertThat(refusalOf("<p>\n  {{shout recipient.name}}\n</p>"))
        .startsWith("hello | workflows/hello/email_1/body.html | email_1 | template.html_body: ")
        .contains("line 2")
        .contains("unknown helper 'shout'");
  }

  @Test
  void blocks_nested_past_fifty_are_refused() {
    assertThat(refusalOf("{{#if data.a}}".repeat(51) + "x" + "{{/if}}".repeat(51)))
        .startsWith("hello | workflows/hello/email_1/body.html | email_1 | ")
        .contains("nested more than 50 deep");
    assertThat(refusalOf("{{#if data.a}}".repeat(50_000)))
        .startsWith("hello | workflows/hello/email_1/body.html | email_1 | ");
  }

  @Test
  void a_block_that_is_never_closed_is_refused() {
    assertThat(refusalOf("{{#if data.a}}x"))
        .startsWith("hello | workflows/hello/email_1/body.html | email_1 | template.html_body: ");
  }

  @Test
  void a_problem_in_a_field_without_a_file_is_in_the_workflows_own() {
    var files = PushTest.hello("{{shout data.a}}");
    files.putAll(PushTest.other());
    var answer = bench.push(files);

    assertThat(Bench.accepted(answer)).containsExactly("other");
    assertThat(Bench.refused(answer))
        .singleElement()
        .asString()
        .startsWith("hello | workflows/hello/workflow.json | email_1 | template.subject: ");
  }

  @Test
  void overrides_are_templates_too() {
    var files = PushTest.hello("Hi");
    files.computeIfPresent(
        "workflows/hello/workflow.json",
        (_, text) ->
            text.replace(
                "\"template\"",
                "\"channel_overrides\": {\"to_address\": \"{{shout data.to}}\"}, \"template\""));

    assertThat(Bench.refused(bench.push(files)))
        .singleElement()
        .asString()
        .contains("| email_1 | channel_overrides.to_address: ");
  }

  @Test
  void a_layout_or_partial_that_does_not_exist_is_refused() {
    assertThat(refusalOf("{{> card}}")).contains("| email_1 | ").contains("card");

    var files = PushTest.hello("Hi");
    files.computeIfPresent(
        "workflows/hello/workflow.json",
        (_, text) ->
            text.replace("\"subject\"", "\"settings\": {\"layout_key\": \"fancy\"}, \"subject\""));
    assertThat(Bench.refused(bench.push(files)))
        .singleElement()
        .asString()
        .contains("| email_1 | ")
        .contains("fancy");
  }

  @Test
  void a_partial_that_includes_itself_is_refused_and_so_is_who_uses_it_while_others_serve() {
    var files = PushTest.other();
    files.putAll(partial("card", "<p>{{> card}}</p>"));
    files.putAll(PushTest.hello("Hi"));
    files.put("workflows/hello/email_1/body.html", "{{> card}}");
    var answer = bench.push(files);

    assertThat(Bench.accepted(answer)).containsExactly("other");
    assertThat(Bench.refused(answer)).hasSize(2);
    assertThat(Bench.refused(answer).getFirst())
        .startsWith("- | partials/card/content.html | - | ")
        .contains("includes itself");
    assertThat(Bench.refused(answer).getLast())
        .startsWith("hello | workflows/hello/email_1/body.html | email_1 | ");
    assertThat(bench.assets.library(Bench.LOCAL).partials()).isEqualTo(Json.Obj.EMPTY);
  }

  @Test
  void partials_that_include_one_another_are_refused() {
    var files = partial("a", "{{> b}}");
    files.putAll(partial("b", "{{> a}}"));

    assertThat(Bench.refused(bench.push(files)))
        .extracting(line -> line.split(" \\| ")[1])
        .contains("partials/a/content.html", "partials/b/content.html");
    assertThat(bench.assets.library(Bench.LOCAL).partials()).isEqualTo(Json.Obj.EMPTY);
  }

  @Test
  void the_old_version_of_a_broken_partial_keeps_serving() {
    bench.push(partial("card", "<p>old</p>"));
    var files = partial("card", "{{shout data.a}}");
    files.putAll(PushTest.hello("Hi"));
    files.put("workflows/hello/email_1/body.html", "{{> card}}");
    var answer = bench.push(files);

    assertThat(Bench.accepted(answer)).containsExactly("hello");
    assertThat(Bench.refused(answer))
        .singleElement()
        .asString()
        .startsWith("- | partials/card/content.html | - | ");
    assertThat(bench.assets.library(Bench.LOCAL).partials().object("card").text("content"))
        .contains("<p>old</p>");
  }

  @Test
  void a_partial_that_would_break_a_layout_that_serves_is_refused() {
    var files = partial("foot", "<p>foot</p>");
    files.put("layouts/plain/layout.json", "{\"html_layout@\": \"l.html\"}");
    files.put(
        "layouts/plain/l.html",
        "{{#if data.a}}".repeat(30) + "{{> foot}}" + "{{/if}}".repeat(30) + "{{{content}}}");
    assertThat(Bench.refused(bench.push(files))).isEmpty();
    var answer =
        bench.push(partial("foot", "{{#if data.a}}".repeat(30) + "x" + "{{/if}}".repeat(30)));

    assertThat(Bench.refused(answer))
        .containsExactly(
            "- | partials/foot/partial.json | - | With the partials of this push layouts/plain,"
                + " which is not part of it, would break.");
    assertThat(bench.assets.library(Bench.LOCAL).partials().object("foot").text("content"))
        .contains("<p>foot</p>");
  }

  @Test
  void a_layout_without_content_and_a_partial_of_an_unknown_type_are_refused() {
    var answer =
        bench.push(
            Map.of(
                "layouts/empty/layout.json",
                "{\"html_layout@\": \"l.html\"}",
                "layouts/empty/l.html",
                "<body></body>",
                "layouts/none/layout.json",
                "{}",
                "partials/card/partial.json",
                "{\"type\": \"mjml\", \"content\": \"x\"}"));

    assertThat(Bench.refused(answer))
        .extracting(line -> line.split(" \\| ")[1])
        .containsExactlyInAnyOrder(
            "layouts/empty/l.html", "layouts/none/layout.json", "partials/card/partial.json");
    assertThat(bench.assets.library(Bench.LOCAL).layouts()).isEqualTo(Json.Obj.EMPTY);
  }

  /** The one line about a workflow whose email has this body, pushed beside one that is fine. */
  private String refusalOf(String body) {
    var files = PushTest.other();
    files.putAll(PushTest.hello("Hi"));
    files.put("workflows/hello/email_1/body.html", body);
    var answer = bench.push(files);
    assertThat(Bench.accepted(answer)).containsExactly("other");
    assertThat(Bench.refused(answer)).isNotEmpty();
    return Bench.refused(answer).getFirst();
  }

  private static Map<String, String> partial(String key, String content) {
    var files = new HashMap<String, String>();
    files.put(
        "partials/%s/partial.json".formatted(key),
        "{\"type\": \"html\", \"content@\": \"content.html\"}");
    files.put("partials/%s/content.html".formatted(key), content);
    return files;
  }
}
