package dev.carillon.template;

import static dev.carillon.template.GivenTemplates.content;
import static dev.carillon.template.GivenTemplates.failure;
import static dev.carillon.template.GivenTemplates.list;
import static dev.carillon.template.GivenTemplates.none;
import static dev.carillon.template.GivenTemplates.object;
import static dev.carillon.template.GivenTemplates.partials;
import static dev.carillon.template.GivenTemplates.ready;
import static dev.carillon.template.GivenTemplates.refusal;
import static dev.carillon.template.GivenTemplates.scope;
import static dev.carillon.template.GivenTemplates.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.template.render.TemplateProblem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTemplatesTest {

  /** What is repeated in a tag takes no place on the stack, whatever comes of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{o%s}} .k",
        "{{#if o%s}}x{{/if}} .k",
        "{{o%s}} [k]",
        "{{> p a=o%s}} .k",
        "{{upper o%s}} /k",
        "{{@root%s}} .k",
        "{{upper '%s'}} long",
        "{{upper s%s}} \"\"",
        "{{%ss}} ../",
        "<p style='color: red%s'>x</p> ,red"
      })
  void a_long_tag_or_style_is_compiled_or_refused(String given) {
    int blank = given.lastIndexOf(' ');
    String source = given.substring(0, blank);
    String many = given.substring(blank + 1).repeat(40_000);
    partials("p", "x")
        .email(
            Json.object()
                .with("subject", "x")
                .with("html_body", source.replace("%s", many))
                .with("settings", Json.object().with("layout_key", Json.NULL)));
  }

  @Test
  void no_template_reaches_a_method_or_a_class() {
    Object[] variables = {
      "recipient", object("name", "n"), "data", object("list", list(1), "k", "v"), "s", "text"
    };
    for (String source :
        List.of(
            "{{recipient.class}}",
            "{{recipient.getClass}}",
            "{{class}}",
            "{{class.name}}",
            "{{data.clear}}",
            "{{data.list.clear}}",
            "{{data.list.size}}",
            "{{data.entrySet}}",
            "{{data.hashCode}}",
            "{{s.bytes}}",
            "{{s.length}}",
            "{{s.toCharArray}}",
            "{{lookup recipient 'secret'}}",
            "{{lookup data 'class'}}",
            "{{lookup s 'bytes'}}",
            "{{#with recipient}}{{class}}{{getClass}}{{/with}}",
            "{{@root.class}}",
            "{{this.class}}",
            "{{@dev.carillon.template.handlebars.HandlebarsRun}}",
            "{{[dev.carillon.template.handlebars.HandlebarsRun]}}",
            "{{helperMissing}}{{i18n}}{{precompile}}{{embedded}}{{partial}}{{block}}{{include}}{{log}}")) {
      assertThat(text(source, variables)).as(source).isEmpty();
    }
    assertThat(text("{{data.clear}}{{data.k}}{{data.list}}", variables)).isEqualTo("v1");
  }

  @Test
  void helpers_that_come_with_the_library_are_unknown() {
    for (String name :
        List.of("i18n", "precompile", "embedded", "partial", "block", "include", "log", "i18nJs")) {
      assertThat(refusal(none(), "{{" + name + " \"x\"}}").reason())
          .isEqualTo("unknown helper '" + name + "'");
    }
  }

  @Test
  void an_unknown_helper_is_refused_with_its_place() {
    assertThat(refusal(none(), "one\ntwo {{shout name}}"))
        .isEqualTo(new TemplateProblem("text_body", 2, 5, "unknown helper 'shout'"));
    assertThat(refusal(none(), "{{#shout name}}x{{/shout}}").reason()).contains("shout");
    assertThat(refusal(none(), "{{upper (shout name)}}").reason()).contains("shout");
    assertThat(refusal(partials("card", "x"), "{{> card x=(shout 1)}}").reason()).contains("shout");
  }

  @Test
  void a_source_that_does_not_parse_is_refused_with_its_place() {
    assertThat(refusal(none(), "a\n{{#if x}}b\n{{#if y}}{{else if z}}{{/if}}").sentence())
        .isEqualTo("line 2, column 1: the block is never closed");
    assertThat(refusal(none(), "{{#if x}}b{{/each}}").line()).isEqualTo(1);
    assertThat(refusal(none(), "x {{name").sentence())
        .isEqualTo("line 1, column 3: the tag is never closed");
    assertThat(refusal(none(), "{{}}").reason()).isEqualTo("the tag is empty");
    assertThat(refusal(none(), "{{#if}}x{{/if}}").reason()).isEqualTo("'if' needs a value");
  }

  @Test
  void liquid_is_refused_by_name() {
    String tags = "tags in {% %} are Liquid, but templates here are Handlebars";
    String filters = "filters after | are Liquid, but templates here are Handlebars";
    assertThat(refusal(none(), "a\n b {% if x %}c{% endif %}"))
        .isEqualTo(new TemplateProblem("text_body", 2, 4, tags));
    assertThat(refusal(none(), "{%- assign a = \"b\" -%}").reason()).isEqualTo(tags);
    assertThat(refusal(none(), "a\n{{ total | pluralize: \"a\", \"b\" }}"))
        .isEqualTo(new TemplateProblem("text_body", 2, 1, filters));
    assertThat(refusal(none(), "{{data.x|upcase}}").reason()).isEqualTo(filters);
    assertThat(refusal(none(), "{{ \"a.b\" | t }}").reason()).isEqualTo(filters);
    assertThat(text("{{#each a as |b|}}{{b}}{{/each}} 5{% off, {%}", "a", List.of("c")))
        .isEqualTo("c 5{% off, {%}");
  }

  @Test
  void fifty_nested_blocks_are_allowed_and_one_more_is_refused() {
    assertThat(text("{{#if a}}".repeat(50) + "x" + "{{/if}}".repeat(50), "a", true)).isEqualTo("x");
    assertThat(refusal(none(), "{{#if a}}".repeat(51) + "{{/if}}".repeat(51)).sentence())
        .isEqualTo("line 1, column 451: blocks are nested more than 50 deep");
    assertThat(refusal(none(), "{{#a}}".repeat(20_000)).reason()).contains("nested");
    assertThat(refusal(none(), "{{^a}}".repeat(20_000)).reason()).contains("nested");
    assertThat(refusal(none(), "{{~#if a~}}".repeat(20_000)).reason()).contains("nested");
  }

  @Test
  void chained_elses_and_parentheses_count_as_nesting() {
    assertThat(refusal(none(), "{{#if a}}" + "{{else if a}}x".repeat(1_000) + "{{/if}}").reason())
        .contains("nested");
    assertThat(
            refusal(none(), "{{upper " + "(upper ".repeat(5_000) + "a" + ")".repeat(5_000) + "}}")
                .reason())
        .contains("nested");
  }

  @Test
  void braces_that_fool_the_source_check_do_not_kill_the_parser() {
    String deep = "{{#if a}}".repeat(5_000);
    for (String source :
        List.of(
            "\\" + deep,
            "{{! " + deep,
            "{{!-- " + deep,
            "{{{{x}}}}" + deep,
            "{{=<% %>=}}" + deep,
            "{{x \"" + deep)) {
      assertThat(none().text("t", source)).isNotNull();
    }
  }

  @Test
  void what_could_define_code_in_a_template_is_refused() {
    assertThat(refusal(none(), "{{=<% %>=}}").reason()).contains("delimiters");
    assertThat(refusal(none(), "{{* x}}").reason()).contains("decorators");
    assertThat(none().text("t", "{{#*inline \"a\"}}{{> a}}{{/inline}}").problems()).isNotEmpty();
    assertThat(partials("p", "x").text("t", "{{#> p}}x{{/p}}").problems()).isNotEmpty();
    assertThat(refusal(none(), "{{> (lookup data \"p\")}}").reason()).contains("by its key");
    assertThat(refusal(none(), "{{> ../../etc/passwd}}").reason()).contains("not the key");
    assertThat(refusal(none(), "{{> missing}}").reason()).isEqualTo("unknown partial 'missing'");
  }

  @Test
  void a_partial_that_includes_itself_is_refused() {
    var templates = partials("a", "x {{> a}}");
    assertThat(templates.problems())
        .containsExactly(
            new TemplateProblem("partials/a/content", 1, 3, "partial 'a' includes itself"));
    assertThat(refusal(templates, "{{> a}}").reason()).isEqualTo("partial 'a' includes itself");
  }

  @Test
  void partials_that_include_one_another_are_refused_and_the_others_serve() {
    var templates =
        partials(
            "a",
            "{{> b}}",
            "b",
            "{{#if x}}{{> c}}{{/if}}",
            "c",
            "{{> a}}",
            "d",
            "fine",
            "e",
            "{{> a}}");
    assertThat(templates.problems()).hasSize(4);
    assertThat(refusal(templates, "{{> b}}").reason()).contains("includes itself");
    assertThat(refusal(templates, "{{> e}}").reason())
        .contains("includes one that includes itself");
    assertThat(content(ready(templates.text("t", "{{> d}}")).render(scope()))).isEqualTo("fine");
  }

  @Test
  void many_partials_that_all_include_one_another_are_told_quickly() {
    String all =
        String.join(
            "", Stream.iterate(0, i -> i + 1).limit(60).map(i -> "{{> p" + i + "}}").toList());
    String[] sources = new String[120];
    for (int i = 0; i < 60; i++) {
      sources[2 * i] = "p" + i;
      sources[2 * i + 1] = all;
    }
    assertThat(partials(sources).problems()).isNotEmpty();
  }

  @Test
  void a_broken_partial_is_reported_once_and_refuses_who_names_it() {
    var templates = partials("bad", "{{#if x}}", "through", "{{> bad}}");
    assertThat(templates.problems())
        .extracting(TemplateProblem::field)
        .containsExactly("partials/bad/content", "partials/through/content");
    assertThat(refusal(templates, "{{> bad}}").reason()).contains("problem of its own");
    assertThat(refusal(templates, "{{> through}}").reason()).contains("problem of its own");
  }

  @Test
  void nesting_counts_through_partials() {
    var templates = partials("p", "{{#if a}}".repeat(30) + "{{/if}}".repeat(30));
    assertThat(
            refusal(templates, "{{#if a}}".repeat(30) + "{{> p}}" + "{{/if}}".repeat(30)).reason())
        .contains("nested more than 50");
  }

  @Test
  void nested_loops_end_as_a_problem() {
    String bomb = "{{#each l}}".repeat(12) + "x" + "{{/each}}".repeat(12);
    var template = ready(none().text("text_body", bomb));
    assertThat(failure(template.render(scope("l", Collections.nCopies(10, 1)))).reason())
        .isEqualTo("it takes more than 1000000 steps to render");
  }

  @Test
  void loops_that_write_nothing_end_as_a_problem_too() {
    String bomb =
        "{{#each l}}".repeat(3) + "{{missing}}{{> empty}}".repeat(500) + "{{/each}}".repeat(3);
    var template = ready(partials("empty", "").text("text_body", bomb));
    assertThat(failure(template.render(scope("l", Collections.nCopies(1_000, 1)))).reason())
        .contains("steps");
  }

  @Test
  void an_output_of_twenty_megabytes_ends_as_a_problem() {
    var template = ready(none().text("text_body", "{{#each l}}{{../big}}{{/each}}"));
    var rendered =
        template.render(scope("l", Collections.nCopies(20, 1), "big", "é".repeat(524_288)));
    assertThat(failure(rendered).reason()).isEqualTo("the output is larger than 1048576 bytes");
    assertThat(
            failure(ready(none().text("t", "{{big}}")).render(scope("big", "x".repeat(20_000_000))))
                .reason())
        .contains("larger");
  }

  @Test
  void texts_that_double_and_double_end_as_a_problem() {
    String source = "{{set a=\"0123456789\"}}" + "{{set a=(concat a a a a a a a a)}}".repeat(20);
    assertThat(failure(ready(none().text("t", source)).render(scope())).reason())
        .contains("larger");
    String replace = "{{replace (replace t \"a\" t) \"a\" t}}";
    assertThat(
            failure(ready(none().text("t", replace)).render(scope("t", "a".repeat(2_000))))
                .reason())
        .contains("larger");
  }

  @Test
  void a_source_of_a_megabyte_is_refused() {
    assertThat(refusal(none(), "x".repeat(1_000_000)).reason()).contains("longer than");
  }

  @Test
  void values_are_never_read_as_templates() {
    assertThat(text("{{a}}", "a", "{{b}} {{#if}}", "b", "secret")).isEqualTo("{{b}} {{#if}}");
  }

  @Test
  void deep_variables_do_not_overflow_the_stack() {
    Object deep = "x";
    for (int i = 0; i < 900; i++) {
      deep = list(deep);
    }
    assertThat(text("{{deep}}", "deep", deep)).contains("[[[");
  }

  @Test
  void one_template_serves_many_threads() {
    var templates = partials("card", "<{{t}}:{{#each l}}{{.}}{{/each}}>");
    var template =
        ready(templates.text("text_body", "{{#each l}}{{> card t=../n l=../l}}{{/each}}"));
    assertThat(
            IntStream.range(0, 2_000)
                .parallel()
                .allMatch(
                    i ->
                        content(template.render(scope("n", i, "l", list(1, 2))))
                            .equals("<" + i + ":12><" + i + ":12>")))
        .isTrue();
  }

  @Test
  void handing_lists_and_objects_to_partials_takes_steps_by_their_size() {
    var big = new LinkedHashMap<String, Object>();
    for (int i = 0; i < 10_000; i++) {
      big.put("k" + i, list(i));
    }
    var templates = partials("card", "x");
    for (String include : List.of("{{> card ../big}}", "<style>{{> card b=../big}}</style>")) {
      var template =
          ready(
              templates.email(
                  object(
                      "subject",
                      "s",
                      "html_body",
                      "{{#each l}}" + include + "{{/each}}",
                      "settings",
                      object("layout_key", null))));
      assertThat(
              failure(template.render(scope("l", Collections.nCopies(1_000, 1), "big", big)))
                  .reason())
          .contains("steps");
    }
  }

  @Test
  void comparing_lists_and_objects_takes_steps_by_their_size() {
    var big = Collections.nCopies(20_000, (Object) object("a", "x".repeat(20)));
    for (String helper : List.of("eq", "ne", "lt", "lte", "gt", "gte")) {
      var template =
          ready(
              none().text("text_body", "{{#each l}}{{#if (" + helper + " a b)}}{{/if}}{{/each}}"));
      assertThat(
              failure(
                      template.render(
                          scope("l", Collections.nCopies(1_000, 1), "a", big, "b", big)))
                  .reason())
          .as(helper)
          .contains("steps");
    }
  }

  @Test
  void whatever_reads_a_whole_value_takes_steps_by_its_size() {
    var big = Collections.nCopies(100_000, (Object) "");
    for (String tag :
        List.of(
            "{{a}}",
            "{{length (concat a)}}",
            "{{upper a}}",
            "{{join a \"\"}}",
            "{{date a}}",
            "{{date \"2026-01-01\" locale=a}}",
            "{{number 1 locale=a}}",
            "{{pluralize 2 \"x\" a}}",
            "{{replace a \"b\" \"c\"}}",
            "{{url_encode a}}",
            "{{#if (json a)}}{{/if}}",
            "{{#if (or (eq a 1) (lookup l a))}}{{/if}}")) {
      var template = ready(none().text("text_body", "{{#each l}}" + tag + "{{/each}}"));
      assertThat(
              failure(template.render(scope("l", Collections.nCopies(2_000, 1), "a", big)))
                  .reason())
          .as(tag)
          .matches(".*(steps|larger than).*");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "red; } @import url(https://e.test/x.css); p {",
        "url(https://e.test/x)",
        "URL (https://e.test/x)",
        "u\\72l(https://e.test/x)",
        "image-set(\"https://e.test/x\" 1x)",
        "expression(alert(1))",
        "red } b { color: blue",
        "red</style><script>alert(1)</script>",
        "red /* ",
        "@import 'https://e.test/x'",
        "javascript:alert(1)",
        "src('https://e.test')",
      })
  void a_value_in_a_style_brings_nothing_but_a_value(String value) {
    for (String html :
        List.of(
            "<style>p { color: {{v}}; }</style><p>x</p>",
            "<style>p:hover { color: {{v}}; }</style><p>x</p>",
            "<STYLE type=\"text/css\">p:hover { color: {{upper v}}; }</STYLE><p>x</p>",
            "<p style=\"color: {{v}}\">x</p>",
            "<p style='color: {{lower v}}'>x</p>",
            "<p style={{v}}>x</p>",
            "<p\n style = \"margin: 0; color:{{v}}\">x</p>")) {
      String out = GivenTemplates.bare(html, "v", value).html().toLowerCase(java.util.Locale.ROOT);
      assertThat(out).as(html).doesNotContain("e.test", "alert", "blue", "import", "/*", "url");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#ff0000",
        "rgba(1, 2, 3, 0.5)",
        "12px",
        "50%",
        "calc(1px + 2em)",
        "solid",
        "-1px",
        "linear-gradient(red, blue)",
        "Arial, 'Segoe UI'"
      })
  void a_value_in_a_style_is_a_value(String value) {
    assertThat(
            GivenTemplates.bare(
                    "<style>p:hover { k: {{v}} }</style><p style=\"k: {{v}}\">x</p>", "v", value)
                .html())
        .contains("p:hover { k: " + value, "style=\"k: " + value);
  }
}
