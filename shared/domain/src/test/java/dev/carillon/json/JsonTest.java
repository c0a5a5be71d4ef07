package dev.carillon.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1}             | {"b":2}               | {"a":1,"b":2}
          {"a":1}             | {"a":2}               | {"a":2}
          {"a":1}             | {"a":null}            | {"a":null}
          {"a":1}             | {}                    | {"a":1}
          {"a":{"b":1,"c":2}} | {"a":{"c":3,"d":4}}   | {"a":{"b":1,"c":3,"d":4}}
          {"a":{"b":{"c":1}}} | {"a":{"b":{"d":2}}}   | {"a":{"b":{"c":1,"d":2}}}
          {"a":{"b":1}}       | {"a":{"b":null}}      | {"a":{"b":null}}
          {"a":{"b":1}}       | {"a":{}}              | {"a":{"b":1}}
          {"a":{"b":1}}       | {"a":5}               | {"a":5}
          {"a":5}             | {"a":{"b":1}}         | {"a":{"b":1}}
          {"a":null}          | {"a":{"b":1}}         | {"a":{"b":1}}
          {"a":[1,2]}         | {"a":[3]}             | {"a":[3]}
          """)
  void deep_merging_lays_objects_over_each_other_and_removes_nothing(
      String before, String patch, String after) {
    Json.Obj merged = object(before).mergedDeeply(object(patch));
    assertThat(merged).isEqualTo(object(after));
    assertThat(merged.mergedDeeply(object(patch))).isEqualTo(merged);
  }

  @Test
  void shallow_merging_replaces_whole_fields() {
    assertThat(object("{\"a\":{\"b\":1},\"c\":2}").merged(object("{\"a\":{\"d\":3}}")))
        .isEqualTo(object("{\"a\":{\"d\":3},\"c\":2}"));
  }

  @Test
  void a_field_keeps_its_place_when_its_value_changes() {
    Json.Obj object = object("{\"b\":1,\"a\":2}").with("b", "x").with("c", Json.NULL).without("a");
    assertThat(object.fields().keySet()).containsExactly("b", "c");
    assertThat(object.without("z")).isEqualTo(object);
  }

  @Test
  void numbers_are_equal_by_value_and_keep_their_form() {
    var one = new Json.Num(new BigDecimal("1.0"));
    assertThat(one).isEqualTo(Json.of(1)).hasSameHashCodeAs(Json.of(1));
    assertThat(new Json.Num(new BigDecimal("0E+10")))
        .isEqualTo(Json.of(0))
        .hasSameHashCodeAs(Json.of(0));
    assertThat(one).isNotEqualTo(Json.of("1.0")).isNotEqualTo(Json.of(2));
    assertThat(one.value()).isEqualTo(new BigDecimal("1.0"));
  }

  @Test
  void looking_into_an_object_never_fails() {
    Json.Obj object = object("{\"text\":\"t\",\"list\":[1],\"object\":{\"a\":1},\"null\":null}");
    assertThat(object.text("text")).contains("t");
    assertThat(object.text("list")).isEmpty();
    assertThat(object.text("gone")).isEmpty();
    assertThat(object.list("list")).containsExactly(Json.of(1));
    assertThat(object.list("text")).isEmpty();
    assertThat(object.object("object")).isEqualTo(object("{\"a\":1}"));
    assertThat(object.object("null")).isEqualTo(Json.object());
    assertThat(object.get("null")).contains(Json.NULL);
    assertThat(object.get("gone")).isEmpty();
  }

  @Test
  void a_value_shares_nothing_with_what_it_was_made_from() {
    var fields = new LinkedHashMap<String, Json>(Map.of("a", Json.TRUE));
    var items = new ArrayList<Json>(List.of(Json.TRUE));
    var object = new Json.Obj(fields);
    var array = new Json.Arr(items);
    fields.clear();
    items.clear();
    assertThat(object.fields()).hasSize(1);
    assertThat(array.items()).hasSize(1);
    assertThatThrownBy(() -> object.fields().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void null_references_are_refused_where_they_come_in() {
    var fields = new LinkedHashMap<String, Json>();
    fields.put("a", null);
    assertThatThrownBy(() -> new Json.Obj(fields)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Json.Str(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> new Json.Num(null)).isInstanceOf(NullPointerException.class);
    assertThat(Json.ofNullable(Optional.empty())).isEqualTo(Json.NULL);
    assertThat(Json.ofNullable(Optional.of("x"))).isEqualTo(Json.of("x"));
  }

  @Test
  void plain_java_holds_the_same() {
    var plain = (Map<?, ?>) Json.plain(object("{\"a\":[1,\"x\",true,null],\"b\":{}}"));
    var list = new ArrayList<Object>(List.of(new BigDecimal("1"), "x", true));
    list.add(null);
    assertThat(plain.get("a")).isEqualTo(list);
    assertThat(plain.get("b")).isEqualTo(Map.of());
    assertThat(Json.texts(List.of("x", "y"))).isEqualTo(JsonLiteral.parse("[\"x\",\"y\"]").get());
  }

  private static Json.Obj object(String text) {
    return (Json.Obj) JsonLiteral.parse(text).orElseThrow();
  }

  @Test
  void a_value_shows_itself_as_json() {
    Json value =
        Json.object()
            .with("a", Json.array(List.of(Json.of(50), Json.TRUE, Json.NULL)))
            .with("b", "say \"hi\"");
    assertThat(value).hasToString("{\"a\":[50,true,null],\"b\":\"say \\\"hi\\\"\"}");
  }
}
