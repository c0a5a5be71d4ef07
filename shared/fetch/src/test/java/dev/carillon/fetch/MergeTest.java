package dev.carillon.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ~~      | {"a": 1, "m": {"x": 1}} | {"b": 2, "m": {"y": 1}} | {"a": 1, "m": {"y": 1}, "b": 2}
          p       | {"a": 1}                | {"b": 2}                | {"a": 1, "p": {"b": 2}}
          p       | {"p": {"a": 1, "b": 1}} | {"b": 2}                | {"p": {"a": 1, "b": 2}}
          p.q     | {"p": {"a": 1}}         | {"b": 2}                | {"p": {"a": 1, "q": {"b": 2}}}
          p.q     | {"p": "text"}           | {"b": 2}                | {"p": {"q": {"b": 2}}}
          p       | {"p": {"a": 1}}         | [1]                     | {"p": [1]}
          .       | {"a": 1}                | {"b": 2}                | {"a": 1, "b": 2}
          ..p..q. | {"p": {"a": 1}}         | {"b": 2}                | {"p": {"a": 1, "q": {"b": 2}}}
          p q.ü   | {}                      | 1                       | {"p q": {"ü": 1}}
          p       | {}                      | "text"                  | {"p": "text"}
          """)
  void an_answer_is_laid_over_the_data_shallowly_where_the_path_leads(
      String path, String data, String answer, String merged) {
    assertThat(
            ResponseMerge.at(
                Optional.of(path), (Json.Obj) JsonText.parse(data), JsonText.parse(answer)))
        .contains((Json.Obj) JsonText.parse(merged));
  }

  @Test
  void nothing_but_an_object_can_be_laid_over_the_root() {
    assertThat(ResponseMerge.at(Optional.empty(), Json.object(), JsonText.parse("[1]"))).isEmpty();
  }
}
