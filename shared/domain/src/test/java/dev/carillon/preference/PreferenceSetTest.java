package dev.carillon.preference;

import static dev.carillon.preference.Given.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.condition.ConditionProblem;
import dev.carillon.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceSetTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        """
        {"__persistence_strategy__": "merge",
         "categories": {"marketing": false, "transactional": {"channel_types": {"email": false}}},
         "channel_types": {"email": true},
         "channels": {"2f641633-95d3-4555-9222-9f1eb7888a80": {"conditions": [
             {"argument": "US", "operator": "equal_to", "variable": "recipient.country_code"}]},
           "aef6e715-df82-4ab6-b61e-b743e249f7b6": true},
         "commercial_subscribed": true,
         "workflows": {"dinosaurs-loose": {"channel_types": {"email": false}}}}
        """,
        """
        {"id": "default", "channel_types": null, "channels": null, "categories": null,
         "workflows": null, "commercial_subscribed": null}
        """,
        """
        {"workflows": {"a": {"channel_types": null, "channels": null, "conditions": null}},
         "commercial_subscribed": {"conditions": [{"argument": "false", "operator": "not_equal_to",
           "variable": "tenant.settings.preferences.commercial_subscribed"}]}}
        """,
        """
        {"categories": {"collab": {"__strategy__": "replace", "channel_types": {"email": true}}},
         "channel_types": {"__strategy__": "merge", "in_app_guide": false}}
        """
      })
  void what_knock_accepts_is_accepted(String set) {
    assertThat(PreferenceSet.problems(json(set))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"channel_types": []}                                | channel_types                        | object
          {"channel_types": {"Email": false}}                  | channel_types.Email                  | email
          {"channel_types": {"carrier_pigeon": false}}         | channel_types.carrier_pigeon         | email
          {"workflows": {"a": {"channel_types": {"SMS": false}}}} | workflows.a.channel_types.SMS     | sms
          {"Channel_types": {"email": false}}                  | Channel_types                        | no such
          {"own": 5}                                           | own                                  | no such
          {"categories": {"a": {"email": false}}}              | categories.a.email                   | no such
          {"channels": true}                                   | channels                             | object
          {"workflows": "all"}                                 | workflows                            | object
          {"channel_types": {"email": "false"}}                | channel_types.email                  | true, false
          {"channels": {"x": 0}}                               | channels.x                           | true, false
          {"commercial_subscribed": "no"}                      | commercial_subscribed                | true, false
          {"categories": {"a b": []}}                          | categories.a b                       | true, false
          {"workflows": {"a": {"channel_types": {"sms": 1}}}}  | workflows.a.channel_types.sms        | true, false
          {"workflows": {"a": {"channels": []}}}               | workflows.a.channels                 | object
          {"workflows": {"a": {"conditions": {}}}}             | workflows.a.conditions               | list
          {"workflows": {"a": {"conditions": [{"all": [YES]}]}}} | workflows.a.conditions[0]          | list
          {"channel_types": {"email": {"conditions": [YES, {"variable": "data.a", "operator": "is"}]}}} | channel_types.email.conditions[1].operator | "is"
          {"channel_types": {"email": {"conditions": [{"variable": "refs.a.status", "operator": "equal_to", "argument": "sent"}]}}} | channel_types.email.conditions[0] | earlier
          {"commercial_subscribed": {"conditions": "x"}}       | commercial_subscribed.conditions     | list
          {"__strategy__": "replace"}                          | __strategy__                         | single
          {"channel_types": {"__strategy__": "swap"}}          | channel_types.__strategy__           | merge or replace
          {"categories": {"a": {"__strategy__": 5}}}           | categories.a.__strategy__            | merge or replace
          {"__persistence_strategy__": "append"}               | __persistence_strategy__             | merge or replace
          """)
  void what_is_wrong_with_a_set_is_named(String set, String at, String reason) {
    assertThat(PreferenceSet.problems(json(set)))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo(at);
              assertThat(problem.reason()).contains(reason).endsWith(".");
            });
  }

  @Test
  void a_set_is_an_object() {
    assertThat(PreferenceSet.problems(Json.TRUE))
        .containsExactly(new ConditionProblem("", "A preference set is an object."));
  }

  @Test
  void every_problem_is_reported_at_once() {
    assertThat(
            PreferenceSet.problems(json("{\"channels\": 1, \"workflows\": {\"a\": 1, \"b\": 2}}")))
        .extracting(ConditionProblem::field)
        .containsExactlyInAnyOrder("channels", "workflows.a", "workflows.b");
  }
}
