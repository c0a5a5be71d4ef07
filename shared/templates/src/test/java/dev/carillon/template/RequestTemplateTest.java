package dev.carillon.template;

import static dev.carillon.template.GivenTemplates.NAME;
import static dev.carillon.template.GivenTemplates.content;
import static dev.carillon.template.GivenTemplates.failure;
import static dev.carillon.template.GivenTemplates.list;
import static dev.carillon.template.GivenTemplates.none;
import static dev.carillon.template.GivenTemplates.object;
import static dev.carillon.template.GivenTemplates.ready;
import static dev.carillon.template.GivenTemplates.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.template.http.RequestTemplate;
import dev.carillon.template.http.RequestTemplate.Field;
import dev.carillon.template.render.Rendered;
import dev.carillon.template.render.TemplateProblem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTemplateTest {

  private static Json.Obj request(Object... more) {
    var request = object("method", "post", "url", "https://x.test/{{id}}");
    return request.merged(object(more));
  }

  private static Rendered<RequestTemplate.Request> render(Json.Obj template, Object... variables) {
    return ready(none().request(template)).render(scope(variables));
  }

  @Test
  void a_request_is_rendered_field_by_field() {
    var request =
        content(
            render(
                request(
                    "headers", list(object("key", "X-Name", "value", "{{name}}")),
                    "query_params", list(object("key", "q", "value", "{{name}}")),
                    "body", "{\"name\":\"{{name}}\",\"id\":{{id}}}"),
                "id",
                7,
                "name",
                NAME));
    assertThat(request.method()).contains("POST");
    assertThat(request.url()).contains("https://x.test/7");
    assertThat(request.headers()).containsExactly(new Field("X-Name", NAME));
    assertThat(request.queryParams()).containsExactly(new Field("q", NAME));
    assertThat(request.body()).contains("{\"name\":\"O'Brien & \\\"Söhne\\\"\",\"id\":7}");
  }

  @Test
  void headers_may_be_an_object() {
    assertThat(
            content(render(request("headers", object("A", "1", "B", "{{b}}")), "b", 2)).headers())
        .containsExactly(new Field("A", "1"), new Field("B", "2"));
  }

  @Test
  void headers_and_parameters_may_be_a_text_that_comes_to_an_object() {
    var request =
        content(
            render(
                request(
                    "headers",
                    "{{data.headers}}",
                    "query_params",
                    "{\"q\": \"{{name}}\", \"page\": 2, \"all\": true, \"none\": null}"),
                "data",
                object("headers", object("X-Name", "a \"quoted\" one", "X-Id", 7)),
                "name",
                NAME));
    assertThat(request.headers())
        .containsExactly(new Field("X-Name", "a \"quoted\" one"), new Field("X-Id", "7"));
    assertThat(request.queryParams())
        .containsExactly(
            new Field("q", NAME),
            new Field("page", "2"),
            new Field("all", "true"),
            new Field("none", ""));
  }

  @Test
  void a_text_that_comes_to_nothing_gives_no_headers() {
    assertThat(content(render(request("headers", "{{data.headers}}"))).headers()).isEmpty();
    assertThat(content(render(request("headers", " "))).headers()).isEmpty();
  }

  @Test
  void headers_that_come_to_no_object_or_to_what_no_header_can_be_are_refused() {
    for (String headers :
        List.of("{{v}}", "[{{v}}]", "{\"a\": []}", "{\"a b\": \"1\"}", "{\"a\": \"x\\ry\"}")) {
      assertThat(failure(render(request("headers", headers), "v", "text")))
          .as(headers)
          .extracting(TemplateProblem::field)
          .isEqualTo("headers");
    }
  }

  @Test
  void a_text_of_headers_is_checked_like_any_template() {
    assertThat(none().request(request("headers", "{{shout data.a}}")).problems())
        .extracting(TemplateProblem::field)
        .containsExactly("headers");
  }

  @Test
  void a_body_that_is_one_value_comes_out_as_that_value() {
    assertThat(content(render(request("body", " {{data}} "), "data", object("name", NAME))).body())
        .hasValueSatisfying(
            body -> assertThat(JsonText.parse(body)).isEqualTo(object("name", NAME)));
  }

  @Test
  void a_body_that_is_not_json_is_not_escaped() {
    var template =
        request(
            "headers",
            list(object("key", "content-type", "value", "text/plain")),
            "body",
            "{{name}}");
    assertThat(content(render(template, "name", NAME)).body()).contains(NAME);
  }

  @Test
  void control_characters_are_refused_in_headers_and_addresses() {
    assertThat(
            failure(
                render(
                    request("headers", list(object("key", "A", "value", "{{v}}"))),
                    "v",
                    "x\r\nInjected: yes")))
        .extracting(TemplateProblem::field)
        .isEqualTo("headers[0].value");
    assertThat(
            failure(
                render(
                    request("headers", list(object("key", "{{v}}", "value", "1"))), "v", "a: b")))
        .extracting(TemplateProblem::field)
        .isEqualTo("headers[0].key");
    assertThat(failure(render(request(), "id", "a\nb")))
        .extracting(TemplateProblem::field)
        .isEqualTo("url");
    assertThat(failure(render(request(), "id", "a\u0000b")).reason()).contains("control");
  }

  @Test
  void what_the_template_leaves_out_is_left_to_the_channel() {
    var request = content(render(object("body", "{}")));
    assertThat(request.method()).isEmpty();
    assertThat(request.url()).isEmpty();
    assertThat(request.body()).isEqualTo(Optional.of("{}"));
  }

  @Test
  void what_is_wrong_is_named() {
    assertThat(
            none().request(object("method", "fetch", "url", "{{#if}}", "headers", "x")).problems())
        .extracting(TemplateProblem::field)
        .contains("method", "url", "headers");
  }

  private static String url(String template, Object... variables) {
    return content(ready(none().request(object("url", template))).render(scope(variables)))
        .url()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {{vars.base}}/hook/{{p}}            | a               | https://h.test/v1/hook/a
          {{vars.base}}/hook/{{p}}            | a/b             | https://h.test/v1/hook/a%2Fb
          {{vars.base}}/hook/{{p}}            | ../../admin     | https://h.test/v1/hook/..%2F..%2Fadmin
          {{vars.base}}/hook/{{p}}            | x?y=1           | https://h.test/v1/hook/x%3Fy=1
          {{vars.base}}/hook/{{p}}            | x#y             | https://h.test/v1/hook/x%23y
          {{vars.base}}/hook/{{p}}            | a b%2F          | https://h.test/v1/hook/a%20b%252F
          {{vars.base}}/hook/{{p}}            | \\admin       | https://h.test/v1/hook/%5Cadmin
          {{vars.base}}/hook/{{p}}            | grün            | https://h.test/v1/hook/gr%C3%BCn
          {{vars.base}}/{{p}}.json            | ..              | https://h.test/v1/...json
          {{vars.base}}/hook?q={{p}}          | a&b=c d         | https://h.test/v1/hook?q=a%26b%3Dc%20d
          {{vars.base}}/hook?q=1#{{p}}        | a b             | https://h.test/v1/hook?q=1#a%20b
          {{vars.base}}{{vars.path}}/x        | -               | https://h.test/v1/a/b/x
          https://h.test{{vars.path}}         | -               | https://h.test/a/b
          {{p}}                               | https://o.test/a?b=c | https://o.test/a?b=c
          {{{p}}}/x                           | https://o.test/a/..  | https://o.test/a/../x
          {{vars.base}}/{{{p}}}               | a/b             | https://h.test/v1/a/b
          {{vars.base}}/{{url_encode p}}      | a/b c           | https://h.test/v1/a%2Fb%20c
          https://{{p}}.h.test/x              | tenant-1        | https://tenant-1.h.test/x
          https://{{p}}/x                     | h.test:8443     | https://h.test:8443/x
          {{vars.base}}/{{#if p}}{{p}}{{/if}} | a/b             | https://h.test/v1/a%2Fb
          """)
  void a_value_stays_in_its_place_of_the_url(String template, String p, String url) {
    assertThat(url(template, "p", p, "vars", object("base", "https://h.test/v1", "path", "/a/b")))
        .isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://h.test/a/{{p}}              | ..              | a value would leave its segment of the path
          https://h.test/a/{{p}}/b            | .               | a value would leave its segment of the path
          https://h.test/a/{{url_encode p}}/b | ..              | a value would leave its segment of the path
          https://h.test/a/{{p}}{{p}}/b       | .               | a value would leave its segment of the path
          https://h.test/a/.{{p}}             | .               | a value would leave its segment of the path
          https://{{p}}.h.test/               | evil.test/      | a value would change the host
          https://{{p}}.h.test/               | evil.test?      | a value would change the host
          https://{{p}}h.test/                | user@           | a value would change the host
          https://h.test{{p}}                 | @evil.test      | a value would change the host
          https://h.test{{p}}                 | \\evil        | a value would change the host
          """)
  void a_value_that_would_lead_elsewhere_is_a_problem(String template, String p, String reason) {
    assertThat(
            failure(ready(none().request(object("url", template))).render(scope("p", p))).reason())
        .isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"n":{{n}}}                    | {"n":null}
          {"n": {{ n }}, "m":"{{n}}"}    | {"n": null, "m":""}
          [{{n}},{{missing}}]            | [null,null]
          {"n":{{lookup o "x"}}}         | {"n":null}
          {"n":{{zero}},"f":{{no}}}      | {"n":0,"f":false}
          {"n":{{json n}}}               | {"n":null}
          {"t":"say \\"{{n}}"}           | {"t":"say \\""}
          {"n":{{#if no}}1{{else}}{{n}}{{/if}}} | {"n":null}
          {"n":{{#if no}}1{{/if}},"m":{{&n}} } | {"n":null,"m": null}
          {"a":{"n":{{n}}},"t":"a:,b:}"} | {"a":{"n":null},"t":"a:,b:}"}
          {"o":{{o}}}                    | {"o":{"a":1}}
          """)
  void nothing_between_no_quotes_is_null(String body, String rendered) {
    assertThat(
            content(
                    render(
                        request("body", body),
                        "n",
                        null,
                        "zero",
                        0,
                        "no",
                        false,
                        "o",
                        object("a", 1)))
                .body())
        .contains(rendered);
  }

  @Test
  void liquid_says_null_too_where_a_field_has_no_value() {
    for (String body : List.of("{\"n\":{{ n }}}", "{\"n\":{% if n %}{{ n }}{% endif %}}")) {
      assertThat(content(render(request("template_language", "liquid", "body", body))).body())
          .contains("{\"n\":null}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"n":{{word}}}
          {"l":[{{#each l}}{{this}}{{#unless @last}},{{/unless}}{{/each}}]}
          {"l":[{{#each l}}1,{{/each}}]}
          {"n": -{{n}}}
          [{"a":1},{{#if l}}{"a":{{word}}}{{/if}}]
          {"n":1
          {"n":1}}
          """)
  void a_body_that_looks_like_json_and_comes_to_none_is_a_problem(String body) {
    assertThat(
            failure(render(request("body", body), "word", "yes", "n", null, "l", list(1, null, 2)))
                .reason())
        .startsWith("it does not come to JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{{word}}] came up
          {{word}}: {n}
          {"a":1}\n{"a":2}\n
          """)
  void other_texts_and_lines_of_json_are_left_as_they_are(String body) {
    String text = body.replace("\\n", "\n");
    assertThat(content(render(request("body", text), "word", "yes")).body())
        .contains(text.replace("{{word}}", "yes"));
  }

  @Test
  void a_body_that_a_header_calls_something_else_is_no_json() {
    assertThat(
            content(
                    render(
                        request(
                            "headers",
                            list(object("key", "Content-Type", "value", "text/plain")),
                            "body",
                            "{not json}")))
                .body())
        .contains("{not json}");
  }
}
