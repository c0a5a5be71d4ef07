package dev.carillon.bench.compute;

import static dev.carillon.bench.compute.Written.json;

import dev.carillon.content.Assets;
import dev.carillon.json.Json;
import dev.carillon.template.Templates;
import dev.carillon.template.email.EmailTemplate;
import dev.carillon.template.engine.Compiled;
import dev.carillon.template.render.Rendered;
import dev.carillon.template.render.TemplateScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The email of a digest: the demo's layout and button, a loop over ten activities, styles inlined,
 * a text part made of the HTML. What is compiled once for each version of a workflow is compiled
 * before.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RenderBenchmark {
  private static final String BODY =
      """
      <h1>{{total_activities}} comments on {{data.document.title}}</h1>
      <p>Hello{{#if recipient.name}} {{recipient.name}}{{/if}},</p>
      {{#each activities}}
      <p><strong>{{actor.name}}</strong> wrote{{#if edited}} (edited){{/if}}:</p>
      <blockquote>{{comment}}</blockquote>
      {{/each}}
      {{> button url=data.document.url label="Read and reply"}}
      """;

  private EmailTemplate template;
  private final Json.Obj variables = variables();

  @Setup
  public void compile() throws IOException {
    Path demo = Path.of(System.getProperty("carillon.home"), "infra", "local", "demo");
    Json.Obj layout =
        Json.object()
            .with("html_layout", Files.readString(demo.resolve("layouts/default/html_layout.html")))
            .with("text_layout", Files.readString(demo.resolve("layouts/default/text_layout.txt")));
    Json.Obj button =
        Json.object()
            .with("type", "html")
            .with("content", Files.readString(demo.resolve("partials/button/content.html")));
    var templates =
        Templates.of(
            new Assets.Library(
                Json.object().with("default", layout), Json.object().with("button", button)));
    template =
        switch (templates.email(
            json("{'settings': {'layout_key': 'default', 'preview_text': '{{data.comment}}'}}")
                .with("subject", "{{total_activities}} comments on {{data.document.title}}")
                .with("html_body", BODY))) {
          case Compiled.Ready<EmailTemplate>(var ready) -> ready;
          case Compiled.Refused<EmailTemplate>(var problems) ->
              throw new IllegalStateException(problems.toString());
        };
    if (!(render() instanceof Rendered.Content<EmailTemplate.Email>(var email, _))
        || email.html().split("<blockquote").length != 11) {
      throw new IllegalStateException("It renders something else: " + render());
    }
  }

  @Benchmark
  public Rendered<EmailTemplate.Email> render() {
    return template.render(TemplateScope.of(variables));
  }

  private static Json.Obj variables() {
    List<Json> activities = new ArrayList<>();
    for (int n = 1; n <= 10; n++) {
      activities.add(
          json("{'actor': {'name': 'Reader %d', 'email': 'r@example.com'}}".formatted(n))
              .with("comment", "Comment " + n + ": is there more of this & \"that\"?")
              .with("edited", Json.of(n % 2 == 0)));
    }
    return json("""
    {'total_activities': 10,
     'data': {'comment': 'Is there more of this?',
              'document': {'title': 'Sailing directions', 'url': 'https://example.com/doc-7'}},
     'recipient': {'id': 'mira', 'name': 'Mira', 'email': 'mira@example.com'},
     'vars': {'app_name': 'Fable Books', 'app_url': 'https://fable.example',
              'branding': {'primary_color': '#7a3e12'}}}
    """)
        .with("activities", Json.array(activities));
  }
}
