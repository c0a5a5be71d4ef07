package dev.carillon.template.liquid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.template.engine.Compiled;
import dev.carillon.template.liquid.Reference.Case;
import dev.carillon.template.liquid.Reference.Outcome;
import dev.carillon.template.render.Rendered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * The engine beside liquidjs, output by output, byte for byte. Where one gives no output, neither
 * does the other. What differs stands in {@link #DIFFERENCES} and nowhere else.
 */
class LiquidComparisonTest {
  /** More, and others, with {@code -Dliquid.templates=50000 -Dliquid.seed=7}. */
  private static final int RANDOM = Integer.getInteger("liquid.templates", 4_000);

  private static final long SEED = Long.getLong("liquid.seed", 20_261_128);

  private static final Map<String, String> PARTIALS =
      Map.of(
          "card", "[{{ title }}|{{ count }}|{{ card.name }}|{{ name }}]",
          "item", "<{{ u.name }}{{ extra }}{{ forloop.index }}/{{ forloop.length }}>",
          "scope", "{{ a }}{{ name }}{% assign a = 2 %}{{ a }}",
          "counter", "{% increment n %}{% cycle 'a', 'b' %}",
          "breaks", "x{% break %}y",
          "outer", "({% render 'card', title: x %})");

  private static final String DATA = resource("data.json");

  /** What stands for the refusal of a template. */
  private static final String NOTHING = "(no output)";

  /**
   * @param escape whether values are escaped for HTML
   */
  private record Difference(
      String template, boolean escape, String theirs, String ours, String reason) {
    Difference(String template, String theirs, String ours, String reason) {
      this(template, false, theirs, ours, reason);
    }
  }

  private static final List<Difference> DIFFERENCES =
      List.of(
          new Difference(
              "{{ 12345678901234567890 | append: '' }} {{ id }}",
              "12345678901234567000 1234567890123456800",
              "12345678901234567000 1234567890123456789",
              "a number of the data that no double holds is an id, and printed as it came"),
          new Difference(
              "{% for i in keyed %}{{ i[0] }}{% endfor %}",
              "12b",
              "b21",
              "keys keep the order in which they came; JavaScript puts numbers first"),
          new Difference(
              "{{ nil | json }} {{ empty | json }} {{ blank | json }}",
              "{} {} {}",
              "null \"\" \"\"",
              "liquidjs prints its inner objects; Shopify prints null"),
          new Difference(
              "{% assign g = list | group_by: 'x' %}{{ g[0].size }}",
              "2", "1", "a group whose name is undefined has no name, as in its JSON"),
          new Difference(
              "{% for i in (1..2) %}{% for j in (1..2) %}{{ forloop.parentloop.index }}{% endfor %}"
                  + "{% endfor %}",
              "", "1122", "Shopify has parentloop"),
          new Difference(
              "{{ '2026-02-30' | date: '%F' }}|{{ '1767225600' | date: '%F' }}",
              "%F|%F", "2026-03-02|2026-01-01", "of whatever is read as a date"),
          new Difference(
              "{% for i in list limit:2 offset:continue %}{{ i }}{% endfor %}|"
                  + "{% for i in list limit:2 offset:continue %}{{ i }}{% endfor %}",
              "31|31", "31|210", "as in Shopify; liquidjs adds a number to an object"),
          new Difference(
              "{% render 'card' for users %}",
              "[|||][|||][|||][|||]",
              "[||Zoe|][||adam|][||Bea|][||dan|]",
              "without 'as', an item is called by the key of the partial, as in Shopify"),
          new Difference(
              "{{ date | date: '%F %T %D %R %r %G %V %g' }}",
              "%F %T %D %R %r %G %V %g",
              "2026-01-02 03:04:05 01/02/26 03:04 03:04:05 AM 2026 01 26",
              "directives that Shopify has and liquidjs has not"),
          new Difference(
              "{{ date | date: '%Q' }}", "%Q", NOTHING, "a directive that nothing knows is a slip"),
          new Difference(
              "{{ date | date: 'YYYY' }}", "YYYY", NOTHING, "so is a format of another library"),
          new Difference(
              "{% raw %}a{%- endraw %}", NOTHING, "a", "a dash in endraw is Shopify's, too"),
          new Difference(
              "a {%- raw -%}{{- x -}}{%- endraw -%} b",
              NOTHING,
              "a{{- x -}}b",
              "so it is where all has dashes: they take nothing from within"),
          new Difference(
              "{% raw %}{% endraw {% endraw %}",
              "", "{% endraw ", "text that only begins like endraw is text"),
          new Difference(
              "{% include 'card' %}",
              "[Hello, <World> & \"friends\" 'n' co|3||alice smith]",
              NOTHING,
              "Knock has no include"),
          new Difference("{% layout none %}x", "x", NOTHING, "Knock has no layout tag"),
          new Difference("{% block a %}x{% endblock %}", "x", NOTHING, "Knock has no block tag"),
          new Difference(
              "{% assign p = 'card' %}{% render p %}",
              "[|||]",
              NOTHING,
              "a partial is named in quotes, so that what is missing is known beforehand"),
          new Difference(
              "{{ list | sample: 9 | size }}", "5", NOTHING, "nothing is left to chance"),
          new Difference(
              "{{ name | append: 'x' | md5 }}",
              NOTHING,
              "9bfd2affd21315959cdd05751e43cbdd",
              "filters of Knock"),
          new Difference(
              "{{ user | slice: '1', 2 | size }}{{ list | slice: '1', 2 | size }}",
              "24",
              "22",
              "a start that is text is a number; JavaScript writes 1 and 2 one after the other"),
          new Difference(
              "{{ title | escape }}",
              true,
              "Hello, &amp;lt;World&amp;gt; &amp;amp; &amp;#34;friends&amp;#34; &amp;#39;n&amp;#39;"
                  + " co",
              "Hello, &lt;World&gt; &amp; &#34;friends&#34; &#39;n&#39; co",
              "what was escaped is not escaped again"),
          new Difference(
              "{% capture x %}<b>{{ html | slice: 0, 3 }}</b>{% endcapture %}{{ x }}",
              true,
              "&lt;b&gt;&amp;lt;p &lt;/b&gt;",
              "<b>&lt;p </b>",
              "what was captured was escaped where it was printed"));

  /** Why a template with a slip in it may give no output here, or another one. */
  private record Leeway(String reason, Pattern template, Pattern theirs, Pattern ours) {
    boolean applies(Case one, Outcome theirs, Outcome ours) {
      return template.matcher(one.template()).find()
          && theirs().matcher(theirs.text()).find()
          && ours().matcher(ours.text()).find();
    }
  }

  private static final Pattern ANY = Pattern.compile("");

  private static final Leeway NAMELESS_GROUPS =
      new Leeway(
          "a group whose name is undefined has no name, and one key less",
          Pattern.compile("group_by[^}]*size"),
          ANY,
          ANY);

  private static final List<Leeway> LEEWAYS =
      List.of(
          new Leeway(
              "names are known or not before anything is rendered, and where nothing is rendered",
              ANY,
              ANY,
              Pattern.compile("unknown (filter|partial) ")),
          new Leeway(
              "'t' and other filters are Knock's", ANY, Pattern.compile("undefined filter: "), ANY),
          new Leeway("a dash in endraw is Shopify's", Pattern.compile("\\{%-\\s*endraw"), ANY, ANY),
          new Leeway(
              "an argument with a name is passed over by filters that take none; liquidjs takes it"
                  + " for a list of the name and the value",
              Pattern.compile("\\|[^|]*:[^|]*[A-Za-z0-9'\"\\]] *:"),
              ANY,
              ANY),
          new Leeway(
              "where a loop over nothing comes first, liquidjs adds a number to an object",
              Pattern.compile("offset: *continue"),
              ANY,
              ANY),
          new Leeway(
              "a zone that does not exist is refused where it is written",
              Pattern.compile("date|timezone"),
              ANY,
              Pattern.compile("is not a time zone")),
          new Leeway(
              "so is a format with what means nothing",
              Pattern.compile("date"),
              ANY,
              Pattern.compile("'date' (does not know|takes a format)")),
          new Leeway("a table has at least one column", Pattern.compile("cols\\W"), ANY, ANY),
          new Leeway(
              "a partial is named in quotes",
              ANY,
              ANY,
              Pattern.compile("names a partial by its key in quotes")));

  @Test
  void written_templates_give_the_same_output_in_any_zone() {
    List<String> written = written();
    assertThat(written).hasSizeGreaterThan(550);
    compare(written.stream().map(it -> plain(it)).toList(), "UTC");
    compare(written.stream().map(it -> plain(it)).toList(), "America/New_York");
    compare(written.stream().map(it -> plain(it)).toList(), "Asia/Kolkata");
  }

  @Test
  void written_templates_give_the_same_output_when_values_are_escaped() {
    compare(
        written().stream()
            .filter(it -> !it.contains("escape") && !it.contains("capture"))
            .map(it -> new Case(it, DATA, PARTIALS, true))
            .toList(),
        "UTC");
  }

  @Test
  void templates_made_by_chance_give_the_same_output() {
    var random = new RandomTemplates(SEED);
    compare(
        Stream.generate(random::next).limit(RANDOM).map(it -> plain(it)).toList(),
        "UTC",
        List.of(NAMELESS_GROUPS));
  }

  @Test
  void templates_with_slips_give_the_same_output_or_none() {
    var random = new Random(SEED);
    List<String> written = written();
    compare(
        Stream.generate(() -> slipped(written.get(random.nextInt(written.size())), random))
            .limit(RANDOM)
            .map(it -> plain(it))
            .toList(),
        "UTC",
        LEEWAYS);
  }

  /** The template with one to three characters gone, doubled, swapped or put in. */
  private static String slipped(String template, Random random) {
    var text = new StringBuilder(template);
    for (int i = 0; i <= random.nextInt(3) && !text.isEmpty(); i++) {
      int at = random.nextInt(text.length());
      if (Character.isSurrogate(text.charAt(at))) {
        continue;
      }
      char other = "{}%|:,.'\"-[]()= a1".charAt(random.nextInt(18));
      switch (random.nextInt(4)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, text.charAt(at));
        case 2 -> text.setCharAt(at, other);
        default -> text.insert(at, other);
      }
    }
    return text.toString();
  }

  @Test
  void what_differs_differs_as_explained() {
    String data =
        DATA.strip()
            .replaceFirst("}$", ",\"id\":1234567890123456789,\"keyed\":{\"b\":0,\"2\":0,\"1\":0}}");
    var cases =
        DIFFERENCES.stream()
            .map(it -> new Case(it.template(), data, PARTIALS, it.escape()))
            .toList();
    List<Outcome> theirs = Reference.outcomes(cases, "UTC");
    var softly = new SoftAssertions();
    for (int i = 0; i < cases.size(); i++) {
      Difference difference = DIFFERENCES.get(i);
      softly
          .assertThat(text(theirs.get(i)))
          .as("liquidjs: %s", difference.template())
          .isEqualTo(difference.theirs());
      softly
          .assertThat(text(ours(cases.get(i), "UTC")))
          .as("ours, as %s: %s", difference.reason(), difference.template())
          .isEqualTo(difference.ours());
    }
    softly.assertAll();
  }

  private static String text(Outcome outcome) {
    return outcome.rendered() ? outcome.text() : NOTHING;
  }

  private static void compare(List<Case> cases, String zone) {
    compare(cases, zone, List.of());
  }

  private static void compare(List<Case> cases, String zone, List<Leeway> leeways) {
    List<Outcome> theirs = Reference.outcomes(cases, zone);
    assertThat(theirs).hasSameSizeAs(cases);
    assertThat(theirs.stream().filter(Outcome::rendered).count()).isGreaterThan(cases.size() / 4);
    var softly = new SoftAssertions();
    for (int i = 0; i < cases.size(); i++) {
      Case one = cases.get(i);
      Outcome their = theirs.get(i);
      Outcome ours = ours(one, zone);
      if (leeways.stream().noneMatch(it -> it.applies(one, their, ours))) {
        softly
            .assertThat(text(ours))
            .as("%s in %s; liquidjs: %s; ours: %s", one.template(), zone, their, ours)
            .isEqualTo(text(their));
      }
    }
    softly.assertAll();
  }

  private static Case plain(String template) {
    return new Case(template, DATA, PARTIALS, false);
  }

  /** One template a line; {@code ⏎} stands for a line break in it. */
  private static List<String> written() {
    return resource("written.txt").lines().map(it -> it.replace('⏎', '\n')).toList();
  }

  private static String resource(String name) {
    try (var in = LiquidComparisonTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Outcome ours(Case one, String zone) {
    var escape = one.escape() ? OutputEscape.Standard.HTML : OutputEscape.Standard.NONE;
    var partials = new HashMap<String, LiquidPartial>();
    one.partials().forEach((key, text) -> partials.put(key, LiquidPartial.of(text, escape)));
    return switch (Liquid.of(partials).compile("body", one.template(), escape)) {
      case Compiled.Refused<LiquidTemplate>(var problems) ->
          new Outcome(false, problems.toString());
      case Compiled.Ready<LiquidTemplate>(var template) -> rendered(template, one, zone);
    };
  }

  private static Outcome rendered(LiquidTemplate template, Case one, String zone) {
    var rendering = LiquidRendering.of(LiquidGiven.data(one.data()), LiquidGiven.occasion(zone));
    return switch (template.render(rendering)) {
      case Rendered.Content<String>(var text, _) -> new Outcome(true, text);
      case Rendered.Failed<String>(var problem) -> new Outcome(false, problem.sentence());
    };
  }
}
