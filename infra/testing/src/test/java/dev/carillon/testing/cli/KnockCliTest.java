package dev.carillon.testing.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.content.ContentType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A team works with Knock's own command line, unchanged. */
class KnockCliTest {
  private static final String WORKFLOW = ".knock/workflows/welcome/";

  private static void project(KnockCli cli) throws IOException {
    cli.write(
        WORKFLOW + "workflow.json",
        """
        {
          "$schema": "https://schemas.knock.app/cli/workflow.json",
          "name": "Welcome",
          "categories": ["onboarding"],
          "trigger_data_json_schema": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object", "properties": {"plan": {"type": "string"}}},
          "steps": [
            {"ref": "email_1", "type": "channel", "channel_key": "email", "channel_type": "email",
             "template": {"subject": "Welcome {{ recipient.name }}",
               "visual_blocks@": "email_1/visual_blocks.json",
               "settings": {"layout_key": "default", "pre_content": "{% assign a = 1 %}"}}},
            {"ref": "branch_1", "type": "branch", "branches": [
              {"name": "Pro", "conditions": {"all": [
                 {"variable": "data.plan", "operator": "equal_to", "argument": "pro"}]},
               "terminates": false, "steps": [
                 {"ref": "feed_1", "type": "channel", "channel_key": "feed",
                  "channel_type": "in_app_feed",
                  "template": {"markdown_body@": "feed_1/markdown_body.md",
                    "action_url": "https://example.com"}}]},
              {"name": "Default", "terminates": false, "steps": []}]}]
        }
        """);
    cli.write(
        WORKFLOW + "email_1/visual_blocks.json",
        """
        [
          {"type": "markdown", "content@": "visual_blocks/1.content.md", "version": 1},
          {"type": "html", "content": "{% render 'card', name: recipient.name %}", "version": 1}
        ]
        """);
    cli.write(
        WORKFLOW + "email_1/visual_blocks/1.content.md",
        "Hi {{ recipient.name | upcase }}, {{ \"shop:books\" | t: count: 2 }},"
            + " {{ \"bye\" | t: who: recipient.name }}");
    cli.write(WORKFLOW + "feed_1/markdown_body.md", "Hello **{{ recipient.name }}**\n");
    cli.write(
        ".knock/partials/card/partial.json",
        "{\"name\": \"Card\", \"type\": \"html\", \"content@\": \"content.html\"}");
    cli.write(".knock/partials/card/content.html", "<i>card of {{ name }}</i>\n");
    cli.write(
        ".knock/layouts/default/layout.json",
        """
        {"name": "Default", "html_layout@": "html_layout.html", "text_layout@": "text_layout.txt"}
        """);
    cli.write(
        ".knock/layouts/default/html_layout.html",
        "<html><body><h1>Shop</h1>{{ content }}</body></html>");
    cli.write(".knock/layouts/default/text_layout.txt", "{{ content }}");
    cli.write(".knock/translations/en/en.json", "{\n  \"bye\": \"Bye {{ who }}\"\n}\n");
    cli.write(
        ".knock/translations/de/shop.de.json",
        """
        {
          "books": {
            "one": "{{ count }} Buch",
            "other": "{{ count }} Bücher"
          }
        }
        """);
    cli.write(
        ".knock/message-types/banner/message_type.json",
        """
        {"name": "Banner", "variants": [], "preview@": "preview.html"}
        """);
    cli.write(".knock/message-types/banner/preview.html", "<div>{{ title }}</div>");
    cli.write(
        ".knock/audiences/vips/audience.json",
        """
        {"name": "VIPs", "type": "dynamic", "segments": [{"conditions": [
          {"property": "plan", "operator": "equal_to", "argument": "pro"}]}]}
        """);
  }

  @Test
  void a_project_is_pushed_committed_promoted_and_run(@TempDir Path folder) throws IOException {
    try (var carillon = new EngineOverHttp()) {
      var cli = KnockCli.in(folder, carillon.origin());
      cli.run("init");
      assertThat(folder.resolve("knock.json")).exists();
      project(cli);
      assertThat(cli.run("push")).contains("welcome", "card", "default", "banner", "vips");
      assertThat(served(carillon, InProcessEngine.ENVIRONMENT)).isFalse();

      // Once more, and back again: not a byte changes.
      var pushed = cli.files();
      cli.run("push");
      assertThat(cli.files()).isEqualTo(pushed);
      cli.run("pull", "--force");
      assertThat(cli.files()).isEqualTo(pushed);
      Files.delete(folder.resolve(WORKFLOW + "email_1/visual_blocks.json"));
      cli.run("pull", "--force");
      assertThat(cli.files()).isEqualTo(pushed);

      assertThat(cli.run("commit", "-m", "First", "--force")).contains("Successfully committed");
      assertThat(served(carillon, InProcessEngine.ENVIRONMENT)).isTrue();
      assertThat(cli.run("commit", "list")).contains("First", "cli@example.com", "welcome");
      cli.run("commit", "promote", "--to", "production", "--force");
      assertThat(served(carillon, EngineOverHttp.PRODUCTION)).isTrue();

      cli.run(
          "workflow",
          "activate",
          "welcome",
          "--environment",
          "development",
          "--status",
          "false",
          "--force");
      assertThatThrownBy(() -> cli.run("workflow", "run", "welcome", "--recipients", "ada"))
          .hasMessageContaining("not active");
      cli.run(
          "workflow",
          "activate",
          "welcome",
          "--environment",
          "development",
          "--status",
          "true",
          "--force");
      carillon.identify("ada");
      cli.run("workflow", "run", "welcome", "--recipients", "ada", "--data", "{\"plan\":\"pro\"}");
      carillon.engine().advance(Duration.ofMinutes(1));
      assertThat(carillon.engine().email().accepted()).hasSize(1);
      String mail = carillon.engine().email().accepted().getFirst().content().toString();
      assertThat(mail)
          .contains("Welcome Ada", "Hi ADA", "<h1>Shop</h1>", "card of Ada", "2 Bücher, Bye Ada");

      cli.run("workflow", "generate-types", "--output-file", "types.ts");
      assertThat(cli.files().get("types.ts")).contains("plan?: string");
      cli.run("workflow", "generate-types", "--output-file", "types.py");
      assertThat(cli.files().get("types.py")).contains("plan: Optional[str]");

      assertThat(cli.run("audience", "list")).contains("vips");
      cli.run("audience", "archive", "vips", "--environment", "development", "--force");
      assertThat(cli.run("audience", "list")).doesNotContain("vips");
    }
  }

