package dev.carillon.template.liquid;

import static dev.carillon.template.liquid.LiquidGiven.data;
import static dev.carillon.template.liquid.LiquidGiven.occasion;
import static dev.carillon.template.liquid.LiquidGiven.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.run.NamesIgnored;
import dev.carillon.template.engine.Compiled;
import dev.carillon.template.liquid.OutputEscape.Standard;
import dev.carillon.template.render.Rendered;
import dev.carillon.template.render.TemplateLimits;
import dev.carillon.template.render.TemplateProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Templates that are meant to take all of something end as a problem, within the counted bounds.
 */
class HostileLiquidTest {
  private static final String STEPS =
      "it takes more than " + TemplateLimits.STEPS + " steps to render";
  private static final String OUTPUT =
      "the output is larger than " + TemplateLimits.OUTPUT_BYTES + " bytes";
  private static final String TEXT =
      "a text is longer than " + TemplateLimits.OUTPUT_BYTES + " characters";
  private static final String LISTS = "lists are nested more than 100 deep";
  private static final String PARTIALS =
      "partials render one another more than 10 deep, or one itself more than 5 deep";

  private static final String GROWN =
      "{% assign s = 'aaaaaaaaaa' %}{% for i in (1..14) %}{% assign s = s | append: s %}{% endfor"
          + " %}";

  private record Attack(String template, String... reasons) {}

