package dev.carillon.template.liquid;

import static dev.carillon.template.liquid.LiquidGiven.content;
import static dev.carillon.template.liquid.LiquidGiven.data;
import static dev.carillon.template.liquid.LiquidGiven.occasion;
import static dev.carillon.template.liquid.LiquidGiven.template;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.template.liquid.OutputEscape.Standard;
import dev.carillon.template.render.Rendered;
import dev.carillon.template.render.TemplateProblem;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LiquidPartialsTest {
  private static final String DATA =
      """
      {"no":false,"n":2.5,"list":["a","b"],"object":{"k":[1]},"null":null,
       "list_text":"[1,2]","false_text":"false","number_text":"7","word":"w"}\
      """;

  private static String rendered(Liquid liquid, String source) {
    return content(
        template(liquid, source, Standard.NONE).render(LiquidRendering.of(data(DATA), occasion())),
        source);
  }

  /** {@code type, input => what the partial prints of it}. */
  private static final String TYPES =
      """
      ANY, no => false/boolean
      TEXT, no => "false"/text
      TEXT, n => "2.5"/text
      TEXT, list => "[\\"a\\",\\"b\\"]"/text
      TEXT, object => "{\\"k\\":[1]}"/text
      TEXT, null => null/nothing
      TEXT, missing => /nothing
      NUMBER, number_text => 7/number
      NUMBER, word => "w"/text
      NUMBER, n => 2.5/number
      BOOLEAN, false_text => false/boolean
      BOOLEAN, no => false/boolean
      BOOLEAN, word => "w"/text
      LIST, list => ["a","b"]/list
      LIST, list_text => [1,2]/list
      LIST, word => "w"/text
      JSON, object => {"k":[1]}/object
      JSON, list_text => [1,2]/list
      JSON, number_text => 7/number
      """;

  /** Prints the value and its kind. */
  private static final String PRINTER =
      """
      {{ x | json }}/\
      {%- if x == nil %}nothing\
      {%- elsif x == true or x == false %}boolean\
      {%- elsif x.k %}object\
      {%- elsif x.last %}list\
      {%- elsif x.size %}text\
      {%- else %}number{% endif -%}
      """;

  @TestFactory
  Stream<DynamicTest> an_input_arrives_as_its_type() {
    return TYPES
        .lines()
        .map(line -> line.split(" => "))
        .map(
            row -> {
              String[] given = row[0].split(", ");
              var type = InputType.valueOf(given[0]);
              var declared =
                  new LiquidPartial(PRINTER, Standard.NONE, Map.of("x", type), InputType.TEXT);
              var other = new LiquidPartial(PRINTER, Standard.NONE, Map.of(), type);
              return DynamicTest.dynamicTest(
                  row[0],
                  () -> {
                    for (var partial : new LiquidPartial[] {declared, other}) {
                      String source = "{% render 'p', x: " + given[1] + " %}";
                      assertThat(rendered(Liquid.of(Map.of("p", partial)), source))
                          .isEqualTo(row[1]);
                    }
                  });
            });
  }

  @Test
  void a_partial_sees_its_inputs_and_nothing_else() {
    var liquid = Liquid.of(Map.of("p", LiquidPartial.of("[{{ word }}{{ x }}]", Standard.NONE)));
    assertThat(rendered(liquid, "{% assign word = 1 %}{% render 'p', x: word %}{{ word }}"))
        .isEqualTo("[1]1");
  }

  @Test
  void a_partial_escapes_in_its_own_way() {
    var liquid =
        Liquid.of(
            Map.of(
                "text", LiquidPartial.of("{{ x }}", Standard.NONE),
                "html", LiquidPartial.of("{{ x }}", Standard.HTML)));
    String source = "{% render 'text', x: '<' %}{% render 'html', x: '<' %}{{ '<' }}";
    var rendering = LiquidRendering.of(data("{}"), occasion());
    assertThat(content(template(liquid, source, Standard.HTML).render(rendering), source))
        .isEqualTo("<&lt;&lt;");
  }

  @Test
  void a_partial_may_stand_in_itself_five_deep() {
    String counted =
        "{{ n }}{% assign m = n | minus: 1 %}{% if m > 0 %}{% render 'p', n: m %}{% endif %}";
    var liquid = Liquid.of(Map.of("p", LiquidPartial.of(counted, Standard.NONE)));
    assertThat(rendered(liquid, "{% render 'p', n: 5 %}")).isEqualTo("54321");
    var failed =
        template(liquid, "{% render 'p', n: 6 %}", Standard.NONE)
            .render(LiquidRendering.of(data("{}"), occasion()));
    assertThat(failed)
        .isEqualTo(
            new Rendered.Failed<String>(
                new TemplateProblem(
                    "partials/p/content",
                    1,
                    51,
                    "partials render one another more than 10 deep, or one itself more than 5"
                        + " deep")));
  }

  @Test
  void a_problem_in_a_partial_names_the_partial_and_its_place() {
    var liquid = Liquid.of(Map.of("p", LiquidPartial.of("\n {{ x | url_decode }}", Standard.NONE)));
    assertThat(
            template(liquid, "\n\n\n{% render 'p', x: '%' %}", Standard.NONE)
                .render(LiquidRendering.of(data("{}"), occasion())))
        .isEqualTo(
            new Rendered.Failed<String>(
                new TemplateProblem(
                    "partials/p/content", 2, 9, "a text is not encoded for a URL")));
  }
}
