package dev.carillon.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 12, 13, 300})
  void is_the_map_that_it_was_made_of(int size) {
    var map = new LinkedHashMap<String, Json>();
    Fields grown = Fields.NONE;
    for (int i = size; i > 0; i--) {
      map.put("f" + i, Json.of(i));
      grown = grown.with("f" + i, Json.of(i));
    }
    for (Fields fields : new Fields[] {Fields.of(map), grown}) {
      assertThat(fields).isEqualTo(map).hasSameHashCodeAs(map).hasSize(size);
      assertThat(map).isEqualTo(fields);
      assertThat(new ArrayList<>(fields.keySet())).isEqualTo(new ArrayList<>(map.keySet()));
      map.forEach((key, value) -> assertThat(fields.get(key)).isEqualTo(value));
      assertThat(fields).doesNotContainKey("other").doesNotContainKey(null);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40})
  void a_field_set_again_keeps_its_place_and_leaves_the_first_map_alone(int size) {
    Fields before = Fields.NONE;
    for (int i = 0; i < size; i++) {
      before = before.with("f" + i, Json.of(i));
    }
    Fields after = before.with("f1", Json.TRUE);
    assertThat(before.get("f1")).isEqualTo(Json.of(1));
    assertThat(after.get("f1")).isEqualTo(Json.TRUE);
    assertThat(new ArrayList<>(after.keySet())).isEqualTo(new ArrayList<>(before.keySet()));
  }

  @Test
  void cannot_be_changed() {
    Fields fields = Fields.NONE.with("a", Json.TRUE);
    assertThatThrownBy(() -> fields.put("b", Json.TRUE))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(fields::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> fields.remove("a")).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void holds_no_null_references() {
    var noName = new HashMap<String, Json>();
    noName.put(null, Json.TRUE);
    var noValue = new HashMap<String, Json>();
    noValue.put("a", null);
    assertThatThrownBy(() -> Fields.of(noName)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Fields.of(noValue)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Fields.NONE.with(null, Json.TRUE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Fields.NONE.with("a", null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