  private static final List<Attack> ATTACKS =
      List.of(
          new Attack("{% for i in (1..1000000000) %}{% endfor %}", STEPS),
          new Attack("{% for i in (1..99999999999999999999) %}{% endfor %}", STEPS),
          new Attack("{% for i in (1..1000000000) reversed %}{% endfor %}", STEPS),
          new Attack("{{ (1..1000000000) }}", STEPS, TEXT),
          new Attack("{{ (1..1000000000) | join }}", STEPS, TEXT),
          new Attack("{{ (1..1000000000) | sort | size }}", STEPS),
          new Attack("{{ (1..1000000000) | reverse | size }}", STEPS),
          new Attack("{{ (1..1000000000) | json }}", STEPS),
          new Attack("{{ (1..1000000000) | sum }}", STEPS),
          new Attack("{{ (1..1000000000) | where: 'x' | size }}", STEPS),
          new Attack("{{ (1..1000000000) | map: 'x' | size }}", STEPS),
          new Attack("{{ (1..1000000000) | uniq | size }}", STEPS),
          new Attack("{{ (1..1000000000) | group_by: 'x' | size }}", STEPS),
          new Attack("{{ (1..1000000000) | concat: 1 | size }}", STEPS),
          new Attack("{{ (1..1000000000) | slice: 0, 100000000 | size }}", STEPS),
          new Attack("{{ (1..1000000000) | array_to_sentence_string }}", STEPS, TEXT),
          new Attack("{{ (1..100000) | intersect: big | size }}", STEPS),
          new Attack("{% if (1..1000000000) contains -1 %}{% endif %}", STEPS),
          new Attack("{% if (1..1000000000) == (1..1000000000) %}{% endif %}", STEPS),
          new Attack("{% tablerow i in (1..1000000000) %}{% endtablerow %}", STEPS, OUTPUT),
          new Attack("{% render 'x' for (1..1000000000) as i %}", STEPS),
          new Attack(
              "{% for a in (1..999) %}{% for b in (1..999) %}{% for c in (1..999) %}"
                  + "{% endfor %}{% endfor %}{% endfor %}",
              STEPS),
          new Attack(
              "{% for a in (1..999) %}{% for b in (1..999) %}{{ html }}{% endfor %}{% endfor %}",
              STEPS, OUTPUT),
          new Attack("{% for i in (1..999999) %}{{ long }}{% endfor %}", OUTPUT),
          new Attack(
              "{% for i in (1..999999) %}{% capture x %}{{ x }}{{ long }}{% endcapture %}{% endfor"
                  + " %}",
              OUTPUT, STEPS),
          new Attack(
              "{% assign s = 'a' %}{% for i in (1..99) %}{% assign s = s | append: s %}{% endfor"
                  + " %}",
              TEXT),
          new Attack(
              "{% assign s = 'a' %}{% for i in (1..99) %}{% assign s = s | prepend: s %}{% endfor"
                  + " %}",
              TEXT),
          new Attack(
              "{% assign s = 'ab' %}{% for i in (1..99) %}{% assign s = s | replace: 'a', s %}{%"
                  + " endfor %}",
              TEXT),
          new Attack(
              "{% assign s = 'aa' %}{% for i in (1..99) %}{% assign s = s | replace: '', s %}{%"
                  + " endfor %}",
              TEXT),
          new Attack(GROWN + "{{ s | split: '' | join: s }}", TEXT, STEPS),
          new Attack(
              GROWN + "{% for i in (1..999) %}{% assign x = s | split: '' %}{% endfor %}", STEPS),
          new Attack(
              GROWN + "{% for i in (1..99999) %}{% assign x = s | upcase %}{% endfor %}", STEPS),
          new Attack(
              GROWN + "{% for i in (1..99999) %}{% assign x = s | sha256 %}{% endfor %}", STEPS),
          new Attack(
              GROWN + "{% for i in (1..99999) %}{% if s == s %}{% endif %}{% endfor %}", STEPS),
          new Attack(
              GROWN + "{% for i in (1..99999) %}{% if s contains 'b' %}{% endif %}{% endfor %}",
              STEPS),
          new Attack(
              GROWN + "{% for i in (1..99999) %}{{ s | date: '%Y' | size }}{% endfor %}", STEPS),
          new Attack(GROWN + "{% for i in (1..99999) %}{{ s | plus: 1 }}{% endfor %}", STEPS),
          new Attack(
              GROWN + "{% for i in (1..99999) %}{{ s | strip_html | size }}{% endfor %}", STEPS),
          new Attack(
              GROWN
                  + "{% assign p = s | slice: 0, 80000 | append: 'b' %}"
                  + "{% for i in (1..99999) %}{% assign x = s | split: p %}{% endfor %}",
              STEPS),
          new Attack(
              GROWN
                  + "{% assign p = s | slice: 0, 80000 | append: 'b' %}"
                  + "{% for i in (1..99999) %}{% if s contains p %}{% endif %}{% endfor %}",
              STEPS),
          new Attack(
              "{% for i in (1..99999) %}{{ s | append: long | url_encode | escape }}{% endfor %}",
              OUTPUT),
          new Attack("{{ 'now' | date: '%99999999999d' }}", TEXT),
          new Attack("{{ 'now' | date: '%999999999N' }}", TEXT),
          new Attack("{{ 'now' | date: '%900000N%900000N' }}", TEXT),
          new Attack(
              "{% assign a = 'x' | split: ',' %}{% for i in (1..5000) %}{% assign a = empty | push:"
                  + " a %}{% endfor %}{{ a }}",
              LISTS),
          new Attack(
              "{% assign a = 'x' | split: ',' %}{% for i in (1..5000) %}{% assign a = empty | push:"
                  + " a %}{% endfor %}{{ a | json }}",
              LISTS),
          new Attack(
              "{% assign a = 'x' | split: ',' %}{% for i in (1..5000) %}{% assign a = empty | push:"
                  + " a %}{% endfor %}{{ a | join }}",
              LISTS),
          new Attack(
              "{% assign a = 'x' | split: ',' %}{% for i in (1..5000) %}{% assign a = empty | push:"
                  + " a %}{% endfor %}{% assign b = a %}{% if a == b %}{% endif %}",
              LISTS),
          new Attack(
              "{% assign a = 'x' | split: ',' %}{% for i in (1..60) %}{% assign b = a %}"
                  + "{% assign a = empty | push: b | push: b %}{% endfor %}{{ a | size }}{{ a }}",
              STEPS),
          new Attack(
              "{% assign a = 'x' | split: ',' %}{% for i in (1..60) %}"
                  + "{% assign a = a | concat: a %}{% endfor %}",
              STEPS),
          new Attack("{% render 'self' %}", PARTIALS),
          new Attack("{% render 'ping' %}", PARTIALS),
          new Attack("{% for i in (1..99999) %}{% render 'fat' %}{% endfor %}", STEPS),
          new Attack("{% for i in (1..999999) %}{% render 'twice' %}{% endfor %}", STEPS),
          new Attack(
              "{{ big | where_exp: 'x', 'x == x' | size }}{% for i in (1..9999) %}{{ big |"
                  + " where_exp: 'x', 'x == x' | size }}{% endfor %}",
              STEPS),
          new Attack("{{ big | where_exp: 'x', deep }}", "values are nested more than 50 deep"),
          new Attack("{{ big | map: dots | size }}{{ big | map: dots | size }}", STEPS),
          new Attack(
              "{% for i in (1..99) %}{% assign u = i | append: '' | user %}{% endfor %}",
              "it loads more than 50 users, objects and tenants"),
          new Attack(
              "{{ 1 | append: long | round: 3000000000 }}{{ '1e400' | times: 10 | json }}"
                  + "{% for i in (1..999999999) %}{{ i | round: 300 }}{% endfor %}",
              STEPS, OUTPUT),
          new Attack("{% for i in (1..99999) %}{{ big | sort_natural | size }}{% endfor %}", STEPS),
          new Attack(
              "{% for i in (1..999999) %}{% cycle long: 1, 2 %}{% increment n %}{% endfor %}",
              STEPS, OUTPUT));

