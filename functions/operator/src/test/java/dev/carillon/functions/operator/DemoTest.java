package dev.carillon.functions.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelType;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.template.Templates;
import dev.carillon.template.email.EmailTemplate;
import dev.carillon.template.engine.Compiled;
import dev.carillon.template.http.RequestTemplate;
import dev.carillon.template.render.Rendered;
import dev.carillon.template.render.TemplateScope;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.WorkflowKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The project that the local stack begins with is taken whole. */
class DemoTest {
  private static final Path DEMO = Path.of("..", "..", "infra", "local", "demo");

  private final Bench bench = new Bench();

  @Test
  void the_demos_seed_gives_the_local_keys_and_channels() throws IOException {
    var answer = bench.ask(Files.readAllBytes(DEMO.resolve("seed.json")));

    assertThat(answer.get("error")).isEmpty();
    assertThat(answer.list("keys"))
        .extracting(key -> ((Json.Obj) key).text("key").orElseThrow())
        .containsExactly("sk_local", "pk_local");
    assertThat(bench.channels.all(Bench.LOCAL))
        .extracting(channel -> channel.key())
        .containsExactlyInAnyOrder("email", "feed", "webhook", "sms", "push", "chat");
  }

  @Test
  void the_demos_project_is_accepted() {
    var answer = bench.push(Bench.directory(DEMO));

    assertThat(Bench.refused(answer)).isEmpty();
    assertThat(Bench.accepted(answer))
        .containsExactly("new-comment", "order-shipped", "out-for-delivery", "password-reset");
    assertThat(bench.variables.open(Bench.LOCAL).get("order_webhook_token")).isEmpty();
    assertThat(answer.object("environment").list("objects")).containsExactly(Json.of("books/emma"));
  }

  @Test
  void the_address_of_the_webhook_can_be_given_with_the_push() {
    bench.push(
        Bench.directory(DEMO),
        Json.object().with("order_webhook_url", "http://127.0.0.1:9090/_local/sink"));

    assertThat(bench.variables.open(Bench.LOCAL).text("order_webhook_url"))
        .contains("http://127.0.0.1:9090/_local/sink");
  }

  @Test
  void the_demos_messages_read_as_they_should() {
    bench.push(Bench.directory(DEMO));
    var scope =
        Json.object()
            .with("vars", bench.variables.values(Bench.LOCAL).all())
            .with("recipient", Json.object().with("id", "ada").with("name", "Ada O'Brien"))
            .with("actor", Json.object().with("name", "Grace"))
            .with(
                "data",
                Json.object()
                    .with("page_name", "Tom & Jerry")
                    .with("comment", "a < b")
                    .with("reset_url", "https://fable.example/reset/1?a=b&c=d")
                    .with("order_id", "F-1042")
                    .with("carrier", "the \"Söhne\"")
                    .with(
                        "items",
                        Json.array(
                            List.of(
                                Json.object().with("name", "Emma").with("quantity", Json.of(2))))));

    var comment = email("new-comment", scope);
    assertThat(comment.subject()).isEqualTo("Grace commented on Tom & Jerry");
    assertThat(comment.html())
        .contains("a &lt; b</blockquote>")
        .contains("href=\"https://fable.example\"")
        .contains("style=")
        .doesNotContain("<style>");
    assertThat(email("password-reset", scope).text())
        .contains("Hello Ada O'Brien,")
        .contains("\nhttps://fable.example/reset/1?a=b&c=d\n")
        .contains("Fable Books");
    assertThat(email("order-shipped", scope).text()).contains("- 2 × Emma");

    var request = request("order-shipped", scope);
    assertThat(request.url()).contains("http://127.0.0.1:8080/_local/sink");
    assertThat(request.headers())
        .contains(new RequestTemplate.Field("Authorization", "Bearer only-for-this-laptop"));
    var body = (Json.Obj) JsonText.parse(request.body().orElseThrow());
    assertThat(body.text("carrier")).contains("the \"Söhne\"");
    assertThat(body.object("customer").text("name")).contains("Ada O'Brien");
  }

  private EmailTemplate.Email email(String workflow, Json.Obj scope) {
    return rendered(
        templates().email(template(workflow, ChannelType.EMAIL)),
        template -> template.render(TemplateScope.of(scope)));
  }

  private RequestTemplate.Request request(String workflow, Json.Obj scope) {
    return rendered(
        templates().request(template(workflow, ChannelType.HTTP)),
        template -> template.render(TemplateScope.of(scope)));
  }

  private static <T, C> C rendered(Compiled<T> compiled, Function<T, Rendered<C>> render) {
    assertThat(compiled.problems()).isEmpty();
    var rendered = render.apply(((Compiled.Ready<T>) compiled).template());
    return ((Rendered.Content<C>) rendered).content();
  }

  private Templates templates() {
    return Templates.of(bench.assets.current(Bench.LOCAL));
  }

  private Json.Obj template(String workflow, ChannelType type) {
    var key = new WorkflowKey(workflow);
    var live = bench.workflows.live(Bench.LOCAL, key).orElseThrow();
    return bench.workflows.version(Bench.LOCAL, key, live.version()).orElseThrow().steps().stream()
        .filter(Step.ChannelStep.class::isInstance)
        .map(Step.ChannelStep.class::cast)
        .filter(step -> step.channelType() == type)
        .findFirst()
        .orElseThrow()
        .template();
  }
}
