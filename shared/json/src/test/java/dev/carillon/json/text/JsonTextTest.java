package dev.carillon.json.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.carillon.json.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void reads_every_kind_of_value_in_the_order_it_was_written() {
    var json = JsonText.parse("{\"b\":[1,2.50,true,false,null],\"a\":\"x\"}");
    assertThat(json)
        .isEqualTo(
            Json.object()
                .with(
                    "b",
                    new Json.Arr(
                        List.of(
                            Json.of(1),
                            new Json.Num(new BigDecimal("2.50")),
                            Json.TRUE,
                            Json.FALSE,
                            Json.NULL)))
                .with("a", "x"));
    assertThat(JsonText.write(json)).isEqualTo("{\"b\":[1,2.50,true,false,null],\"a\":\"x\"}");
  }

  @Test
  void a_lone_value_is_a_document() {
    assertThat(JsonText.parse(" 7 ")).isEqualTo(Json.of(7));
    assertThat(JsonText.parse("\"\"")).isEqualTo(Json.of(""));
  }

  @Test
  void any_text_survives_writing_and_reading() {
    for (var text :
        List.of(
            "O'Brien & \"Söhne\" </script>",
            "👩‍👩‍👧‍👦 مرحبا \u202e e\u0301",
            "\u0000\u0001\u001f\u007f\u2028\ufffe",
            "")) {
      var json = Json.object().with(text, text);
      assertThat(JsonText.parse(JsonText.write(json))).isEqualTo(json);
      assertThat(JsonText.parse(JsonText.bytes(json))).isEqualTo(json);
      assertThat(JsonText.parse(JsonText.queueBody(json))).isEqualTo(json);
    }
  }

  @Test
  void a_queue_body_is_printable_ascii() {
    var body = JsonText.queueBody(Json.of("é👍\u0000\uffff\n"));
    assertThat(body.chars()).allMatch(c -> c >= 0x20 && c < 0x7f);
  }

  @Test
  void slashes_are_left_alone() {
    assertThat(JsonText.write(Json.of("a/b"))).isEqualTo("\"a/b\"");
  }

  @Test
  void numbers_keep_their_value_and_are_written_plainly_where_that_is_short() {
    assertThat(written("1e2")).isEqualTo("100");
    assertThat(written("1.10")).isEqualTo("1.10");
    assertThat(written("0.000001")).isEqualTo("0.000001");
    assertThat(written("12345678901234567890")).isEqualTo("12345678901234567890");
    assertThat(JsonText.parse(written("1e300"))).isEqualTo(JsonText.parse("1e300"));
    assertThat(JsonText.parse(written("5e-324"))).isEqualTo(JsonText.parse("5e-324"));
  }

  @Test
  void numbers_that_could_not_be_read_again_as_we_write_them_are_refused() {
    refused("9".repeat(90) + "e20");
    refused("9".repeat(95) + "e99");
    assertThat(JsonText.parse(written("9".repeat(80) + "e20")))
        .isEqualTo(JsonText.parse("9".repeat(80) + "e20"));
  }

  @Test
  void numbers_that_would_cost_more_than_they_say_are_refused() {
    for (var number :
        List.of(
            "1e401",
            "1e-401",
            "1e1000000000",
            "1e-1000000000",
            "1e99999999999",
            "1e-99999999999",
            "1" + "0".repeat(100),
            "9".repeat(400),
            "0." + "1".repeat(99))) {
      refused(number);
      refused("[" + number + "]");
    }
    assertThat(JsonText.parse("9".repeat(100))).isInstanceOf(Json.Num.class);
    assertThat(JsonText.parse("1e400")).isInstanceOf(Json.Num.class);
  }

  @Test
  void what_is_not_json_is_refused() {
    for (var text :
        List.of(
            "",
            " ",
            "{",
            "[1,",
            "[1,]",
            "{\"a\":1,}",
            "{a:1}",
            "{'a':1}",
            "01",
            "+1",
            ".5",
            "1.",
            "NaN",
            "Infinity",
            "-Infinity",
            "nul",
            "[1] 2",
            "{}{}",
            "\"a",
            "\"\t\"",
            "\"\\x\"",
            "\"\\u12\"",
            "// c\n1",
            "/* */1",
            "\ufeff{}",
            "[",
            "]",
            "}",
            "{\"a\"}",
            "{\"a\":}",
            "[,1]",
            "{1:1}",
            "{\"a\":1 \"b\":2}",
            "\u00001",
            "1\u0000")) {
      refused(text);
    }
  }

  @Test
  void a_key_may_not_come_twice() {
    assertThat(refused("{\"a\":1,\"b\":{\"a\":1},\"a\":null}"))
        .hasMessage("An object has the same key twice.");
    refused("{\"a\":1,\"\\u0061\":1}");
  }

  @Test
  void half_a_surrogate_pair_is_refused_in_names_and_values() {
    refused("\"\\ud800\"");
    refused("\"\\udc00\\ud800\"");
    refused("\"\\ud83dx\"");
    refused("{\"\\ud800\":1}");
    refused("\"\ud800\"");
    assertThat(JsonText.parse("\"\\ud83d\\ude00\"")).isEqualTo(Json.of("😀"));
  }

  @Test
  void bytes_must_be_utf8() {
    for (var bytes :
        List.of(
            "{\"a\":1}".getBytes(StandardCharsets.UTF_16),
            "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE),
            new byte[] {'"', (byte) 0xc3, '"'},
            new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'},
            new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
            new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, '1'},
            new byte[0])) {
      assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> JsonText.parse(bytes));
    }
  }

  @Test
  void what_is_malformed_is_told_with_its_place_where_it_has_one() {
    assertThatExceptionOfType(MalformedJson.class)
        .isThrownBy(() -> JsonText.parse("{\n1}"))
        .extracting(MalformedJson::located)
        .isEqualTo("This is not valid JSON. (line 2, column 1)");
    assertThatExceptionOfType(MalformedJson.class)
        .isThrownBy(() -> JsonText.parse(new byte[] {'"', (byte) 0xc3, '"'}))
        .extracting(MalformedJson::located)
        .isEqualTo("The text is not valid UTF-8.");
  }

  @Test
  void depth_is_bounded_and_counted_exactly() {
    assertThat(JsonText.parse(nested(JsonText.DEPTH))).isInstanceOf(Json.Arr.class);
    refused(nested(JsonText.DEPTH + 1));
    refused("{\"a\":".repeat(JsonText.DEPTH + 1) + "1" + "}".repeat(JsonText.DEPTH + 1));
    assertThat(JsonText.parse("[[1]]", 2)).isInstanceOf(Json.Arr.class);
    assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> JsonText.parse("[[[1]]]", 2));
  }

  @Test
  void a_tower_of_brackets_is_refused_without_a_stack_overflow() {
    assertThat(refused("[".repeat(100_000))).hasMessageContaining("nested deeper");
    refused("{\"a\":".repeat(100_000));
  }

  @Test
  void the_refusal_says_where_and_never_quotes() {
    var problem = refused("{\n  \"secret\": hunter2\n}");
    assertThat(problem.line()).isEqualTo(2);
    assertThat(problem.column()).isPositive();
    assertThat(problem.getMessage()).doesNotContain("hunter2").doesNotContain("secret");
  }

  @Test
  void random_garbage_is_either_read_or_refused() {
    var random = new Random(20260101);
    var alphabet = "{}[]\",:\\u0123456789eE+-.truefalsn \n\ud800é";
    IntStream.range(0, 20_000)
        .mapToObj(
            _ -> {
              var text = new StringBuilder();
              for (int i = random.nextInt(1, 20); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
              }
              return text.toString();
            })
        .forEach(
            text -> {
              try {
                var json = JsonText.parse(text);
                assertThat(JsonText.parse(JsonText.bytes(json))).isEqualTo(json);
              } catch (MalformedJson _) { // refused: as good
              }
            });
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  private static String written(String number) {
    return JsonText.write(JsonText.parse(number));
  }

  private static MalformedJson refused(String text) {
    try {
      JsonText.parse(text);
    } catch (MalformedJson e) {
      return e;
    }
    throw new AssertionError("accepted: " + text);
  }
}