  private static final Liquid LIBRARY =
      Liquid.of(
          Map.of(
              "x", LiquidPartial.of("", Standard.NONE),
              "self", LiquidPartial.of("{% render 'self' %}", Standard.NONE),
              "ping", LiquidPartial.of("{% render 'pong' %}", Standard.NONE),
              "pong", LiquidPartial.of("{% render 'ping' %}{% render 'ping' %}", Standard.NONE),
              "twice",
                  LiquidPartial.of(
                      "{% render 'x' %}{% render 'x' %}{% render 'x' %}", Standard.NONE),
              "fat",
                  LiquidPartial.of(
                      "{% comment %}" + "x".repeat(200_000) + "{% endcomment %}", Standard.NONE)));

  private static Json.Obj variables() {
    var big = new ArrayList<Json>();
    for (int i = 0; i < 2_000; i++) {
      big.add(Json.of("item " + i * 7919 % 2_000));
    }
    return data("{\"html\":\"<p>x</p>\"}")
        .with("big", new Json.Arr(big))
        .with("long", "x".repeat(5_000))
        .with("dots", "a" + ".a".repeat(2_000))
        .with("deep", "x" + "[x".repeat(500));
  }

  @TestFactory
  Stream<DynamicTest> an_attack_ends_as_a_problem() {
    return ATTACKS.stream()
        .map(
            attack ->
                DynamicTest.dynamicTest(
                    attack.template(),
                    () ->
                        assertThat(attacked(attack.template()).reason())
                            .isIn((Object[]) attack.reasons())));
  }

  private static TemplateProblem attacked(String template) {
    var compiled = LIBRARY.compile("body", template, Standard.HTML);
    if (!compiled.problems().isEmpty()) {
      // A format that is too long whatever it is used on is refused before anything is rendered.
      return compiled.problems().getFirst();
    }
    var rendering = LiquidRendering.of(variables(), occasion());
    var rendered = ((Compiled.Ready<LiquidTemplate>) compiled).template().render(rendering);
    assertThat(rendered).isInstanceOf(Rendered.Failed.class);
    assertThat(rendering.steps()).isLessThanOrEqualTo(TemplateLimits.STEPS);
    return ((Rendered.Failed<String>) rendered).problem();
  }

