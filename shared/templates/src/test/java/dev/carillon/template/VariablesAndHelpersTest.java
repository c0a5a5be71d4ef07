package dev.carillon.template;

import static dev.carillon.template.GivenTemplates.NAME;
import static dev.carillon.template.GivenTemplates.content;
import static dev.carillon.template.GivenTemplates.failure;
import static dev.carillon.template.GivenTemplates.list;
import static dev.carillon.template.GivenTemplates.none;
import static dev.carillon.template.GivenTemplates.object;
import static dev.carillon.template.GivenTemplates.partials;
import static dev.carillon.template.GivenTemplates.ready;
import static dev.carillon.template.GivenTemplates.scope;
import static dev.carillon.template.GivenTemplates.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.template.engine.TemplateProblem;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class VariablesAndHelpersTest {

  @Test
  void a_text_shows_values_as_they_are() {
    assertThat(text("Hi {{recipient.name}}!", "recipient", object("name", NAME)))
        .isEqualTo("Hi " + NAME + "!");
  }

  @Test
  void json_escapes_values_for_its_strings() {
    var template = ready(none().json("body", "{\"name\":\"{{name}}\",\"n\":{{n}}}"));
    assertThat(content(template.render(scope("name", "a\"b\\c\nd\u0001", "n", 3))))
        .isEqualTo("{\"name\":\"a\\\"b\\\\c\\nd\\u0001\",\"n\":3}");
    assertThat(content(template.render(scope("name", NAME, "n", true))))
        .isEqualTo("{\"name\":\"O'Brien & \\\"Söhne\\\"\",\"n\":true}");
  }

  @Test
  void in_json_a_list_an_object_and_the_json_helper_are_written_as_json() {
    var template =
        ready(none().json("body", "[{{items}},{{data}},{{json name}},{{{json items}}}]"));
    assertThat(
            content(
                template.render(
                    scope("items", list(1, "a"), "data", object("k", null), "name", "x\"y"))))
        .isEqualTo("[[1,\"a\"],{\"k\":null},\"x\\\"y\",[1,\"a\"]]");
  }

  @Test
  void numbers_print_as_written() {
    assertThat(
            text(
                "{{a}} {{b}} {{c}} {{d}}",
                "a",
                new BigDecimal("1.0"),
                "b",
                new BigDecimal("1E+2"),
                "c",
                new BigDecimal("0.00000001"),
                "d",
                new BigDecimal("123456789012345678901234567890")))
        .isEqualTo("1.0 100 0.00000001 123456789012345678901234567890");
  }

  @Test
  void a_number_with_a_huge_exponent_is_not_written_out() {
    assertThat(text("{{n}}", "n", new BigDecimal("1E+999999999"))).isEqualTo("1E+999999999");
  }

  @Test
  void null_and_missing_are_empty_and_booleans_are_words() {
    assertThat(text("[{{a}}{{b}}{{c.d.e}}{{yes}}]", "a", null, "yes", true)).isEqualTo("[true]");
  }

  @Test
  void a_null_does_not_fall_through_to_the_same_name_further_out() {
    assertThat(
            text(
                "{{#with recipient}}[{{name}}]{{/with}}",
                "name",
                "outer",
                "recipient",
                object("name", null, "id", "u1")))
        .isEqualTo("[]");
  }

  @Test
  void lists_are_joined_and_objects_are_json() {
    assertThat(text("{{l}} {{o}}", "l", list("a", 2, true), "o", object("k", list(1))))
        .isEqualTo("a, 2, true {\"k\":[1]}");
  }

  @Test
  void each_knows_its_place_its_key_and_its_parent() {
    assertThat(
            text(
                "{{#each items}}{{@index}}{{#if @first}}F{{/if}}{{#if"
                    + " @last}}L{{/if}}:{{name}}/{{../who}}/{{@root.who}} {{/each}}",
                "items",
                list(object("name", "a"), object("name", "b")),
                "who",
                "w"))
        .isEqualTo("0F:a/w/w 1L:b/w/w ");
    assertThat(text("{{#each o}}{{@key}}={{this}};{{/each}}", "o", object("a", 1, "b", null)))
        .isEqualTo("a=1;b=;");
    assertThat(text("{{#each l as |x i|}}{{i}}{{x}} {{/each}}", "l", list("p", "q")))
        .isEqualTo("0p 1q ");
    assertThat(text("{{#each l}}x{{else}}none{{/each}}", "l", list())).isEqualTo("none");
  }

  @Test
  void a_section_is_each_with_or_if_by_what_it_names() {
    assertThat(text("{{#l}}{{.}}{{/l}}", "l", list(1, 2))).isEqualTo("12");
    assertThat(text("{{#o}}{{k}}{{/o}}", "o", object("k", "v"))).isEqualTo("v");
    assertThat(text("{{#b}}yes{{/b}}{{^b}}no{{/b}}", "b", false)).isEqualTo("no");
    assertThat(text("{{^missing}}none{{/missing}}")).isEqualTo("none");
  }

  @Test
  void if_takes_zero_nothing_and_emptiness_as_false() {
    String source = "{{#if v}}T{{else}}F{{/if}}";
    assertThat(text(source, "v", 0)).isEqualTo("F");
    assertThat(text(source, "v", "")).isEqualTo("F");
    assertThat(text(source, "v", null)).isEqualTo("F");
    assertThat(text(source, "v", list())).isEqualTo("F");
    assertThat(text(source, "v", false)).isEqualTo("F");
    assertThat(text(source, "v", "0")).isEqualTo("T");
    assertThat(text("{{#if a}}A{{else if b}}B{{else}}C{{/if}}", "b", 1)).isEqualTo("B");
    assertThat(text("{{#unless v}}U{{/unless}}", "v", null)).isEqualTo("U");
  }

  @Test
  void comparisons_work_inline_nested_and_as_blocks() {
    assertThat(text("{{eq a 3}} {{ne a 3}} {{gt a 2}} {{lte a 2}}", "a", new BigDecimal("3.0")))
        .isEqualTo("true false true false");
    assertThat(text("{{#if (and (gt n 1) (not off))}}many{{/if}}", "n", 2)).isEqualTo("many");
    assertThat(text("{{#eq kind \"x\"}}X{{else}}other{{/eq}}", "kind", "y")).isEqualTo("other");
    assertThat(text("{{or a b \"z\"}}", "a", "")).isEqualTo("z");
    assertThat(text("{{default name \"there\"}}")).isEqualTo("there");
  }

  @Test
  void lookup_reads_keys_and_positions() {
    assertThat(
            text("{{lookup o k}} {{lookup l 1}}", "o", object("a", 1), "k", "a", "l", list(1, 2)))
        .isEqualTo("1 2");
    assertThat(text("{{l.length}} {{length l}} {{l.[1]}}", "l", list("a", "b"))).isEqualTo("2 2 b");
  }

  @Test
  void text_helpers_change_texts() {
    assertThat(
            text(
                "{{upper t}}|{{lower t}}|{{titlecase t}}|{{truncate t 4}}|{{replace t \"o\""
                    + " \"0\"}}|{{concat t \"!\"}}|{{trim s}}",
                "t",
                "heLLo wörld",
                "s",
                " x "))
        .isEqualTo("HELLO WÖRLD|hello wörld|Hello Wörld|heL…|heLL0 wörld|heLLo wörld!|x");
    assertThat(text("{{join l \" + \"}}", "l", list("a", "b"))).isEqualTo("a + b");
    assertThat(text("{{n}} {{pluralize n \"file\" \"files\"}}", "n", 1)).isEqualTo("1 file");
    assertThat(text("{{pluralize n \"file\" \"files\"}}", "n", 0)).isEqualTo("files");
    assertThat(text("{{add n 1}} {{subtract n 1}}", "n", 5)).isEqualTo("6 4");
  }

  @Test
  void dates_are_written_in_the_zone_that_is_asked_for() {
    String at = "2026-01-05T23:30:00Z";
    assertThat(text("{{date at \"%-d %B %Y, %H:%M\" \"Europe/Berlin\"}}", "at", at))
        .isEqualTo("6 January 2026, 00:30");
    assertThat(text("{{date at format=\"yyyy-MM-dd HH:mm\" tz=\"America/New_York\"}}", "at", at))
        .isEqualTo("2026-01-05 18:30");
    assertThat(text("{{date at \"long\"}}", "at", at)).isEqualTo("January 5, 2026");
    assertThat(text("{{date at \"%d. %B\" \"UTC\" \"de\"}}", "at", at)).isEqualTo("05. Januar");
    assertThat(text("{{timezone at \"Asia/Tokyo\"}}", "at", at))
        .isEqualTo("2026-01-06T08:30:00+09:00");
    assertThat(text("{{date at \"%Y\"}}", "at", "not a date")).isEqualTo("not a date");
    assertThat(text("{{date at \"%Y\"}}", "at", null)).isEmpty();
  }

  @Test
  void a_zone_that_does_not_exist_is_a_problem() {
    var template = ready(none().text("text_body", "a\n {{date at \"%Y\" \"Mars/Olympus\"}}"));
    assertThat(failure(template.render(scope("at", "2026-01-05T00:00:00Z"))))
        .isEqualTo(new TemplateProblem("text_body", 2, 4, "a time zone is not known"));
  }

  @Test
  void numbers_and_currencies_follow_the_locale() {
    assertThat(text("{{number n}} {{number n \"de\"}}", "n", new BigDecimal("1234567.50")))
        .isEqualTo("1,234,567.50 1.234.567,50");
    assertThat(text("{{currency n}}", "n", new BigDecimal("1234.5"))).isEqualTo("$1,234.50");
    assertThat(text("{{currency n \"EUR\" \"de-DE\"}}", "n", 12)).isEqualTo("12,00\u00a0€");
    assertThat(text("{{currency n \"JPY\" \"ja-JP\"}}", "n", 1200)).contains("1,200");
  }

  @Test
  void a_helper_named_without_a_value_is_the_variable_of_that_name() {
    assertThat(
            text(
                "{{date}} {{currency}} {{number}} {{upper currency}}",
                "date",
                "d",
                "currency",
                "eur",
                "number",
                7))
        .isEqualTo("d eur 7 EUR");
  }

  @Test
  void set_gives_a_variable_to_what_follows() {
    assertThat(text("{{set \"a\" 1}}{{set b=\"x\"}}{{a}}{{b}}")).isEqualTo("1x");
  }

  @Test
  void partials_take_arguments_and_see_the_variables_around_them() {
    var templates = partials("card", "[{{title}} for {{recipient.name}}]");
    var template =
        ready(templates.text("text_body", "{{> card title=data.t}}{{> card title=\"lit\"}}"));
    assertThat(
            content(
                template.render(
                    scope("data", object("t", "T"), "recipient", object("name", "Ann")))))
        .isEqualTo("[T for Ann][lit for Ann]");
  }

  @Test
  void lines_that_hold_only_a_block_tag_leave_no_empty_line() {
    assertThat(text("a\n{{#if x}}\nb\n{{/if}}\nc", "x", 1)).isEqualTo("a\nb\nc");
  }

  @Test
  void comments_and_escaped_tags_are_not_read() {
    assertThat(text("{{!-- {{#if}} --}}{{! x }}\\{{name}} {{name}}", "name", "n"))
        .isEqualTo("{{name}} n");
  }

  @Test
  void a_line_refuses_control_characters() {
    var template = ready(none().line("to_address", " {{to}} "));
    assertThat(content(template.render(scope("to", "a@b.c")))).isEqualTo("a@b.c");
    assertThat(failure(template.render(scope("to", "a@b.c\r\nBcc: x@y.z"))).reason())
        .contains("control character");
  }
}
