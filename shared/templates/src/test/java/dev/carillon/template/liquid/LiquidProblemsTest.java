package dev.carillon.template.liquid;

import static dev.carillon.template.liquid.LiquidGiven.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.template.render.TemplateProblem;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LiquidProblemsTest {

  /** {@code template => problem}; {@code ⏎} stands for a line break. */
  private static final String TABLE =
      """
      {{ name | upcas }} => line 1, column 11: unknown filter 'upcas'; did you mean 'upcase'?
      a⏎ {{ name | upcase | frobnicate: 1 }} => line 2, column 21: unknown filter 'frobnicate'
      {% if a %}{{ b | dat }}{% endif %} => line 1, column 18: unknown filter 'dat'; did you mean 'date'?
      {% asign x = 1 %} => line 1, column 1: unknown tag 'asign'; did you mean 'assign'?
      {% frob %}x{% endfrob %} => line 1, column 1: unknown tag 'frob'
      {% include 'x' %} => line 1, column 1: the tag 'include' is not offered; 'render' takes its place
      {% layout 'x' %} => line 1, column 1: the tag 'layout' is not offered; a template names its layout in its settings
      {% block x %}{% endblock %} => line 1, column 1: the tag 'block' is not offered; a layout has {{ content }}
      x{% if a %}y => line 1, column 2: the tag 'if' is never closed
      {% for i in a %}{% if b %}{% endfor %} => line 1, column 27: the tag 'endfor' closes nothing
      {% endif %} => line 1, column 1: the tag 'endif' closes nothing
      {% else %} => line 1, column 1: the tag 'else' stands in no tag that takes it
      {% if a %}{% else %}{% elsif b %}{% endif %} => line 1, column 21: 'elsif' stands after 'else'
      {% if a %}{% else b %}{% endif %} => line 1, column 19: nothing may follow 'else' in its tag
      {{ a => line 1, column 1: the output is never closed
      {% if a => line 1, column 1: the tag is never closed
      {% %} => line 1, column 1: the tag has no name
      {{ }} => line 1, column 4: a value is expected here
      {{ a b }}{{ a | }}{{ "x" | size: }} =>
      {{ a | upcase b }} => line 1, column 15: a ':' is expected after the name of a filter
      {{ a | append: b c }} => line 1, column 18: a ',' or '|' is expected here
      {{ a[1 }} => line 1, column 7: a '[' is never closed
      {{ (1..) }} => line 1, column 8: a value is expected here
      {{ (1.5) }} => line 1, column 8: a range is written (1..5)
      {% assign = 1 %} => line 1, column 11: an assignment is written name = value
      {% for in a %}{% endfor %} => line 1, column 1: 'for' is written for item in items
      {% tablerow x %}{% endtablerow %} => line 1, column 1: 'tablerow' is written tablerow item in items
      {% cycle %} => line 1, column 1: 'cycle' needs values
      {% capture %}{% endcapture %} => line 1, column 11: the name of a variable is expected here
      {% raw %}x => line 1, column 1: the tag 'raw' is never closed
      {% # one⏎two %} => line 1, column 1: every line of a comment begins with '#'
      {% render card %} => line 1, column 11: 'render' names a partial by its key in quotes
      {% render 'a{{ b }}' %} => line 1, column 11: 'render' names a partial by its key in quotes
      {% liquid⏎ echo a⏎ if b %} => line 3, column 2: the tag 'if' is never closed
      {% case a %}{% when %}{% endcase %} =>
      """;

  @TestFactory
  Stream<DynamicTest> a_source_has_the_problem_that_its_row_says() {
    return TABLE
        .lines()
        .map(line -> line.split(" =>", 2))
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row[0],
                    () ->
                        assertThat(
                                problems(row[0].replace('⏎', '\n')).stream()
                                    .map(TemplateProblem::sentence))
                            .isEqualTo(
                                row[1].isBlank()
                                    ? Stream.of().toList()
                                    : Stream.of(row[1].strip()).toList())));
  }

  @Test
  void all_names_that_are_not_known_are_listed() {
    assertThat(problems("{{ a | x1 }}{{ b | x2 | x3 }}{% y %}")).hasSize(4);
  }

  @Test
  void partials_that_are_not_known_or_have_problems_are_listed() {
    var none = OutputEscape.Standard.NONE;
    var liquid =
        Liquid.of(
            Map.of(
                "card", LiquidPartial.of("\n{{ x | nope }}", none),
                "outer", LiquidPartial.of("{% render 'card' %}", none),
                "fine", LiquidPartial.of("x", none)));
    assertThat(liquid.compile("subject", "{% render 'crad' %}", none).problems())
        .containsExactly(
            new TemplateProblem("subject", 1, 11, "unknown partial 'crad'; did you mean 'card'?"));
    assertThat(liquid.compile("subject", "{% render 'outer' %}", none).problems())
        .containsExactly(
            new TemplateProblem("partials/card/content", 2, 8, "unknown filter 'nope'"));
    assertThat(liquid.compile("subject", "{% render 'fine' %}", none).problems()).isEmpty();
    assertThat(liquid.problems()).hasSize(1);
  }

  @Test
  void a_source_that_is_too_long_is_refused() {
    assertThat(problems("x".repeat(256 * 1024 + 1)))
        .containsExactly(new TemplateProblem("body", 0, 0, "it is longer than 262144 characters"));
  }
}
