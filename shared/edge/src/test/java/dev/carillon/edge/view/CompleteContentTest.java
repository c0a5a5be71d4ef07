package dev.carillon.edge.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.content.ContentType;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompleteContentTest {
  /** What an author wrote, and what answers say of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          WORKFLOW     | {'name': 'A', 'description': null, 'conditions': null, 'steps': []} | {'name': 'A', 'steps': []}
          WORKFLOW     | {'steps': [{'ref': 'b', 'branches': [{'name': 'x', 'conditions': null, 'steps': [{'conditions': null}]}]}]} | {'steps': [{'ref': 'b', 'branches': [{'name': 'x', 'steps': [{}]}]}]}
          WORKFLOW     | {'steps': [{'cohort_branches': [{'steps': [{'settings': {'delay_for': null, 'delay_until_field_path': 'at'}}]}]}]} | {'steps': [{'cohort_branches': [{'steps': [{'settings': {'delay_until_field_path': 'at'}}]}]}]}
          WORKFLOW     | {'steps': [{'channel_overrides': null, 'template': {'subject': 'S', 'text_body': null}}]} | {'steps': [{'template': {'subject': 'S', 'settings': {}}}]}
          WORKFLOW     | {'steps': [{'channel_type': 'email', 'template': {'settings': {'layout_key': null, 'pre_content': null}}}]} | {'steps': [{'channel_type': 'email', 'template': {'settings': {'layout_key': null}}}]}
          WORKFLOW     | {'steps': [{'channel_type': 'push', 'template': {'text_body': 'T'}}]} | {'steps': [{'channel_type': 'push', 'template': {'text_body': 'T', 'settings': {'delivery_type': 'content'}}}]}
          WORKFLOW     | {'steps': [{'template': {'title': 'T', 'settings': {'delivery_type': 'silent'}}}]} | {'steps': [{'template': {'title': 'T', 'settings': {'delivery_type': 'silent'}}}]}
          WORKFLOW     | {'steps': [{'channel_type': 'push', 'template': {'settings': 'wrong'}}]} | {'steps': [{'channel_type': 'push', 'template': {'settings': 'wrong'}}]}
          WORKFLOW     | {'steps': [{'channel_type': 'chat', 'template': {'json_body': '{}'}}]} | {'steps': [{'channel_type': 'chat', 'template': {'json_body': '{}', 'markdown_body': ''}}]}
          WORKFLOW     | {'steps': [{'channel_type': 'sms', 'template': {'text_body': 'T', 'settings': null}}]} | {'steps': [{'channel_type': 'sms', 'template': {'text_body': 'T'}}]}
          WORKFLOW     | {'steps': [{'channel_overrides': {'from_name': null}}]} | {'steps': [{'channel_overrides': {'from_name': null}}]}
          WORKFLOW     | {'steps': 'wrong', 'template': 7} | {'steps': 'wrong', 'template': 7}
          EMAIL_LAYOUT | {'name': 'L', 'branding_overrides': null} | {'name': 'L', 'text_layout': ''}
          MESSAGE_TYPE | {'name': 'M', 'icon_name': null} | {'name': 'M', 'variants': [], 'preview': '', 'semver': '1.0.0'}
          AUDIENCE     | {'type': 'static', 'segments': null} | {'type': 'static'}
          AUDIENCE     | {'type': 'dynamic', 'segments': null} | {'type': 'dynamic', 'segments': []}
          """)
  void what_is_required_is_there_and_what_says_nothing_is_not(
      ContentType type, String written, String answered) {
    Json.Obj complete = CompleteContent.of(type, json(written));
    assertThat(complete).hasToString(json(answered).toString());
    assertThat(CompleteContent.of(type, complete)).isEqualTo(complete);
  }

  @Test
  void the_null_of_data_is_data() {
    Json.Obj written =
        json(
            """
            {'steps': [{'conditions': {'all': [{'variable': 'a', 'operator': 'empty', 'argument': null}]},
              'template': {'visual_blocks': [{'type': 'partial', 'attrs': {'label': null}}]}}],
             'trigger_data_json_schema': {'properties': {'a': {'default': null}}}}
            """);
    assertThat(CompleteContent.of(ContentType.WORKFLOW, written)).isEqualTo(written);
  }

  private static Json.Obj json(String text) {
    return (Json.Obj) JsonText.parse(text.replace('\'', '"'));
  }
}
