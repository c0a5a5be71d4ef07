package dev.carillon.template.liquid;

import static dev.carillon.template.liquid.LiquidGiven.failure;
import static dev.carillon.template.liquid.LiquidGiven.rendered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.template.liquid.filter.Filters;
import dev.carillon.template.render.TemplateProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiquidFiltersTest {
  private static final String DATA =
      """
      {"n":1234.5,"big":1234567.891,"zero":0,"one":1,"two":2,"name":"ada lovelace","nothing":null,
       "at":"2026-01-02T15:04:05Z","list":[3,1,2],"words":["b","A"],"html":"<b>","none":[],
       "people":[{"n":"Ann","a":3},{"n":"Bob","a":1},{"n":"Cid","a":3}],
       "a":["x","y","z"],"b":["z","x"]}\
      """;

  /** One row for each use: {@code what stands between the braces => what it prints}. */
  private static final String TABLE =
      """
      n | abs => 1234.5
      name | append: "!" => ada lovelace!
      words | array_to_sentence_string => b and A
      2 | at_least: 5 => 5
      7 | at_most: 5 => 5
      "aGk=" | base64_decode => hi
      "hi" | base64_encode => aGk=
      name | capitalize => Ada lovelace
      1.2 | ceil => 2
      "a&b c" | cgi_escape => a%26b+c
      list | compact | size => 3
      "1.2.3" | compare_versions: "1.2.4" => -1
      "1.10.0" | compare_versions: "1.9.9" => 1
      "v1.2.0" | compare_versions: "1.2" => 0
      "1.2.0-rc.1" | compare_versions: "1.2.0" => -1
      "1.2.0-rc.2" | compare_versions: "1.2.0-rc.10" => -1
      "1.2.0-alpha" | compare_versions: "1.2.0-beta" => -1
      "1.2.0-1" | compare_versions: "1.2.0-beta" => -1
      list | concat: words | join: "," => 3,1,2,b,A
      n | currency => $1,234.50
      n | currency: "EUR", "de-DE" => 1.234,50\u00a0€
      n | currency: "GBP", "en-GB" => £1,234.50
      n | currency: "DOGE" => 1,234.50\u00a0DOGE
      n | currency: "JPY" => ¥1,234
      "x" | currency => x
      nothing | currency =>
      n | rounded_currency => $1,234
      n | rounded_currency: "EUR", "fr-FR" => 1\u202f234\u00a0€
      at | date: "%Y" => 2026
      at | date: "%H:%M", "America/New_York" => 10:04
      at | date_to_long_string => 02 January 2026
      at | date_to_rfc822 => Fri, 02 Jan 2026 15:04:05 +0000
      at | date_to_string => 02 Jan 2026
      at | date_to_xmlschema => 2026-01-02T15:04:05+00:00
      missing | default: "d" => d
      6 | divided_by: 4 => 1.5
      "ABC" | downcase => abc
      html | escape => &lt;b&gt;
      "&lt;" | escape_once => &lt;
      people | find: "n", "Bob" | json => {"n":"Bob","a":1}
      people | find_exp: "p", "p.a == 1" | json => {"n":"Bob","a":1}
      people | find_index: "n", "Bob" => 1
      people | find_index_exp: "p", "p.a == 3" => 0
      list | first => 3
      1.8 | floor => 1
      at | format_date_in_locale: "en-US" => 1/2/26
      at | format_date_in_locale: "de-DE", "long" => 2. Januar 2026
      at | format_date_in_locale: "fr", "full" => vendredi 2 janvier 2026
      at | format_date_in_locale: "ja-JP", "medium" => 2026/01/02
      "never" | format_date_in_locale: "de" => never
      at | format_datetime_in_locale: "de-DE", "short", "short" => 02.01.26, 15:04
      at | format_datetime_in_locale: "en-GB", "medium", "medium" => 2 Jan 2026, 15:04:05
      big | format_number => 1,234,567.891
      big | format_number: "de-DE" => 1.234.567,891
      big | format_number: "fr-FR" => 1\u202f234\u202f567,891
      "x" | format_number => x
      '{"a":[1,2]}' | from_json | map: "a" | join => 1,2
      "*x*" | from_markdown => <p>*x*</p>
      people | group_by: "a" | map: "name" | join => 3 1
      people | group_by_exp: "p", "p.n | size" | size => 1
      people | has: "n", "Bob" => true
      people | has_exp: "p", "p.a > 3" => false
      "data" | hmac_sha256: "key" => 5031fe3d989c6d1537a013fa6e739da23463fdaec3b70137d828e36ace221bd0
      html | inspect => "<b>"
      a | intersect: b | join => x z
      list | join: "-" => 3-1-2
      people | json => [{"n":"Ann","a":3},{"n":"Bob","a":1},{"n":"Cid","a":3}]
      list | jsonify => [3,1,2]
      list | last => 2
      "  x" | lstrip => x
      people | map: "n" | join => Ann Bob Cid
      "hi" | md5 => 49f68a5c8493ec2c0bf489821c21fc3b
      5 | minus: 2 => 3
      -7 | modulo: 3 => 2
      "a\\nb" | newline_to_br | size => 9
      "a  b" | normalize_whitespace => a b
      name | number_of_words => 2
      "p1" | object: "projects" =>
      one | plus: 1 => 2
      one | pluralize: "comment", "comments" => comment
      two | pluralize: "comment", "comments" => comments
      zero | pluralize: "comment", "comments" => comments
      "1" | pluralize: "one", "many" => one
      list | pop | join => 3 1
      name | prepend: ">" => >ada lovelace
      list | push: 9 | join => 3 1 2 9
      html | raw => <b>
      people | reject: "a", 3 | map: "n" | join => Bob
      people | reject_exp: "p", "p.a == 3" | map: "n" | join => Bob
      name | remove: "a" => d lovelce
      name | remove_first: "a" => da lovelace
      name | remove_last: "a" => ada lovelce
      name | replace: "a", "o" => odo loveloce
      name | replace_first: "a", "o" => oda lovelace
      name | replace_last: "a", "o" => ada loveloce
      list | reverse | join => 2 1 3
      2.345 | round: 2 => 2.35
      "x  " | rstrip => x
      "hi" | sha256 => 8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4
      list | shift | join => 1 2
      list | size => 3
      name | slice: 0, 3 => ada
      "Ä b!" | slugify => ä-b
      list | sort | join => 1 2 3
      words | sort_natural | join => A b
      name | split: " " | last => lovelace
      " a  b " | squish => a b
      " x " | strip => x
      "<b>x</b>" | strip_html => x
      "a\\nb" | strip_newlines => ab
      "u1" | subscriptions | size => 0
      people | sum: "a" => 7
      "greeting" | t => greeting
      "acme" | tenant =>
      3 | times: 2 => 6
      at | timezone: "Europe/Berlin" => 2026-01-02T16:04:05+01:00
      at | timezone: "Europe/Berlin" | date: "%H:%M %Z" => 16:04 Europe/Berlin
      at | timezone: "Europe/Berlin" | date: "%H", "UTC" => 15
      at | timezone: "Europe/Berlin" | slice: 0, 10 => 2026-01-02
      "never" | timezone: "Europe/Berlin" => never
      "ada LOVELACE-king" | titlecase => Ada Lovelace-King
      "3.5" | to_integer => 3.5
      name | truncate: 6 => ada...
      name | truncatewords: 1 => ada...
      list | uniq | size => 3
      list | unshift: 9 | join => 9 3 1 2
      name | upcase => ADA LOVELACE
      "a b" | uri_escape => a%20b
      "a%20b" | url_decode => a b
      "a b" | url_encode => a+b
      "u1" | user =>
      people | where: "a", 3 | map: "n" | join => Ann Cid
      people | where_exp: "p", "p.a < 3" | map: "n" | join => Bob
      html | xml_escape => &lt;b&gt;
      """;

  private static Stream<String[]> rows() {
    return TABLE.lines().map(line -> line.split(" =>", 2));
  }

  @TestFactory
  Stream<DynamicTest> a_filter_makes_what_its_row_says() {
    return rows()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row[0],
                    () ->
                        assertThat(rendered("{{ " + row[0] + " }}", DATA))
                            .isEqualTo(row[1].strip().isEmpty() ? "" : row[1].substring(1))));
  }

  @Test
  void each_filter_has_a_row() {
    var shown =
        rows()
            .flatMap(row -> Arrays.stream(row[0].split(" \\| ")).skip(1))
            .map(filter -> filter.split("[:\"]")[0].strip())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(shown).containsExactlyElementsOf(new TreeSet<>(Filters.names()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ at | date: '%Y', 'No/Where' }}",
        "{{ at | timezone: \"No/Where\" | date: '%Y' }}",
        "{% assign x = at | date: '%Y', 'No/Where' %}",
        "{% liquid echo at | timezone: 'No/Where' %}"
      })
  void a_zone_that_is_written_in_the_template_and_does_not_exist_is_refused(String source) {
    assertThat(LiquidGiven.problems(source))
        .extracting(TemplateProblem::reason)
        .containsExactly("'No/Where' is not a time zone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          %Q         | 'date' does not know %Q
          %F at %i   | 'date' does not know %i
          YYYY-MM-DD | 'date' takes a format as %Y-%m-%d
          yyyy       | 'date' takes a format as %Y-%m-%d
          """,
      quoteCharacter = '`')
  void a_format_that_means_nothing_is_refused(String format, String reason) {
    assertThat(LiquidGiven.problems("{{ at | date: '" + format + "' }}"))
        .extracting(TemplateProblem::reason)
        .containsExactly(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pacific/Kiritimati", "America/Los_Angeles", "UTC", "Asia/Kolkata"})
  void a_date_without_a_time_is_that_date_in_every_zone(String zone) {
    for (String source :
        List.of(
            "{{ d | date: '%F' }}",
            "{{ d | date: '%F', '" + zone + "' }}",
            "{{ d | timezone: '" + zone + "' | date: '%F' }}",
            "{{ d | date_to_xmlschema | slice: 0, 10 }}")) {
      assertThat(
              LiquidGiven.rendered(source, "{\"d\": \"2026-11-30\"}", LiquidGiven.occasion(zone)))
          .as(source)
          .isEqualTo("2026-11-30");
    }
  }

  @Test
  void a_zone_from_data_that_does_not_exist_gives_way_to_the_occasions_and_is_noted() {
    var occasion = LiquidGiven.occasion("Asia/Tokyo");
    String data = "{\"at\": \"2026-01-05T00:30:00Z\", \"zone\": \"Mars/Olympus\"}";
    for (String source :
        List.of("{{ at | date: '%H:%M', zone }}", "{{ at | timezone: zone | date: '%H:%M' }}")) {
      assertThat(LiquidGiven.rendered(source, data, occasion)).isEqualTo("09:30");
    }
    assertThat(occasion.names().ignored().zones()).containsExactly("Mars/Olympus");
  }

  @Test
  void a_currency_that_nobody_knows_is_noted() {
    var occasion = LiquidGiven.occasion();
    assertThat(LiquidGiven.rendered("{{ 1 | currency: c }}", "{\"c\": \"DOGE\"}", occasion))
        .isEqualTo("1.00\u00a0DOGE");
    assertThat(occasion.names().ignored().currencies()).containsExactly("DOGE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1234567 ¦ format_number: 'en-IN'         | 12,34,567
          1234567 ¦ format_number: 'hi'            | 12,34,567
          1234567.5 ¦ currency: 'INR', 'en-IN'     | ₹12,34,567.50
          1234567 ¦ rounded_currency: 'INR', 'en-IN' | ₹12,34,567
          1234567 ¦ currency: 'DOGE', 'en-IN'      | 12,34,567.00\u00a0DOGE
          1234567 ¦ format_number: 'de'            | 1.234.567
          """)
  void digits_are_grouped_as_the_locale_has_it(String value, String written) {
    assertThat(
            LiquidGiven.rendered(
                "{{ " + value.replace('¦', '|') + " }}", "{}", LiquidGiven.occasion()))
        .isEqualTo(written);
  }

  @Test
  void what_cannot_be_done_is_a_problem_with_its_place() {
    var uses =
        Map.of(
            "x | append", "'append' needs a text",
            "'%zz' | url_decode", "a text is not encoded for a URL",
            "'!!' | base64_decode", "a text is not Base64",
            "'{' | from_json", "'from_json' was given what is not JSON",
            "'p1' | object", "'object' needs the name of a collection",
            "'2026-01-01' | format_date_in_locale: 'de', 'huge'",
                "a style of dates is short, medium, long or full",
            "a | where_exp: 'x', '| y'", "a value is expected here",
            "a | where_exp: 'x', 'x | nope'", "unknown filter 'nope'");
    uses.forEach(
        (use, reason) -> {
          var problem = failure("line\n{{ " + use + " }}", "{\"a\":[1]}");
          assertThat(problem.reason()).as(use).isEqualTo(reason);
          assertThat(problem.field()).isEqualTo("body");
          assertThat(problem.line()).isEqualTo(2);
          assertThat(problem.column()).isEqualTo(use.indexOf('|') + 6);
        });
  }

  @Test
  void numbers_of_the_data_that_no_double_holds_are_kept() {
    assertThat(
            rendered("{{ id }}|{{ id | json }}|{{ id | plus: 0 }}", "{\"id\":1234567890123456789}"))
        .isEqualTo("1234567890123456789|1234567890123456789|1234567890123456800");
  }
}
