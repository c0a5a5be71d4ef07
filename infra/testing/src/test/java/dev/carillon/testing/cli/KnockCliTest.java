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
import java.util.List;
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
    try (var carillon = new EngineOverHttp();
        var cli = KnockCli.in(folder, carillon.origin())) {
      cli.init();
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

      cli.all("workflow activate welcome --environment development --status false --force");
      assertThatThrownBy(() -> cli.run("workflow", "run", "welcome", "--recipients", "ada"))
          .hasMessageContaining("not active");
      cli.all("workflow activate welcome --environment development --status true --force");
      carillon.identify("ada");
      cli.run("workflow", "run", "welcome", "--recipients", "ada", "--data", "{\"plan\":\"pro\"}");
      carillon.engine().advance(Duration.ofMinutes(1));
      assertThat(carillon.engine().email().accepted()).hasSize(1);
      String mail = carillon.engine().email().accepted().getFirst().content().toString();
      assertThat(mail)
          .contains("Welcome Ada", "Hi ADA", "<h1>Shop</h1>", "card of Ada", "2 Bücher, Bye Ada");

      cli.run("workflow", "generate-types", "--output-file", "types.ts");
      assertThat(cli.files().get("types.ts")).contains("plan?: string");
      cli.all(
          "workflow generate-types --output-file types.py",
          "workflow generate-types --output-file types.go",
          "workflow generate-types --output-file types.rb");
      assertThat(cli.files().get("types.py")).contains("plan: Optional[str]");
      assertThat(cli.files().get("types.go")).contains("Plan *string");
      assertThat(cli.files().get("types.rb")).contains("plan");

      assertThat(cli.run("audience", "list")).contains("vips");
      cli.run("audience", "archive", "vips", "--environment", "development", "--force");
      assertThat(cli.run("audience", "list")).doesNotContain("vips");
    }
  }

  @Test
  void a_branch_is_made_pushed_to_and_merged(@TempDir Path folder) throws IOException {
    try (var carillon = new EngineOverHttp();
        var cli = KnockCli.in(folder, carillon.origin())) {
      cli.initialised();
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
  void every_command_of_each_resource_finds_what_it_needs(@TempDir Path folder) throws IOException {
    try (var carillon = new EngineOverHttp();
        var cli = KnockCli.configured(folder, carillon.origin())) {
      cli.initialised();
      cli.all(
          "workflow new --name W --key w --steps email,in-app-feed,delay,fetch --force --push",
          "layout new --name L --key l --force --push",
          "partial new --name P --key p --type html --force --push",
          "partial new --name M --key m --type markdown --force --push",
          "partial new --name J --key j --type json --force --push",
          "partial new --name T --key t --type text --force --push",
          "message-type new --name N --key n --force --push",
          "audience new --name A --key a --type dynamic --force --push",
          "audience new --name S --key s --type static --force --push");
      cli.write(".knock/translations/en/en.json", "{\n  \"a\": {\n    \"b\": \"C\"\n  }\n}\n");
      assertThat(cli.all("whoami", "environment list", "channel list", "guide list"))
          .contains("Account name: Carillon", "production", "in_app_feed", "0 guides");
      for (String one :
          List.of("workflow w", "layout l", "partial p", "message-type n", "audience a")) {
        String type = one.substring(0, one.indexOf(' '));
        assertThat(
                cli.all(
                    type + " list",
                    type + " get " + one.substring(one.indexOf(' ') + 1),
                    type + " validate --all",
                    type + " push --all",
                    type + " pull --all --force"))
            .contains("validated", "pushed", "updated");
        assertThatThrownBy(() -> cli.all(type + " get nowhere"))
            .hasMessageContaining("does not exist");
      }
      var pulled = cli.files();
      cli.all(
          "translation validate --all",
          "translation push --all",
          "pull --force",
          "push",
          "pull --force");
      assertThat(cli.files()).isEqualTo(pulled);

      // The other format of texts, there and back.
      cli.all("translation pull --all --force --format po");
      var gettext = cli.files();
      assertThat(gettext.get(".knock/translations/en/en.po")).contains("msgid \"a.b\"");
      cli.all("translation push --all", "translation pull --all --force --format po");
      assertThat(cli.files()).isEqualTo(gettext);
      assertThat(cli.all("translation list", "translation get en")).contains("English", "C");

      cli.run("commit", "-m", "One by one", "--force");
      String id = carillon.newestCommit("email_layout");
      assertThat(cli.all("commit get " + id, "commit promote --only " + id + " --force"))
          .contains("One by one", "production");
      assertThat(cli.all("commit list --promoted"))
          .contains("email_layout")
          .doesNotContain("partial");
      assertThat(cli.all("layout list --environment production"))
          .contains("Showing 1 email layouts");
      assertThat(cli.all("workflow list --environment production")).contains("Showing 0 workflows");

      cli.all("branch create try", "branch switch try --force");
      cli.write(".knock/partials/p/content.html", "<i>tried</i>");
      assertThat(
              cli.all(
                  "partial push p --commit --branch try",
                  "partial get p --branch try",
                  "branch exit"))
          .contains("`try` branch", "tried");
      assertThat(cli.all("partial get p")).doesNotContain("tried");
      cli.all("branch merge try --delete --force");
      assertThat(cli.all("branch list", "partial get p")).contains("0 branches", "tried");
      assertThatThrownBy(() -> cli.all("branch merge try --force"))
          .hasMessageContaining("no branch");

      cli.all("audience archive a --environment development --force", "pull --force");
      assertThat(cli.files().keySet())
          .contains(".knock/audiences/s/audience.json")
          .doesNotContain(".knock/audiences/a/audience.json");
    }
  }

  @Test
  void what_is_wrong_is_told_with_its_field(@TempDir Path folder) throws IOException {
    try (var carillon = new EngineOverHttp();
        var cli = KnockCli.in(folder, carillon.origin())) {
      cli.initialised();
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
    try (var carillon = new EngineOverHttp();
        var cli = KnockCli.in(folder, carillon.origin())) {
      carillon
          .engine()
          .workflow(
              "welcome",
              """
              {"name": "Welcome", "steps": [{"ref": "feed_1", "type": "channel",
                "channel_key": "feed", "channel_type": "in_app_feed",
                "template": {"markdown_body": "{{#if recipient.name}}Hi{{/if}}"}}]}
              """);
      cli.initialised();
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
