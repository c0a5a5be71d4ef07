package dev.carillon.preference;

import static dev.carillon.preference.Given.FACTS;
import static dev.carillon.preference.Given.HELLO;
import static dev.carillon.preference.Given.OFFER;
import static dev.carillon.preference.Given.json;
import static dev.carillon.preference.Given.own;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.condition.Conditions;
import dev.carillon.condition.StepStatus;
import dev.carillon.json.Json;
import dev.carillon.preference.Choice.OptedOut;
import dev.carillon.preference.Choice.Reason;
import dev.carillon.preference.Choice.Wanted;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tables read: a recipient's default set (ID stands for the channel's id), and what in it
 * speaks against an email of the workflow {@code hello} with the categories {@code collab} and
 * {@code Daily news}.
 */
class PreferencesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                             |
          {"channel_types": {"email": true}}                             |
          {"channel_types": {"email": false}}                            | channel_types.email
          {"channel_types": {"sms": false, "in_app_feed": false}}        |
          {"channel_types": {"email": null}}                             |
          {"channels": {"ID": false}}                                    | channels.ID
          {"channels": {"ID": true}, "channel_types": {"email": false}}  |
          {"channels": {"ID": false}, "channel_types": {"email": true}}  | channels.ID
          {"channels": {"email": false}}                                 | channels.email
          {"channels": {"ID": true, "email": false}}                     |
          {"channels": {"ID": null, "email": false}}                     | channels.email
          {"workflows": {"hello": false}}                                | workflows.hello
          {"workflows": {"hello": true, "other": false}}                 |
          {"workflows": {"hello": {"channel_types": {"email": false}}}}  | workflows.hello.channel_types.email
          {"workflows": {"hello": {"channel_types": {"sms": false}}}}    |
          {"workflows": {"hello": {"channels": {"ID": false}}}}          | workflows.hello.channels.ID
          {"workflows": {"hello": {"channels": {"ID": true}, "channel_types": {"email": false}}}} |
          {"categories": {"collab": false}}                              | categories.collab
          {"categories": {"Daily news": false}}                          | categories.Daily news
          {"categories": {"daily news": false, "other": false}}          |
          {"categories": {"collab": true, "Daily news": false}}          | categories.Daily news
          {"categories": {"collab": {"channel_types": {"email": false}}}}| categories.collab.channel_types.email
          {"categories": {"collab": false}, "channel_types": {"email": true}, "workflows": {"hello": true}} | categories.collab
          {"categories": {"collab": false}, "workflows": {"hello": {"channel_types": {"email": true}}}} | categories.collab
          {"channels": {"ID": true}, "workflows": {"hello": {"channel_types": {"email": false}}}} | workflows.hello.channel_types.email
          {"channels": {"ID": true}, "categories": {"collab": {"channel_types": {"email": false}}}} | categories.collab.channel_types.email
          {"workflows": {"hello": {"channels": {"ID": true}}}, "channel_types": {"email": false}} | channel_types.email
          {"workflows": {"hello": true}, "channel_types": {"email": false}} | channel_types.email
          {"conditions": [NO]}                                           |
          {"commercial_subscribed": false}                               |
          """)
  void everything_that_a_set_mentions_must_agree(String set, String objection) {
    assertThat(objection(set)).isEqualTo(expected(objection));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"channel_types": {"email": {"conditions": [COND]}}}               | channel_types.email
          {"channels": {"ID": {"conditions": [COND]}}}                       | channels.ID
          {"workflows": {"hello": {"conditions": [COND]}}}                   | workflows.hello
          {"workflows": {"hello": {"conditions": [COND], "channel_types": {"email": true}}}} | workflows.hello
          {"workflows": {"hello": {"channels": {"ID": {"conditions": [COND]}}}}} | workflows.hello.channels.ID
          {"categories": {"collab": {"conditions": [COND]}}}                 | categories.collab
          {"categories": {"collab": {"channel_types": {"email": {"conditions": [COND]}}}}} | categories.collab.channel_types.email
          """)
  void conditions_decide_where_they_stand(String set, String objection) {
    assertThat(objection(set.replace("COND", "YES"))).isEmpty();
    assertThat(objection(set.replace("COND", "NO"))).isEqualTo(expected(objection));
    assertThat(objection(set.replace("COND", "YES, NO"))).isEqualTo(expected(objection));
    assertThat(objection(set.replace("COND", ""))).isEmpty();
    assertThat(objection(set.replace("[COND]", "null"))).isEmpty();
  }

  /** What such a set would have been meant to say nobody knows, so nothing is sent. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"conditions\": [{\"variable\": \"data.plan\", \"operator\": \"is\", \"argument\": 1}]}",
        "{\"conditions\": [YES, {\"operator\": \"exists\"}]}",
        "{\"conditions\": [{\"any\": [YES]}]}",
        "{\"conditions\": {\"all\": [YES]}}",
        "{\"conditions\": YES}",
        "{\"conditions\": \"always\"}",
        "{\"conditions\": [{\"variable\": \"refs.a.status\", \"operator\": \"equal_to\","
            + " \"argument\": \"sent\"}]}",
        "{\"conditions\": [{\"variable\": \"data.at\", \"operator\": \"is_timestamp_before\","
            + " \"argument\": \"whenever\"}]}",
        "\"true\"",
        "1",
        "[]"
      })
  void what_cannot_be_understood_does_not_count_as_wanted(String leaf) {
    for (String set :
        List.of(
            "{\"channel_types\": {\"email\": LEAF}}",
            "{\"workflows\": {\"hello\": LEAF}}",
            "{\"categories\": {\"collab\": {\"channels\": {\"ID\": LEAF}}}}")) {
      assertThat(objection(set.replace("LEAF", leaf))).as(set).isPresent();
    }
  }

  @Test
  void a_status_that_is_known_is_not_for_preferences_to_ask() {
    String set =
        """
        {"channel_types": {"email": {"conditions": [
          {"variable": "refs.feed_1.status", "operator": "equal_to", "argument": "skipped"}]}}}
        """;
    var facts = FACTS.withStatuses(Map.of("feed_1", new StepStatus.Skipped()));
    assertThat(Preferences.choose(own(set), HELLO, facts)).isInstanceOf(OptedOut.class);
  }

  @Test
  void a_workflow_can_override_preferences_the_commercial_subscription_too() {
    String nothing = "{\"channel_types\": {\"email\": false}, \"commercial_subscribed\": false}";
    for (boolean commercial : List.of(true, false)) {
      var overriding = new Sending("hello", List.of(), commercial, true, Given.EMAIL);
      assertThat(Preferences.choose(own(nothing), overriding, FACTS))
          .isEqualTo(
              new Wanted(new Reason(Layer.OVERRIDE, "override_preferences"), Json.Obj.EMPTY));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"commercial_subscribed": false}                                    | commercial_subscribed
          {"commercial_subscribed": true}                                     |
          {"commercial_subscribed": null}                                     |
          {}                                                                  |
          {"commercial_subscribed": {"conditions": [YES]}}                    |
          {"commercial_subscribed": {"conditions": [NO]}}                     | commercial_subscribed
          {"commercial_subscribed": true, "channel_types": {"email": false}}  | channel_types.email
          """)
  void commercial_workflows_heed_the_commercial_subscription(String set, String objection) {
    Choice choice = Preferences.choose(own(set), OFFER, FACTS);
    assertThat(
            Optional.of(choice).filter(OptedOut.class::isInstance).map(it -> it.reason().place()))
        .isEqualTo(expected(objection));
  }

  @Test
  void a_commercial_opt_out_is_a_layer_of_its_own() {
    assertThat(Preferences.choose(own("{\"commercial_subscribed\": false}"), OFFER, FACTS))
        .isEqualTo(
            new OptedOut(new Reason(Layer.COMMERCIAL, "commercial_subscribed"), Json.Obj.EMPTY));
  }

  /** Each row: a set, and what in it spoke for the message first. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                              | DEFAULT    |
          {"channel_types": {"sms": false}}                               | DEFAULT    |
          {"workflows": {"hello": {}}}                                    | DEFAULT    |
          {"channel_types": {"email": true}}                              | RECIPIENT  | channel_types.email
          {"channel_types": {"email": true}, "workflows": {"hello": true}}| RECIPIENT  | workflows.hello
          {"channel_types": {"email": true}, "categories": {"collab": {"channel_types": {"email": true}}}} | RECIPIENT | categories.collab.channel_types.email
          {"commercial_subscribed": true}                                 | COMMERCIAL | commercial_subscribed
          {"commercial_subscribed": true, "channels": {"ID": true}}       | RECIPIENT  | channels.ID
          """)
  void what_is_wanted_names_what_spoke_for_it(String set, Layer layer, String place) {
    Choice choice = Preferences.choose(own(set), OFFER, FACTS);
    assertThat(choice).isInstanceOf(Wanted.class);
    assertThat(choice.reason()).isEqualTo(new Reason(layer, expected(place).orElse("")));
  }

  @Test
  void a_log_shows_the_conditions_by_their_place_in_the_set() {
    Choice choice =
        Preferences.choose(
            own(
                """
                {"workflows": {"hello": {"conditions": [YES]}},
                 "categories": {"collab": {"channel_types": {"email": {"conditions": [NO, YES]}}}},
                 "channel_types": {"email": {"conditions": [YES]}}}
                """),
            HELLO,
            FACTS);
    assertThat(choice.json())
        .isEqualTo(
            json(
                """
                {"preference": "categories.collab.channel_types.email", "layer": "recipient",
                 "conditions": {
                   "workflows.hello": [
                     {"variable": "data.plan", "operator": "equal_to", "argument": "pro",
                      "value": "pro", "result": true}],
                   "categories.collab.channel_types.email": [
                     {"variable": "data.plan", "operator": "not_equal_to", "argument": "pro",
                      "value": "pro", "result": false},
                     {"variable": "data.plan", "operator": "equal_to", "argument": "pro",
                      "value": null, "result": "not_evaluated"}]}}
                """));
  }

  @Test
  void a_log_says_what_is_wrong_with_a_condition() {
    Choice choice =
        Preferences.choose(
            own("{\"channel_types\": {\"email\": {\"conditions\": [{\"variable\": \"a\"}]}}}"),
            HELLO,
            FACTS);
    assertThat(choice.conditions())
        .isEqualTo(
            json(
                """
                {"channel_types.email": [
                  {"field": "conditions[0].operator", "problem": "A condition needs an operator.",
                   "result": false}]}
                """));
  }

  @Test
  void a_log_of_a_choice_without_conditions_has_none() {
    assertThat(Preferences.choose(own("{}"), HELLO, FACTS).json())
        .isEqualTo(json("{\"preference\": \"\", \"layer\": \"default\"}"));
  }

  @Test
  void the_audiences_that_preferences_ask_about_are_known_beforehand() {
    String set =
        """
        {"commercial_subscribed": {"conditions": [IN_A]},
         "workflows": {"hello": {"conditions": [IN_B], "channel_types": {"email": {"conditions": [IN_C]}}},
                       "other": {"conditions": [IN_X]}},
         "channel_types": {"sms": {"conditions": [IN_X]}}}
        """
            .replaceAll(
                "IN_(.)",
                "{\"variable\": \"recipient\", \"operator\": \"is_audience_member\","
                    + " \"argument\": \"$1\"}");
    assertThat(Preferences.audiences(own(set), OFFER)).containsExactly("A", "B", "C");
    assertThat(Preferences.audiences(own(set), HELLO)).containsExactly("B", "C");
    var all = Map.of("A", true, "B", true, "C", true);
    assertThat(Preferences.choose(own(set), OFFER, FACTS.withAudiences(all)))
        .isInstanceOf(Wanted.class);
    assertThat(Preferences.choose(own(set), OFFER, FACTS)).isInstanceOf(OptedOut.class);
  }

  @Test
  void what_is_sent_is_known_by_its_workflow_and_channel() {
    var settings =
        Json.object().with("is_commercial", Json.TRUE).with("override_preferences", Json.FALSE);
    var workflow =
        new Workflow(
            new WorkflowKey("hello"),
            new VersionId(new UUID(0, 1)),
            "Hello",
            List.of("collab", "Daily news"),
            Conditions.ALWAYS,
            List.of(),
            Json.object().with("settings", settings));
    assertThat(Sending.of(workflow, Given.EMAIL)).isEqualTo(OFFER);
  }

  @Test
  void only_the_channel_at_hand_counts() {
    Set<String> ids = Set.of(Given.EMAIL.id().toString(), Given.EMAIL.key());
    Channel other =
        new Channel(
            new ChannelId(new UUID(0xABC, 2)),
            "other-email",
            "Other",
            Given.EMAIL.type(),
            "email_aws_ses",
            Json.object(),
            Given.NOON,
            Given.NOON);
    for (String id : ids) {
      var sets = own("{\"channels\": {\"%s\": false}}".formatted(id));
      var sending = new Sending("hello", List.of(), false, false, other);
      assertThat(Preferences.choose(sets, sending, FACTS)).isInstanceOf(Wanted.class);
    }
  }

  private static Optional<String> objection(String set) {
    Choice choice = Preferences.choose(own(set), HELLO, FACTS);
    return choice instanceof OptedOut(var reason, _)
        ? Optional.of(reason.place())
        : Optional.empty();
  }

  private static Optional<String> expected(String place) {
    return Optional.ofNullable(place).map(it -> it.replace("ID", Given.EMAIL.id().toString()));
  }
}