  @Test
  void a_branch_is_made_pushed_to_and_merged(@TempDir Path folder) throws IOException {
    try (var carillon = new EngineOverHttp()) {
      var cli = KnockCli.in(folder, carillon.origin());
      cli.run("init");
      project(cli);
      cli.run("branch", "create", "greeting");
      assertThat(cli.run("branch", "list")).contains("greeting", "Never");
      cli.run("branch", "switch", "other", "--create", "--force");
      cli.run("branch", "switch", "greeting", "--force");
      cli.run("push", "--branch", "greeting");
      var pushed = cli.files();
      cli.run("pull", "--force", "--branch", "greeting");
      assertThat(cli.files()).isEqualTo(pushed);
      assertThat(cli.run("commit", "-m", "On it", "--force", "--branch", "greeting"))
          .contains("Successfully committed");
      assertThat(cli.run("commit", "list", "--branch", "greeting")).contains("On it", "welcome");
      carillon.identify("ada");
      cli.run("workflow", "run", "welcome", "--recipients", "ada", "--branch", "greeting");
      carillon.engine().settle();
      assertThat(carillon.engine().email().accepted()).hasSize(1);
      assertThat(served(carillon, InProcessEngine.ENVIRONMENT)).isFalse();
      assertThat(cli.run("branch", "merge", "greeting", "--force")).contains("merged all changes");
      assertThat(served(carillon, InProcessEngine.ENVIRONMENT)).isTrue();
      cli.run("branch", "delete", "other", "--force");
      assertThat(cli.run("branch", "list")).contains("Showing 0 branches");
      cli.run("branch", "exit");
      cli.run("pull", "--force");
      assertThat(cli.files().keySet()).isEqualTo(pushed.keySet());
      assertThat(cli.files().get(WORKFLOW + "workflow.json"))
          .isEqualTo(pushed.get(WORKFLOW + "workflow.json"));
    }
  }

  @Test
  void what_is_wrong_is_told_with_its_field(@TempDir Path folder) throws IOException {
    try (var carillon = new EngineOverHttp()) {
      var cli = KnockCli.in(folder, carillon.origin());
      cli.run("init");
      project(cli);
      cli.write(WORKFLOW + "feed_1/markdown_body.md", "{{ recipient.name | shout }}");
      assertThatThrownBy(() -> cli.run("workflow", "validate", "welcome"))
          .hasMessageContaining("steps[1].branches[0].steps[0].template.markdown_body")
          .hasMessageContaining("shout");
      assertThatThrownBy(() -> cli.run("workflow", "push", "welcome"))
          .hasMessageContaining("shout");
      assertThat(cli.run("workflow", "list")).contains("0 workflows");
    }
  }

  @Test
  void a_project_in_handlebars_is_pulled_and_pushed_unchanged(@TempDir Path folder)
      throws IOException {
    try (var carillon = new EngineOverHttp()) {
      var cli = KnockCli.in(folder, carillon.origin());
      carillon
          .engine()
          .workflow(
              "welcome",
              """
              {"name": "Welcome", "steps": [{"ref": "feed_1", "type": "channel",
                "channel_key": "feed", "channel_type": "in_app_feed",
                "template": {"markdown_body": "{{#if recipient.name}}Hi{{/if}}"}}]}
              """);
      cli.run("init");
      cli.run("pull", "--force");
      var pulled = cli.files();
      assertThat(pulled.get(WORKFLOW + "workflow.json"))
          .contains("{{#if recipient.name}}", "\"template_language\": \"handlebars\"");
      cli.run("push");
      cli.run("pull", "--force");
      assertThat(cli.files()).isEqualTo(pulled);
      assertThat(
              carillon
                  .engine()
                  .ports()
                  .contents()
                  .all(InProcessEngine.ENVIRONMENT, ContentType.WORKFLOW))
          .singleElement()
          .satisfies(head -> assertThat(head.id().key()).isEqualTo("welcome"));
    }
  }

  private static boolean served(EngineOverHttp carillon, EnvironmentId environment) {
    return carillon
        .engine()
        .ports()
        .workflows()
        .live(environment, new WorkflowKey("welcome"))
        .filter(Workflows.Live::active)
        .isPresent();
  }
}
