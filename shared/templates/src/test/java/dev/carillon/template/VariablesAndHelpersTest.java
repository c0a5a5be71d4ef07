package dev.carillon.template;

import static dev.carillon.template.GivenTemplates.NAME;
import static dev.carillon.template.GivenTemplates.content;
import static dev.carillon.template.GivenTemplates.failure;
import static dev.carillon.template.GivenTemplates.list;
import static dev.carillon.template.GivenTemplates.none;
import static dev.carillon.template.GivenTemplates.object;
import static dev.carillon.template.GivenTemplates.ready;
import static dev.carillon.template.GivenTemplates.refusal;
import static dev.carillon.template.GivenTemplates.scope;
import static dev.carillon.template.GivenTemplates.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.run.NamesIgnored;
import dev.carillon.template.render.Rendered;
import dev.carillon.template.render.TemplateProblem;
import dev.carillon.template.render.TemplateScope;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{date at \"%Y\" \"Mars/Olympus\"}}",
        "{{date at \"%Y\" tz='Mars/Olympus'}}",
        "{{date at tz=\"Mars/Olympus\"}}",
        "{{timezone at \"Mars/Olympus\"}}",
        "{{timezone at tz=\"Mars/Olympus\"}}",
        "{{#if (timezone at \"Mars/Olympus\")}}x{{/if}}",
        "{{add 1 (date at \"%Y\" \"Mars/Olympus\")}}"
      })
  void a_zone_that_is_written_in_the_template_and_does_not_exist_is_refused(String source) {
    assertThat(refusal(none(), "a\n " + source))
        .isEqualTo(new TemplateProblem("text_body", 2, 2, "'Mars/Olympus' is not a time zone"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{date at \"%H:%M\" zone}}", "{{date (timezone at zone) \"%H:%M\"}}"})
  void a_zone_from_data_that_does_not_exist_gives_way_to_the_usual_one_and_is_noted(String source) {
    var scope =
        TemplateScope.of(
            object("at", "2026-01-05T00:30:00Z", "zone", "Mars/Olympus"), ZoneId.of("Asia/Tokyo"));
    assertThat(ready(none().text("text_body", source)).render(scope))
        .isEqualTo(
            new Rendered.Content<>("09:30", new NamesIgnored(List.of("Mars/Olympus"), List.of())));
  }

  @Test
  void zones_that_java_leaves_out_are_known_here_as_everywhere() {
    assertThat(text("{{date at \"%H\" zone}}", "at", "2026-07-05T12:00:00Z", "zone", "EST"))
        .isEqualTo("07");
    assertThat(text("{{date at \"%H\" zone}}", "at", "2026-07-05T12:00:00Z", "zone", ""))
        .isEqualTo("12");
  }

  @Test
  void numbers_and_currencies_follow_the_locale() {
    assertThat(text("{{number n}} {{number n \"de\"}}", "n", new BigDecimal("1234567.50")))
        .isEqualTo("1,234,567.50 1.234.567,50");
    assertThat(text("{{currency n}}", "n", new BigDecimal("1234.5"))).isEqualTo("$1,234.50");
    assertThat(text("{{currency n \"EUR\" \"de-DE\"}}", "n", 12)).isEqualTo("12,00\u00a0€");
    assertThat(text("{{currency n data \"en-US\"}}", "n", 12, "data", "DOGE"))
        .isEqualTo("12.00\u00a0DOGE");
    assertThat(
            text(
                "{{currency n data \"de-DE\"}}",
                "n",
                new BigDecimal("1234.5"),
                "data",
                "Euro\nand more of it"))
        .isEqualTo("1.234,50\u00a0Euro and more of");
    assertThat(text("{{currency n \"JPY\" \"ja-JP\"}}", "n", 1200)).contains("1,200");
  }

  @Test
  void a_currency_that_nobody_knows_is_noted() {
    var template =
        ready(none().text("text_body", "{{currency 1 c}}{{currency 2 c}}{{currency 3 \"EUR\"}}"));
    assertThat(((Rendered.Content<String>) template.render(scope("c", "DOGE"))).ignored())
        .isEqualTo(new NamesIgnored(List.of(), List.of("DOGE")));
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-01-05T23:30:00+0530     | %F %T %z     | 2026-01-05 23:30:00 +0530
          2026-01-05T23:30:00+05:30    | %:z          | +05:30
          2026-01-05T23:30:00+05       | %z           | +0500
          2026-01-05 23:30:00 +0530    | %T %z        | 23:30:00 +0530
          2026-01-05 23:30             | %R           | 23:30
          2026-01-05T23:30:00.123z     | %T.%L        | 23:30:00.123
          2026-01-05t23:30:00Z         | %T           | 23:30:00
          2026-01-05T23:30:00Z[UTC]    | %T           | 23:30:00
          2026-01-05T03:04:09Z         | %P %p        | am AM
          2026-01-05T15:04:09Z         | %P %p %I %l  | pm PM 03  3
          2026-01-05T15:04:09Z         | %u %w        | 1 1
          2026-01-04T15:04:09Z         | %u %w        | 7 0
          2006-01-05T15:04:09Z         | %y %-y %C    | 06 6 20
          2026-01-05T15:04:09Z         | %e,%-e,%_d,%k | ' 5,5, 5,15'
          2026-01-05T15:04:09Z         | %j %-j %G-%V | 005 5 2026-02
          2026-01-05T15:04:09Z         | %^a %^B      | MON JANUARY
          2026-01-05T15:04:09Z         | %Z           | UTC
          2026-01-05T15:04:09+02:00    | %Z           | +02:00
          2026-01-05T15:04:09Z         | %s %D %r     | 1767625449 01/05/26 03:04:09 PM
          2026-01-05T15:04:09Z         | %c           | Mon Jan  5 15:04:09 2026
          2026-01-05T15:04:09Z         | 100%% it's [%d] | 100% it's [05]
          2026-11-30                   | yyyy-MM-dd   | 2026-11-30
          """,
      quoteCharacter = '\'')
  void dates_are_read_and_written_as_everywhere_else(String at, String format, String written) {
    assertThat(text("{{date at f}}", "at", at, "f", format)).isEqualTo(written);
  }

  @Test
  void a_zone_is_abbreviated_as_its_season_has_it() {
    assertThat(text("{{date at \"%Z\" \"Europe/Berlin\"}}", "at", "2026-01-05T00:00:00Z"))
        .isEqualTo("CET");
    assertThat(text("{{date at \"%Z\" \"Europe/Berlin\"}}", "at", "2026-07-05T00:00:00Z"))
        .isEqualTo("CEST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pacific/Kiritimati", "America/Los_Angeles", "UTC", "Asia/Kolkata"})
  void a_date_without_a_time_is_that_date_in_every_zone(String zone) {
    assertThat(text("{{date at \"%F\" zone}}", "at", "2026-11-30", "zone", zone))
        .isEqualTo("2026-11-30");
    assertThat(text("{{timezone at zone}}", "at", "2026-11-30", "zone", zone))
        .startsWith("2026-11-30T00:00:00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {{date at "%Q"}}                        | 'date' does not know %Q
          {{date at format="%Y %!"}}              | 'date' does not know %!
          {{upper (date at "%f")}}                | 'date' does not know %f
          {{#if (eq (date at '%Y %i') "x")}}{{/if}} | 'date' does not know %i
          {{date at "YYYY-MM-DD"}}                | 'date' reads Y as the year of a week and D as the day of a year; write yyyy-MM-dd or %Y-%m-%d
          {{date at "DD.MM.yyyy" "UTC"}}          | 'date' reads Y as the year of a week and D as the day of a year; write yyyy-MM-dd or %Y-%m-%d
          {{date at "relative"}}                  | 'date' cannot use this format
          """,
      quoteCharacter = '`')
  void a_format_that_cannot_work_is_refused_when_it_is_loaded(String source, String reason) {
    assertThat(GivenTemplates.refusal(none(), source).reason()).isEqualTo(reason);
  }

  @Test
  void a_format_that_comes_in_a_variable_is_refused_when_it_is_used() {
    var template = ready(none().text("text_body", "{{date at f}}"));
    assertThat(failure(template.render(scope("at", "2026-01-05", "f", "YYYY"))).reason())
        .startsWith("'date' reads Y");
    assertThat(failure(template.render(scope("at", "2026-01-05", "f", "%Q"))).reason())
        .isEqualTo("'date' does not know %Q");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1234567     | en-IN | 12,34,567
          123         | en-IN | 123
          1234        | hi    | 1,234
          -1234567.50 | en-IN | -12,34,567.50
          100000      | ta-IN | 1,00,000
          1234567     | en-US | 1,234,567
          1234567     | ta-SG | 1,234,567
          1234567     | de-CH | 1’234’567
          1234567     | de    | 1.234.567
          """)
  void digits_are_grouped_as_the_locale_has_it(BigDecimal n, String locale, String written) {
    assertThat(text("{{number n l}}", "n", n, "l", locale)).isEqualTo(written);
  }

  @Test
  void money_is_grouped_as_the_locale_has_it() {
    assertThat(text("{{currency n \"INR\" \"en-IN\"}}", "n", 1234567)).isEqualTo("₹12,34,567.00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a\\\\{{n}}b       | a\\vb
          a\\\\\\{{n}}b      | a\\\\vb
          a\\{{n}}b        | a{{n}}b
          a\\\\{{{n}}}b     | a\\vb
          a\\\\{{~n}}       | a\\v
          a\\\\{{#if n}}x{{/if}} | a\\x
          \\\\{{n}}         | \\v
          a \\\\ {{n}}      | a \\\\ v
          """)
  void backslashes_before_a_tag_are_read_as_javascript_reads_them(String source, String written) {
    assertThat(text(source, "n", "v")).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    "{{actors[0].name}}, A",
    "{{actors[1].name}}, B",
    "{{actors[1]['name']}}, B",
    "'{{actors[0][\"name\"]}}', A",
    "{{upper actors[0].name}}, A",
    "{{#if actors[1]}}{{actors.[1].name}}{{/if}}, B",
    "{{{actors[0].name}}}, A",
    "{{concat \"x[0]\" actors[0].name}}, x[0]A",
    "{{#each actors}}{{@root.actors[0].name}}{{/each}}, AA",
    "{{ grid[1][0] }}, 3",
  })
  void positions_are_read_as_other_languages_write_them(String source, String written) {
    assertThat(
            text(
                source,
                "actors",
                list(object("name", "A"), object("name", "B")),
                "grid",
                list(list(1, 2), list(3))))
        .isEqualTo(written);
  }

  @Test
  void texts_are_encoded_for_urls() {
    assertThat(text("{{url_encode t}}", "t", "a b/ü?&=+%.."))
        .isEqualTo("a%20b%2F%C3%BC%3F%26%3D%2B%25..");
  }
}
