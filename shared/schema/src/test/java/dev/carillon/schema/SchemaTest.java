package dev.carillon.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
  private static final String COMMENT =
      """
      {"type": "object", "required": ["page"],
       "properties": {"page": {"type": "string"}, "count": {"type": "integer"},
         "authors": {"type": "array", "items": {"type": "object", "required": ["name"]}}}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"page": "A"}                                   |
          {"page": "A", "count": 2, "other": [null]}      |
          {"page": "A", "count": 2.0}                     |
          {"page": "A", "authors": [{"name": "x"}]}       |
          {}                                              | page: required property 'page' not found
          {"page": 5}                                     | page: integer found, string expected
          {"page": null}                                  | page: null found, string expected
          {"page": "A", "count": 2.5}                     | count: number found, integer expected
          {"page": "A", "authors": [{"name": "x"}, {}]}   | authors[1].name: required property 'name' not found
          """)
  void data_pass_or_what_is_wrong_is_named_with_its_path(String data, String problem) {
    assertThat(check(COMMENT, data)).isEqualTo(problem == null ? List.of() : List.of(problem));
  }

  @Test
  void every_problem_is_told_up_to_fifty() {
    assertThat(check(COMMENT, "{\"page\": 5, \"count\": \"x\"}")).hasSize(2);
    var many = "[" + "1,".repeat(999) + "1]";
    assertThat(check("{\"properties\": {\"a\": {\"items\": {\"type\": \"string\"}}}}", a(many)))
        .hasSize(Schema.MAX_PROBLEMS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://json-schema.org/draft-04/schema#",
        "http://json-schema.org/draft-06/schema#",
        "http://json-schema.org/draft-07/schema#",
        "http://json-schema.org/draft-07/schema",
        "https://json-schema.org/draft/2019-09/schema",
        "https://json-schema.org/draft/2020-12/schema"
      })
  void the_draft_is_that_of_the_schema(String draft) {
    var schema = "{\"$schema\": \"%s\", \"required\": [\"page\"]}".formatted(draft);
    assertThat(check(schema, "{}")).containsExactly("page: required property 'page' not found");
  }

  @Test
  void without_a_draft_it_is_2020_12() {
    var schema = "{\"properties\": {\"a\": {\"prefixItems\": [{\"type\": \"string\"}]}}}";
    assertThat(check(schema, a("[1]"))).containsExactly("a[0]: integer found, string expected");
    var seven = "{\"$schema\": \"http://json-schema.org/draft-07/schema#\"," + schema.substring(1);
    assertThat(check(seven, a("[1]"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          email     | "ada@example.com"        | "ada"
          date-time | "2026-01-05T09:00:00Z"   | "2026-01-05"
          date      | "2026-01-05"             | "2026-02-30"
          uri       | "https://a.example/b"    | "a b"
          uuid      | "6a1f0c52-8d3b-4c7e-9b40-1e5d2f7a9c01" | "6a1f"
          """)
  void a_format_is_checked(String format, String good, String bad) {
    var schema = "{\"properties\": {\"a\": {\"format\": \"%s\"}}}".formatted(format);
    assertThat(check(schema, a(good))).isEmpty();
    assertThat(check(schema, a(bad)))
        .singleElement()
        .asString()
        .isEqualTo("a: is not of the format " + format);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type": "text"}                                 | type: does not have a value in the enum
          {"required": "page"}                             | required: string found, array expected
          {"properties": []}                               | properties: array found, object expected
          {"properties": {"a": {"minLength": -1}}}         | properties.a.minLength: must
          {"properties": {"a": {"pattern": "("}}}          | properties.a.pattern: is not of the format regex
          {"patternProperties": {"(": {}}}                 | patternProperties.(: property '(' name is not valid: does not match the regex
          {"$schema": "https://example.com/mine"}          | $schema: must be that of draft
          {"$schema": 7}                                   | $schema: must be that of draft
          {"$ref": "#/$defs/nowhere"}                      | : cannot be used: Reference /$defs/nowhere
          {"properties": {"a": {"$ref": "#/$defs/x"}}}     | : cannot be used: Reference /$defs/x
          {"$id": ":::"}                                   | $id: is not of the format uri-reference
          {"$ref": "#"}                                    | : refers to itself without end
          {"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"$ref": "#"}}} | : refers to itself without end
          """)
  void a_schema_that_makes_no_sense_is_refused(String schema, String problem) {
    assertThat(refused(schema)).first().asString().startsWith(problem.strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1/x.json",
        "https://example.com/schema.json",
        "file:///etc/passwd",
        "classpath:draft-07/schema",
        "resource:draft-07/schema",
        "jar:file:/x.jar!/y"
      })
  void nothing_is_fetched_for_a_reference(String reference) {
    assertThat(refused("{\"$ref\": \"%s\"}".formatted(reference)))
        .singleElement()
        .asString()
        .startsWith(": cannot be used: ")
        .contains(reference);
  }

  @Test
  void a_schema_may_refer_to_its_own_parts_and_to_itself() {
    var tree =
        """
        {"$id": "https://example.com/tree", "type": "object", "required": ["name"],
         "properties": {"name": {"$ref": "#/$defs/name"},
           "children": {"type": "array", "items": {"$ref": "#"}}},
         "$defs": {"name": {"type": "string"}}}
        """;
    assertThat(check(tree, "{\"name\": \"a\", \"children\": [{\"name\": \"b\"}]}")).isEmpty();
    assertThat(check(tree, "{\"name\": \"a\", \"children\": [{\"name\": 1}]}"))
        .containsExactly("children[0].name: integer found, string expected");
  }

  @Test
  void two_schemas_of_one_id_do_not_see_each_other() {
    var first = "{\"$id\": \"https://example.com/x\", \"required\": [\"a\"]}";
    var second = "{\"$id\": \"https://example.com/x\", \"required\": [\"b\"]}";
    assertThat(check(first, "{\"a\": 1}")).isEmpty();
    assertThat(check(second, "{\"b\": 1}")).isEmpty();
  }

  @Test
  void a_pattern_that_would_never_end_ends_and_the_data_do_not_pass() {
    for (var pattern :
        List.of("^(a+)+$", "^(a|aa)+$", "(.*a){20}x", "^(([a-z])+.)+[A-Z]([a-z])+$")) {
      var schema = "{\"properties\": {\"a\": {\"pattern\": \"%s\"}}}".formatted(pattern);
      assertThat(check(schema, a("\"" + "a".repeat(5_000) + "!\"")))
          .as(pattern)
          .containsExactly(": is too large or too deep to be checked against the schema");
    }
  }

  @ParameterizedTest
  @CsvSource({"regex, a", "idn-hostname, é"})
  void a_text_far_too_long_for_a_format_does_not_pass(String format, String letter) {
    var schema = "{\"properties\": {\"a\": {\"format\": \"%s\"}}}".formatted(format);
    assertThat(check(schema, a("\"" + letter.repeat(1_000_000) + "\""))).hasSize(1);
  }

  @Test
  void one_budget_serves_all_patterns_of_a_check() {
    var schema = "{\"properties\": {\"a\": {\"items\": {\"pattern\": \"(.*a){3}x\"}}}}";
    var text = "\"" + "a".repeat(40) + "\"";
    assertThat(check(schema, a("[" + text + "]"))).hasSize(1).noneMatch(it -> it.startsWith(":"));
    assertThat(check(schema, a("[" + (text + ",").repeat(1_000) + text + "]")))
        .containsExactly(": is too large or too deep to be checked against the schema");
  }

  @Test
  void a_long_text_passes_a_plain_pattern() {
    var schema = "{\"properties\": {\"a\": {\"pattern\": \"^[a-z]*$\"}}}";
    assertThat(check(schema, a("\"" + "a".repeat(3_000_000) + "\""))).isEmpty();
  }

  @Test
  void data_larger_than_can_be_checked_do_not_pass() {
    var schema = "{\"properties\": {\"a\": {\"items\": {\"type\": \"integer\"}}}}";
    assertThat(check(schema, a("[" + "1,".repeat(100_000) + "1]"))).isEmpty();
    assertThat(check(schema, a("[" + "1,".repeat(1_200_000) + "1]")))
        .containsExactly(": is too large or too deep to be checked against the schema");
  }

  @Test
  void a_reference_without_end_that_only_data_reach_does_not_pass() {
    var schema = "{\"properties\": {\"a\": {\"$ref\": \"#/properties/a\"}}}";
    assertThat(check(schema, "{}")).isEmpty();
    assertThat(check(schema, a("1")))
        .containsExactly(": is too large or too deep to be checked against the schema");
  }

  @Test
  void numbers_are_compared_by_value_whatever_their_size() {
    var schema =
        "{\"properties\": {\"a\": {\"maximum\": 12345678901234567890, \"multipleOf\": 0.1}}}";
    assertThat(check(schema, a("0.3"))).isEmpty();
    assertThat(check(schema, a("1e400"))).hasSize(1);
  }

  private static List<String> refused(String schema) {
    return lines(Schema.of(parse(schema)).problems());
  }

  private static List<String> check(String schema, String data) {
    return switch (Schema.of(parse(schema))) {
      case CompiledSchema.Ready(var ready) -> lines(ready.problems(parse(data)));
      case CompiledSchema.Refused(var problems) -> throw new AssertionError(problems.toString());
    };
  }

  private static List<String> lines(List<SchemaProblem> problems) {
    return problems.stream().map(problem -> problem.path() + ": " + problem.sentence()).toList();
  }

  private static String a(String value) {
    return "{\"a\": " + value + "}";
  }

  private static Json.Obj parse(String text) {
    return (Json.Obj) JsonText.parse(text);
  }
}
