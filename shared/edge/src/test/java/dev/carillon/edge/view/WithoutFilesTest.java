package dev.carillon.edge.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WithoutFilesTest {
  /** F stands for a file as a trigger brings one along. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'n': 1}                                     | {'n': 1}
          {'attachments': [F, F], 'n': 1}              | {'n': 1}
          {'invoice': F, 'n': 1}                       | {'n': 1}
          {'attachments': [F, {'name': 'a'}]}          | {'attachments': [{'name': 'a'}]}
          {'attachments': []}                          | {'attachments': []}
          {'attachments': [{'name': 'a', 'content': 'b'}]} | {'attachments': [{'name': 'a', 'content': 'b'}]}
          {'order': {'files': [F]}}                    | {'order': {'files': [F]}}
          """)
  void files_at_the_top_of_the_data_are_left_out_and_nothing_else(String data, String shown) {
    assertThat(WithoutFiles.of(json(data))).isEqualTo(json(shown));
  }

  private static Json.Obj json(String text) {
    return (Json.Obj)
        JsonText.parse(
            text.replace(
                    "F", "{'name': 'a.pdf', 'content_type': 'application/pdf', 'content': 'eA=='}")
                .replace('\'', '"'));
  }
}
