package dev.carillon.template.liquid;

import static dev.carillon.template.liquid.LiquidGiven.content;
import static dev.carillon.template.liquid.LiquidGiven.data;
import static dev.carillon.template.liquid.LiquidGiven.occasion;
import static dev.carillon.template.liquid.LiquidGiven.rendered;
import static dev.carillon.template.liquid.LiquidGiven.template;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.template.liquid.OutputEscape.Standard;
import dev.carillon.template.liquid.filter.Occasion;
import dev.carillon.template.liquid.filter.Translations;
import dev.carillon.variable.Lookups;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class LiquidRenderingTest {

  private static String escaped(Standard escape, String source, String data) {
    return content(
        template(Liquid.of(Map.of()), source, escape)
            .render(LiquidRendering.of(data(data), occasion())),
        source);
  }

  @Test
  void values_are_escaped_as_the_output_wants() {
    String data = "{\"x\":\"<a href='b'> & \\\"c\\\"\\n\\\\\"}";
    assertThat(escaped(Standard.NONE, "<i>{{ x }}", data)).isEqualTo("<i><a href='b'> & \"c\"\n\\");
    assertThat(escaped(Standard.HTML, "<i>{{ x }}", data))
        .isEqualTo("<i>&lt;a href=&#39;b&#39;&gt; &amp; &#34;c&#34;\n\\");
    assertThat(escaped(Standard.JSON, "\"{{ x }}\"", data))
        .isEqualTo("\"<a href='b'> & \\\"c\\\"\\n\\\\\"");
  }

  @Test
  void what_is_fit_for_the_output_is_not_escaped_again() {
    String data = "{\"x\":\"<\",\"o\":{\"a\":\"<\\\"\"}}";
    assertThat(escaped(Standard.HTML, "{{ x | raw }}{{ x | escape }}{{ x | escape_once }}", data))
        .isEqualTo("<&lt;&lt;");
    assertThat(escaped(Standard.HTML, "{{ x | from_markdown }}", data)).isEqualTo("<p><</p>");
    assertThat(escaped(Standard.HTML, "{{ x | raw | append: '' }}", data)).isEqualTo("&lt;");
    assertThat(escaped(Standard.HTML, "{{ o | json }}", data))
        .isEqualTo("{&#34;a&#34;:&#34;&lt;\\&#34;&#34;}");
    assertThat(escaped(Standard.JSON, "{\"o\":{{ o | json }},\"x\":\"{{ x }}\"}", data))
        .isEqualTo("{\"o\":{\"a\":\"<\\\"\"},\"x\":\"<\"}");
  }

  @Test
  void echo_and_cycle_are_escaped_too() {
    assertThat(
            escaped(
                Standard.HTML, "{% echo x %}{% cycle x, 1 %}{% liquid echo x %}", "{\"x\":\"<\"}"))
        .isEqualTo("&lt;&lt;&lt;");
  }

  @Test
  void what_was_captured_is_not_escaped_twice() {
    String source =
        "{% capture c %}<b>{{ x }}</b>{% endcapture %}{% assign d = c %}{{ c }}{{ d }}{{ c | size"
            + " }}";
    assertThat(escaped(Standard.HTML, source, "{\"x\":\"<\"}"))
        .isEqualTo("<b>&lt;</b><b>&lt;</b>11");
  }

  @Test
  void templates_of_one_rendering_share_what_they_assign_and_its_account() {
    var rendering = LiquidRendering.of(data("{\"x\":1}"), occasion());
    template("{% assign y = 2 %}").render(rendering);
    assertThat(content(template("{{ x }}{{ y }}").render(rendering), "")).isEqualTo("12");
    int before = rendering.steps();
    var apart = rendering.apart();
    assertThat(content(template("{{ x }}{{ y }}").render(apart), "")).isEqualTo("1");
    assertThat(rendering.steps()).isEqualTo(apart.steps()).isGreaterThan(before);
    assertThat(content(template("{{ content }}").render(apart.with("content", Json.of("c"))), ""))
        .isEqualTo("c");
  }

  @Test
  void translations_get_what_was_passed_and_nothing_else() {
    Translations translations =
        (key, count) ->
            Optional.ofNullable(
                Map.of(
                        "like", "{{ who }} liked {{ what | upcase }}{{ hidden }}",
                        "n/one", "one order",
                        "n/other", "{{ count }} orders",
                        "ns:a.b", "namespaced",
                        "Hello {{ name }}!", "Bonjour {{ name }} !")
                    .get(
                        key
                            + count
                                .map(n -> n.equals(BigDecimal.valueOf(1.0)) ? "/one" : "/other")
                                .orElse("")));
    var occasion = with(Lookups.none(), translations);
    String data = "{\"name\":\"Ann\",\"hidden\":\"h\",\"n\":1}";
    assertThat(rendered("{{ 'like' | t: who: name, what: 'it' }}", data, occasion))
        .isEqualTo("Ann liked IT");
    assertThat(rendered("{{ 'n' | t: count: n }}, {{ 'n' | t: count: 5 }}", data, occasion))
        .isEqualTo("one order, 5 orders");
    assertThat(rendered("{{ 'ns:a.b' | t | capitalize }}", data, occasion)).isEqualTo("Namespaced");
    assertThat(rendered("{{ 'none' | t }}", data, occasion)).isEqualTo("none");
    assertThat(rendered("{% t %}Hello {{ name }}!{% endt %}", data, occasion))
        .isEqualTo("Bonjour Ann !");
    assertThat(rendered("{% t %}Bye {{ name }}{% endt %}", data, occasion)).isEqualTo("Bye Ann");
  }

  @Test
  void loaders_ask_the_caller() {
    var asked = new ArrayList<String>();
    var lookups =
        new Lookups() {
          @Override
          public Optional<Json.Obj> user(String id) {
            asked.add("user " + id);
            return id.equals("u1") ? Optional.of(data("{\"name\":\"Ann\"}")) : Optional.empty();
          }

          @Override
          public Optional<Json.Obj> object(String collection, String id) {
            asked.add("object " + collection + " " + id);
            return Optional.of(data("{\"name\":\"Apollo\"}"));
          }

          @Override
          public Optional<Json.Obj> tenant(String id) {
            asked.add("tenant " + id);
            return Optional.of(data("{\"name\":\"Acme\"}"));
          }

          @Override
          public List<Json> subscriptions(Json recipient) {
            asked.add("subscriptions " + recipient);
            return List.of(data("{\"id\":\"s\"}"));
          }
        };
    String source =
        """
        {% assign p = id | object: "projects" %}{{ p.name }} {% assign u = 'u1' | user %}{{ u.name }}\
        {% assign v = 'u2' | user %}[{{ v }}{{ v.name }}] {% assign t = 'acme' | tenant %}{{ t.name }}\
         {{ 'u1' | subscriptions | map: 'id' | join }}{{ missing | user }}\
        """;
    assertThat(rendered(source, "{\"id\":\"p1\"}", with(lookups, Translations.none())))
        .isEqualTo("Apollo Ann[] Acme s");
    assertThat(asked)
        .containsExactly(
            "object projects p1", "user u1", "user u2", "tenant acme", "subscriptions \"u1\"");
  }

  private static Occasion with(Lookups lookups, Translations translations) {
    var usual = occasion();
    return new Occasion(
        usual.now(), usual.names(), usual.locale(), lookups, translations, usual.markdown());
  }

  @Test
  void the_machines_zone_and_language_do_not_count() {
    String source =
        "{{ at | date: '%a %H:%M %z' }} {{ n | format_number }} {{ n | currency }} {{ 'I' |"
            + " downcase }} {{ at | format_date_in_locale: nil, 'long' }} {{ 'now' | date: '%H:%M'"
            + " }}";
    String data = "{\"at\":\"2026-07-01T10:00:00\",\"n\":1234.5}";
    var zone = TimeZone.getDefault();
    var locale = Locale.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertThat(rendered(source, data, occasion("Europe/Berlin")))
          .isEqualTo("Wed 10:00 +0200 1,234.5 $1,234.50 i July 1, 2026 07:07");
    } finally {
      TimeZone.setDefault(zone);
      Locale.setDefault(locale);
    }
  }

  @Test
  void a_template_renders_from_any_thread() throws Exception {
    var partials = Map.of("p", LiquidPartial.of("{% increment n %}{{ x }}", Standard.NONE));
    var template =
        template(
            Liquid.of(partials),
            "{% for i in (1..50) %}{% cycle 'a', 'b' %}{% render 'p', x: i %}{% assign s = s |"
                + " append: i %}{% endfor %}{{ s }}{{ who }}",
            Standard.NONE);
    String once = content(template.render(LiquidRendering.of(data("{\"who\":7}"), occasion())), "");
    try (var threads = Executors.newFixedThreadPool(8)) {
      var tasks = new ArrayList<Callable<String>>();
      for (int i = 0; i < 200; i++) {
        tasks.add(
            () ->
                content(template.render(LiquidRendering.of(data("{\"who\":7}"), occasion())), ""));
      }
      for (var result : threads.invokeAll(tasks)) {
        assertThat(result.get()).isEqualTo(once);
      }
    }
  }

  @Test
  void the_variables_that_a_template_reads_are_listed() {
    var template =
        template(
            """
            {{ recipient.name | default: data["title"] }}
            {% for item in data.items limit: max %}{{ item.title }}{{ forloop.index }}{{ item[key].x }}
            {% endfor %}{% assign u = recipient %}{{ u.email }}{% assign n = recipient.name | upcase %}{{ n }}
            {% capture c %}{{ vars.app }}{% endcapture %}{{ c }}{% if a == b.c and "x" contains d %}{% endif %}
            {% case kind %}{% when k, "z" %}{% endcase %}{{ (low..high) | join }}{% cycle g: p, "q" %}
            {% increment count %}{{ count }}{% t %}{{ tenant.name }}{% endt %}{{ data.list[0].id }}{{ item }}\
            """);
    assertThat(template.variables().stream().map(VariableUse::path))
        .containsExactly(
            "recipient.name",
            "data.title",
            "data.items",
            "max",
            "data.items[*].title",
            "data.items[*][*].x",
            "key",
            "recipient",
            "recipient.email",
            "recipient.name",
            "vars.app",
            "a",
            "b.c",
            "d",
            "kind",
            "k",
            "low",
            "high",
            "g",
            "p",
            "tenant.name",
            "data.list[*].id",
            "item");
    assertThat(template.variables())
        .contains(new VariableUse("max", 2, 34), new VariableUse("recipient.email", 3, 42));
  }
}
