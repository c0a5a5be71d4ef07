package dev.carillon.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLiteralTest {

  @Test
  void json_is_what_it_says() {
    assertThat(JsonLiteral.parse("true")).contains(Json.TRUE);
    assertThat(JsonLiteral.parse("false")).contains(Json.FALSE);
    assertThat(JsonLiteral.parse(" null\n")).contains(Json.NULL);
    assertThat(JsonLiteral.parse("\t[ ]\r")).contains(new Json.Arr(List.of()));
    assertThat(JsonLiteral.parse("{ }")).contains(Json.object());
    assertThat(JsonLiteral.parse("[1 , \"a\", {\"b\" : [ null ] }]"))
        .contains(
            new Json.Arr(
                List.of(
                    Json.of(1),
                    Json.of("a"),
                    Json.object().with("b", new Json.Arr(List.of(Json.NULL))))));
    assertThat(JsonLiteral.parse("{\"a\":1,\"a\":2}"))
        .contains(Json.object().with("a", Json.of(2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "12.5", "-1", "1e3", "1E-3", "0.001", "123456789012345678901"})
  void numbers_keep_their_form(String text) {
    assertThat(JsonLiteral.parse(text))
        .get()
        .isInstanceOfSatisfying(
            Json.Num.class, number -> assertThat(number.value()).isEqualTo(new BigDecimal(text)));
  }

  @Test
  void escapes_in_texts_are_read() {
    assertThat(JsonLiteral.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\uD83D\\uDE00\""))
        .contains(Json.of("\"\\/\b\f\n\r\tAé😀"));
    assertThat(JsonLiteral.parse("\"é 😀 \u2028\"")).contains(Json.of("é 😀 \u2028"));
  }

  static Stream<String> oddities() {
    return Stream.of(
        "",
        " ",
        "hello",
        "007",
        "+1",
        "1.",
        ".5",
        "1e",
        "1e999",
        "0x10",
        "NaN",
        "Infinity",
        "-",
        "--1",
        "1 2",
        "TRUE",
        "True",
        "nul",
        "truex",
        "'a'",
        "\"",
        "\"a",
        "\"a\"b",
        "a\"b\"",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u00\"",
        "\"\\u00g0\"",
        "\"\\u٠٠٤١\"",
        "\"a\nb\"",
        "\"\t\"",
        "\"\\ud83d\"",
        "\"\\ude00\\ud83d\"",
        "\"\ud83d\"",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[]]",
        "{",
        "}",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,}",
        "{a:1}",
        "{1:2}",
        "{\"a\" 1}",
        "{\"a\":1}{}",
        "{\"a\":1 \"b\":2}",
        "\uFEFF1",
        "\u00a01",
        "1\u0000",
        "9".repeat(32),
        "9".repeat(400),
        "-" + "9".repeat(400),
        "1." + "0".repeat(31),
        "[".repeat(18) + "]".repeat(18),
        "[".repeat(5_000),
        "{\"a\":".repeat(3_000),
        "\"" + "a".repeat(16_384) + "\"");
  }

  @ParameterizedTest
  @MethodSource("oddities")
  void anything_else_is_not_json_and_no_error(String text) {
    assertThat(JsonLiteral.parse(text)).isEmpty();
  }

  @Test
  void lists_may_be_as_deep_as_people_write_them() {
    assertThat(JsonLiteral.parse("[".repeat(17) + "]".repeat(17))).isPresent();
    assertThat(JsonLiteral.parse("\"" + "a".repeat(16_382) + "\"")).isPresent();
    assertThat(JsonLiteral.parse("9".repeat(31))).isPresent();
  }
}
