package dev.carillon.functions.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.project.Finding;
import dev.carillon.project.ProjectDocument;
import dev.carillon.project.ProjectFiles;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PushTest {
  private static final String WORKFLOW =
      """
      {"name": "Hello", "steps": [{"type": "channel", "ref": "email_1", "channel_type": "email",
       "channel_key": "email", "template": {"subject": "%s", "html_body@": "email_1/body.html"}}]}
      """;

  private final Bench bench = new Bench();

  @Test
  void directories_that_nothing_reads_are_named() {
    var answer =
        bench.push(
            Map.of(
                "README.md", "x",
                ".github/a.yml", "x",
                "translations/en.json", "{}",
                "guides/banner/guide.json", "{}",
                "layouts/default/layout.json", "{}",
                "partials/cta/partial.json", "{}"));
    assertThat(answer.list("ignored"))
        .containsExactly(Json.of("guides/"), Json.of("translations/"));
  }

  @Test
  void an_environment_that_was_never_seeded_takes_nothing() {
    var answer =
        bench.ask(
            "{\"action\": \"push\", \"environment\": \"prodution\", \"files\": {\"variables.json\":"
                + " \"{}\"}}");
    assertThat(answer.object("error").text("code")).contains("resource_missing");
    assertThat(answer.object("error").text("field")).contains("environment");
    assertThat(bench.variables.values(new EnvironmentId("prodution")).open().fields()).isEmpty();
  }

  @Test
  void a_workflow_serves_with_its_files_read_in() {
    var answer = bench.push(hello("Hi"));

    assertThat(Bench.refused(answer)).isEmpty();
    assertThat(Bench.accepted(answer)).containsExactly("hello");
    assertThat(template("hello").text("html_body")).contains("<p>Hello</p>");
    assertThat(template("hello").get("html_body@")).isEmpty();
  }

  @Test
  void a_directory_of_workflows_without_a_project_around_it_will_do() {
    var files = new HashMap<String, String>();
    hello("Hi").forEach((path, text) -> files.put(path.substring("workflows/".length()), text));
    files.put("variables.json", "{\"a\": {\"type\": \"public\", \"value\": \"1\"}}");
    var answer = bench.push(files);

    assertThat(Bench.accepted(answer)).containsExactly("hello");
    assertThat(bench.variables.open(Bench.LOCAL).get("a")).contains(Json.of(1));
  }

  @Test
  void equal_content_is_the_same_version_and_a_change_is_a_new_one() {
    var first = version(bench.push(hello("Hi")));
    var again = bench.push(hello("Hi"));
    var changed = bench.push(hello("Hello"));

    assertThat(version(again)).isEqualTo(first);
    assertThat(changed(again)).isEqualTo(Json.FALSE);
    assertThat(version(changed)).isNotEqualTo(first);
    assertThat(changed(changed)).isEqualTo(Json.TRUE);
    assertThat(serving("hello").version().toString()).isEqualTo(version(changed));
  }

  @Test
  void a_push_to_an_archived_workflow_is_refused_while_the_others_serve() {
    var first = version(bench.push(hello("Hi")));
    bench.workflows.archive(Bench.LOCAL, new WorkflowKey("hello"));
    for (String subject : List.of("Hi", "Hello")) {
      var files = hello(subject);
      files.putAll(other());
      var answer = bench.push(files);
      assertThat(Bench.accepted(answer)).containsExactly("other");
      assertThat(Bench.refused(answer).toString())
          .contains("hello | workflows/hello/workflow.json", "archived");
    }
    assertThat(bench.workflows.live(Bench.LOCAL, new WorkflowKey("hello")).orElseThrow().version())
        .hasToString(first);
  }

  @Test
  void a_broken_workflow_is_reported_while_its_old_version_and_the_others_serve() {
    var first = version(bench.push(hello("Hi")));
    var files = hello("Hello");
    files.put(
        "workflows/hello/workflow.json",
        """
        {"name": "Hello", "steps": [
          {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email",
           "template": {"subject": "Hi", "html_body": "Hi"}},
          {"type": "teleport", "ref": "teleport_1"}]}
        """);
    files.putAll(other());
    var answer = bench.push(files);

    assertThat(Bench.accepted(answer)).containsExactly("other");
    assertThat(Bench.refused(answer))
        .containsExactly(
            "hello | workflows/hello/workflow.json | teleport_1 | type: Steps of type"
                + " \"teleport\" are not supported yet.");
    assertThat(serving("hello").version().toString()).isEqualTo(first);
  }

  @Test
  void all_that_is_wrong_is_reported_at_once_but_nothing_that_only_follows() {
    var email =
        """
        {"type": "channel", "ref": "%s", "channel_type": "email", "channel_key": "email",
         "template": {%s}}
        """;
    var answer =
        bench.push(
            Map.of(
                "workflows/hello/workflow.json",
                "{\"name\": 5, \"trigger_data_json_schema\": {\"type\": \"text\"}, \"steps\": ["
                    + String.join(
                        ",",
                        email.formatted("a", "\"subject\": \"{{x\", \"html_body@\": \"no.html\""),
                        "{\"type\": \"delay\", \"ref\": \"b\", \"settings\": []}",
                        "{\"type\": \"branch\", \"ref\": \"c\", \"branches\": [{\"steps\": ["
                            + email.formatted("d", "\"subject\": \"{{x\", \"html_body\": \"y\"")
                            + "]}]}")
                    + "]}"));

    assertThat(Bench.refused(answer))
        .extracting(line -> line.split(" \\| ", 3)[2])
        .satisfiesExactly(
            line -> assertThat(line).startsWith("a | \"html_body@\": there is no file"),
            line -> assertThat(line).isEqualTo("- | name: This must be a text."),
            line -> assertThat(line).isEqualTo("b | settings: This must be an object."),
            line -> assertThat(line).startsWith("d | template.subject: line 1, column 1: "),
            line -> assertThat(line).startsWith("- | trigger_data_json_schema.type: "));
  }

  @Test
  void a_byte_order_mark_is_no_part_of_a_file() {
    var files = hello("Hi");
    files.replaceAll((_, text) -> "\uFEFF" + text);

    assertThat(Bench.refused(bench.push(files))).isEmpty();
    assertThat(template("hello").text("html_body")).contains("<p>Hello</p>");
  }

  @Test
  void a_file_of_blocks_that_is_not_json_is_reported_with_its_step() {
    var files = hello("Hi");
    files.computeIfPresent(
        "workflows/hello/workflow.json", (_, text) -> text.replace("html_body", "visual_blocks"));

    assertThat(Bench.refused(bench.push(files)))
        .singleElement()
        .asString()
        .startsWith("hello | workflows/hello/email_1/body.html | email_1 | ")
        .contains("line 1");
  }

  @Test
  void a_problem_of_a_layout_or_partial_is_reported_with_its_field() {
    assertThat(
            Bench.refused(
                bench.push(
                    Map.of(
                        "layouts/a/layout.json",
                        "{}",
                        "partials/b/partial.json",
                        "{\"type\": \"html\", \"content\": \"{{x\"}"))))
        .containsExactlyInAnyOrder(
            "- | layouts/a/layout.json | - | html_layout: it is missing",
            "- | partials/b/partial.json | - | content: line 1, column 1: the tag is never closed");
  }

  @Test
  void a_file_that_is_not_json_is_reported_with_its_place() {
    var files = other();
    files.put("workflows/hello/workflow.json", "{\n  \"name\": \"Hello\",,\n}");
    var answer = bench.push(files);

    assertThat(Bench.accepted(answer)).containsExactly("other");
    assertThat(Bench.refused(answer))
        .singleElement()
        .asString()
        .startsWith("hello | workflows/hello/workflow.json | - | ")
        .contains("line 2");
  }

  @Test
  void a_missing_file_is_reported_with_the_step_that_names_it() {
    var files = hello("Hi");
    files.remove("workflows/hello/email_1/body.html");

    assertThat(Bench.refused(bench.push(files)))
        .containsExactly(
            "hello | workflows/hello/workflow.json | email_1 | \"html_body@\": there is no file"
                + " workflows/hello/email_1/body.html.");
  }

  @Test
  void a_path_may_not_leave_the_directory_of_its_workflow() {
    for (var path :
        new String[] {"../other/workflow.json", "/etc/passwd", "a/../../other/x", "..\\\\x"}) {
      var files = hello("Hi");
      files.putAll(other());
      files.computeIfPresent(
          "workflows/hello/workflow.json", (_, text) -> text.replace("email_1/body.html", path));

      assertThat(Bench.refused(bench.push(files)))
          .as(path)
          .singleElement()
          .asString()
          .startsWith("hello | workflows/hello/workflow.json | email_1 | \"html_body@\": ")
          .endsWith(" leaves the directory workflows/hello/.");
    }
  }

  @Test
  void files_are_read_in_over_two_levels_relative_to_the_file_that_names_them() {
    var files = hello("Hi");
    files.put(
        "workflows/hello/workflow.json",
        WORKFLOW.replace(
            "html_body@\": \"email_1/body.html", "visual_blocks@\": \"email_1/b.json"));
    files.put(
        "workflows/hello/email_1/b.json",
        "[{\"type\": \"markdown\", \"content@\": \"blocks/1.md\"}]");
    files.put("workflows/hello/email_1/blocks/1.md", "# One");
    var document = document(files);

    assertThat(document.findings()).isEmpty();
    var step = (Json.Obj) document.json().list("steps").getFirst();
    var block = (Json.Obj) step.object("template").list("visual_blocks").getFirst();
    assertThat(block.text("content")).contains("# One");
    assertThat(document.fileOf("steps[0].template.visual_blocks[0].content"))
        .isEqualTo("workflows/hello/email_1/blocks/1.md");
    assertThat(document.fileOf("steps[0].template.visual_blocks[0].type"))
        .isEqualTo("workflows/hello/email_1/b.json");
    assertThat(document.fileOf("steps[0].template.subject"))
        .isEqualTo("workflows/hello/workflow.json");
  }

  @Test
  void a_third_level_is_refused() {
    var files = hello("Hi");
    files.put(
        "workflows/hello/workflow.json",
        WORKFLOW.replace("html_body@\": \"email_1/body.html", "visual_blocks@\": \"b.json"));
    files.put("workflows/hello/b.json", "[{\"visual_blocks@\": \"c.json\"}]");
    files.put("workflows/hello/c.json", "[{\"content@\": \"workflow.json\"}]");

    assertThat(document(files).findings())
        .extracting(Finding::file, Finding::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "workflows/hello/c.json",
                "\"content@\": files can be read in over two levels, not three."));
  }

  @Test
  void a_field_and_its_file_exclude_each_other() {
    var files = hello("Hi");
    files.computeIfPresent(
        "workflows/hello/workflow.json",
        (_, text) -> text.replace("\"html_body@\"", "\"html_body\": \"\", \"html_body@\""));

    assertThat(Bench.refused(bench.push(files)))
        .singleElement()
        .asString()
        .endsWith("| email_1 | \"html_body\" and \"html_body@\" are both given.");
  }

  @Test
  void a_name_that_cannot_be_a_key_is_reported() {
    assertThat(Bench.refused(bench.push(Map.of("workflows/Hello World/workflow.json", "{}"))))
        .containsExactly(
            "Hello World | workflows/Hello World/workflow.json | - | The name of the directory must"
                + " be 1 to 255 of a-z 0-9 _ -.");
  }

  @Test
  void paths_outside_the_project_are_no_request() {
    for (var path : new String[] {"/etc/passwd", "../x", "a//b", "a/./b", "", "a\\b"}) {
      var answer = bench.push(Map.of(path, ""));

      assertThat(Bench.error(answer, "code")).as(path).isEqualTo("invalid_params");
      assertThat(Bench.error(answer, "field")).as(path).isEqualTo("files." + path);
    }
  }

  @Test
  void layouts_and_partials_are_added_and_kept_when_a_push_has_none() {
    var answer =
        bench.push(
            Map.of(
                "layouts/default/layout.json",
                "{\"name\": \"Default\", \"html_layout@\": \"l.html\"}",
                "layouts/default/l.html",
                "<body>{{{ content }}}</body>",
                "partials/card/partial.json",
                "{\"type\": \"html\", \"content@\": \"content.html\"}",
                "partials/card/content.html",
                "<p>{{title}}</p>"));
    bench.push(hello("Hi"));

    assertThat(Bench.refused(answer)).isEmpty();
    assertThat(answer.list("layouts")).containsExactly(Json.of("default"));
    assertThat(answer.list("partials")).containsExactly(Json.of("card"));
    var library = bench.assets.current(Bench.LOCAL);
    assertThat(library.layouts().object("default").text("html_layout"))
        .contains("<body>{{{ content }}}</body>");
    assertThat(library.partials().object("card"))
        .isEqualTo(Json.object().with("type", "html").with("content", "<p>{{title}}</p>"));
  }

  @Test
  void a_schema_of_trigger_data_that_makes_no_sense_is_refused_with_its_field() {
    var files = hello("Hi");
    files.computeIfPresent(
        "workflows/hello/workflow.json",
        (_, text) ->
            text.replace(
                "{\"name\": \"Hello\",",
                "{\"name\": \"Hello\", \"trigger_data_json_schema@\": \"schema.json\","));
    files.put("workflows/hello/schema.json", "{\"properties\": {\"a\": {\"minLength\": \"x\"}}}");
    assertThat(Bench.refused(bench.push(files)))
        .containsExactly(
            "hello | workflows/hello/schema.json | - |"
                + " trigger_data_json_schema.properties.a.minLength: string found, integer"
                + " expected");

    files.put("workflows/hello/schema.json", "{\"$ref\": \"https://example.com/schema.json\"}");
    assertThat(Bench.refused(bench.push(files)))
        .singleElement()
        .asString()
        .startsWith("hello | workflows/hello/schema.json | - | trigger_data_json_schema: cannot");

    files.put("workflows/hello/schema.json", "{\"required\": [\"a\"]}");
    assertThat(Bench.refused(bench.push(files))).isEmpty();
    assertThat(serving("hello").dataSchema()).isPresent();
  }

  static Map<String, String> hello(String subject) {
    var files = new HashMap<String, String>();
    files.put("workflows/hello/workflow.json", WORKFLOW.formatted(subject));
    files.put("workflows/hello/email_1/body.html", "<p>Hello</p>");
    return files;
  }

  static Map<String, String> other() {
    var files = new HashMap<String, String>();
    files.put("workflows/other/workflow.json", WORKFLOW.formatted("Other"));
    files.put("workflows/other/email_1/body.html", "<p>Other</p>");
    return files;
  }

  private static ProjectDocument document(Map<String, String> files) {
    var project = new ProjectFiles(new java.util.TreeMap<>(files));
    return ProjectDocument.read(project, project.workflows().getFirst());
  }

  private Workflow serving(String key) {
    var workflow = new WorkflowKey(key);
    var live = bench.workflows.live(Bench.LOCAL, workflow).orElseThrow();
    return bench.workflows.version(Bench.LOCAL, workflow, live.version()).orElseThrow();
  }

  private Json.Obj template(String key) {
    return ((Json.Obj) serving(key).source().list("steps").getFirst()).object("template");
  }

  private static String version(Json.Obj answer) {
    return ((Json.Obj) answer.list("accepted").getFirst()).text("version").orElseThrow();
  }

  private static Json changed(Json.Obj answer) {
    return ((Json.Obj) answer.list("accepted").getFirst()).get("changed").orElseThrow();
  }
}
