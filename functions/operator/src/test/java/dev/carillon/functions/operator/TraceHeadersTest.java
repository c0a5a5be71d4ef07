package dev.carillon.functions.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceHeadersTest {
  private final Bench bench = new Bench();

  private Json.Obj put(Json.Obj headers) {
    return bench.ask(
        JsonText.bytes(Json.object().with("action", "trace_headers").with("headers", headers)));
  }

  @Test
  void headers_take_the_place_of_those_before_and_the_answer_names_them_only() {
    assertThat(put(Json.object().with("X-Honeycomb-Team", "s3cret")).toString())
        .contains("x-honeycomb-team")
        .doesNotContain("s3cret");
    put(Json.object().with("authorization", "Bearer other"));
    assertThat(bench.ports.collectorHeaders().find())
        .isEqualTo(Map.of("authorization", "Bearer other"));
    put(Json.object());
    assertThat(bench.ports.collectorHeaders().find()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"host", "Content-Type", "content-length", "a b", "x-carillon-egress-url", "ü"})
  void what_cannot_be_sent_is_refused_where_it_stands(String name) {
    assertThat(put(Json.object().with(name, "x")).object("error").text("field"))
        .contains("headers." + name);
    assertThat(bench.ports.collectorHeaders().find()).isEmpty();
  }

  @Test
  void a_line_break_in_a_value_and_too_many_are_refused() {
    assertThat(put(Json.object().with("a", "b\r\nc")).object("error").text("field"))
        .contains("headers.a");
    Json.Obj many =
        IntStream.rangeClosed(1, 11)
            .boxed()
            .reduce(Json.object(), (all, i) -> all.with("h" + i, "x"), (a, _) -> a);
    assertThat(put(many).object("error").text("field")).contains("headers");
  }
}