  @Test
  void sources_that_nest_too_deep_are_refused_while_they_are_read() {
    var sources =
        List.of(
            "{% if a %}".repeat(20_000),
            "{% for i in a %}".repeat(51) + "{% endfor %}".repeat(51),
            "{% unless a %}".repeat(10_000),
            "{% case a %}{% when 1 %}".repeat(10_000),
            "{% capture a %}".repeat(15_000),
            "{% tablerow i in a %}".repeat(10_000),
            "{% t %}".repeat(30_000),
            "{% liquid " + "liquid ".repeat(30_000) + "%}",
            "{{ a" + "[a".repeat(100_000) + " }}",
            "{{ " + "(".repeat(200_000) + " }}",
            "{{ " + "(1..".repeat(60_000) + " }}");
    for (String source : sources) {
      assertThat(problems(source))
          .as(source.substring(0, 20))
          .extracting(TemplateProblem::reason)
          .containsAnyOf(
              "tags are nested more than 50 deep", "values are nested more than 50 deep");
    }
  }

  @Test
  void sources_that_are_long_in_other_ways_are_read_or_refused() {
    for (String part :
        List.of(
            "{{",
            "{%",
            "{% raw %}",
            "{{ a }}",
            "{{ a | size }}",
            "'",
            "{{ '",
            "{% comment %}",
            "{% endraw",
            "{%-",
            "-%}",
            "{{ a.b.c.d.e.f }}",
            "{% # x %}",
            "{% assign x = 1 %}",
            "{% raw %}{% endraw %}",
            "{% raw %}{% endraw ")) {
      problems(part.repeat(200_000 / part.length()));
    }
    assertThat(problems("{{ a" + ".b".repeat(100_000) + " }}")).isEmpty();
    assertThat(problems("{{ a" + " | size".repeat(30_000) + " }}")).isEmpty();
    assertThat(problems("{{ a" + " and not a".repeat(20_000) + " }}")).isEmpty();
    assertThat(problems("{% if a %}" + "{% elsif a %}".repeat(15_000) + "{% endif %}")).isEmpty();
  }

  /** The deepest nesting that is allowed fits a thread with a quarter of the usual stack. */
  @Test
  void what_is_allowed_to_nest_renders_on_a_small_stack() throws Exception {
    String deep = "{% for i in (1..1) %}".repeat(49) + "HERE" + "{% endfor %}".repeat(49);
    var partials = new java.util.HashMap<String, LiquidPartial>();
    for (int i = 1; i <= 10; i++) {
      String inner = i == 10 ? "core" : "{% render 'p" + (i + 1) + "' %}";
      partials.put("p" + i, LiquidPartial.of(deep.replace("HERE", inner), Standard.NONE));
    }
    var compiled =
        Liquid.of(partials)
            .compile("body", deep.replace("HERE", "{% render 'p1' %}"), Standard.NONE);
    var template = ((Compiled.Ready<LiquidTemplate>) compiled).template();
    var result = new AtomicReference<Object>();
    var thread =
        new Thread(
            null,
            () -> {
              try {
                result.set(template.render(LiquidRendering.of(Json.object(), occasion())));
              } catch (Throwable e) {
                result.set(e);
              }
            },
            "small",
            // Half of what threads have; frames are largest while nothing is compiled yet.
            512 * 1024);
    thread.start();
    thread.join();
    assertThat(result.get()).isEqualTo(new Rendered.Content<>("core", NamesIgnored.NONE));
  }

  /** What a template may reach is data: none of these is a name of anything. */
  @Test
  void nothing_of_java_is_reached() {
    for (String path :
        List.of(
            "class",
            "getClass",
            "toString",
            "hashCode",
            "constructor",
            "__proto__",
            "fields",
            "object",
            "value",
            "class.forName",
            "prototype",
            "valueOf",
            "items",
            "iso")) {
      assertThat(
              LiquidGiven.rendered(
                  "[{{ x."
                      + path
                      + " }}{{ s."
                      + path
                      + " }}{{ l."
                      + path
                      + " }}{{ "
                      + path
                      + " }}"
                      + "{% for i in l %}{{ forloop."
                      + path
                      + " }}{% endfor %}]",
                  "{\"x\":{\"a\":1},\"s\":\"text\",\"l\":[1]}"))
          .as(path)
          .isEqualTo("[]");
    }
  }
}
