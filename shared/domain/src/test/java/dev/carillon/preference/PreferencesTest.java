package dev.carillon.preference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.condition.Conditions;
import dev.carillon.condition.Facts;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tables read: a preference set (ID stands for the channel's id), and what in it speaks against
 * an email of the workflow {@code hello} with the categories {@code collab} and {@code Daily news}.
 */
class PreferencesTest {
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  private static final Channel EMAIL =
      new Channel(
          new ChannelId(new UUID(0xABC, 1)),
          "email",
          "Email",
          ChannelType.EMAIL,
          "email_aws_ses",
          Json.object(),
          NOON,
          NOON);
  private static final Facts FACTS =
      new Facts(json("{\"data\": {\"plan\": \"pro\"}}"), Map.of(), Set.of(), NOON);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                             |
          {"channel_types": {"email": true}}                             |
          {"channel_types": {"email": false}}                            | channel_types
          {"channel_types": {"sms": false, "in_app_feed": false}}        |
          {"channel_types": {"email": null}}                             |
          {"channels": {"ID": false}}                                    | channel_types
          {"channels": {"ID": true}, "channel_types": {"email": false}}  |
          {"channels": {"ID": false}, "channel_types": {"email": true}}  | channel_types
          {"channels": {"email": false}}                                 | channel_types
          {"channels": {"ID": true, "email": false}}                     |
          {"workflows": {"hello": false}}                                | workflows.hello
          {"workflows": {"hello": true, "other": false}}                 |
          {"workflows": {"hello": {"channel_types": {"email": false}}}}  | workflows.hello
          {"workflows": {"hello": {"channel_types": {"sms": false}}}}    |
          {"workflows": {"hello": {"channels": {"ID": true}, "channel_types": {"email": false}}}} |
          {"categories": {"collab": false}}                              | categories.collab
          {"categories": {"Daily news": false}}                          | categories.Daily news
          {"categories": {"daily news": false, "other": false}}          |
          {"categories": {"collab": true, "Daily news": false}}          | categories.Daily news
          {"categories": {"collab": {"channel_types": {"email": false}}}}| categories.collab
          {"categories": {"collab": false}, "channel_types": {"email": true}, "workflows": {"hello": true}} | categories.collab
          {"channels": {"ID": true}, "workflows": {"hello": {"channel_types": {"email": false}}}} | workflows.hello
          {"workflows": {"hello": true}, "channel_types": {"email": false}} | channel_types
          {"commercial_subscribed": false}                               |
          """)
  void everything_that_a_set_mentions_must_agree(String set, String objection) {
    assertThat(objection(set, "{}")).isEqualTo(Optional.ofNullable(objection));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"channel_types": {"email": {"conditions": [COND]}}}               | channel_types
          {"channels": {"ID": {"conditions": [COND]}}}                       | channel_types
          {"workflows": {"hello": {"conditions": [COND]}}}                   | workflows.hello
          {"workflows": {"hello": {"conditions": [COND], "channel_types": {"email": true}}}} | workflows.hello
          {"categories": {"collab": {"conditions": [COND]}}}                 | categories.collab
          {"categories": {"collab": {"channel_types": {"email": {"conditions": [COND]}}}}} | categories.collab
          """)
  void conditions_decide_where_they_stand(String set, String objection) {
    String holds =
        "{\"variable\": \"data.plan\", \"operator\": \"equal_to\", \"argument\": \"pro\"}";
    String fails = holds.replace("equal_to", "not_equal_to");
    assertThat(objection(set.replace("COND", holds), "{}")).isEmpty();
    assertThat(objection(set.replace("COND", fails), "{}")).contains(objection);
    assertThat(objection(set.replace("COND", holds + "," + fails), "{}")).contains(objection);
    assertThat(objection(set.replace("COND", ""), "{}")).isEmpty();
  }

  @Test
  void a_workflow_can_override_preferences() {
    String nothing = "{\"channel_types\": {\"email\": false}, \"commercial_subscribed\": false}";
    assertThat(objection(nothing, "{\"override_preferences\": true, \"is_commercial\": true}"))
        .isEmpty();
    assertThat(objection(nothing, "{\"override_preferences\": false}")).isPresent();
  }

  @Test
  void commercial_workflows_heed_the_commercial_subscription() {
    String commercial = "{\"is_commercial\": true}";
    assertThat(objection("{\"commercial_subscribed\": false}", commercial))
        .contains("commercial_subscribed");
    assertThat(objection("{\"commercial_subscribed\": true}", commercial)).isEmpty();
    assertThat(objection("{}", commercial)).isEmpty();
    assertThat(
            objection(
                """
                {"commercial_subscribed": {"conditions": [
                  {"variable": "data.plan", "operator": "equal_to", "argument": "free"}]}}
                """,
                commercial))
        .contains("commercial_subscribed");
  }

  @Test
  void within_a_tenant_its_set_counts_in_place_of_the_default_one() {
    Json.Obj no = json("{\"channel_types\": {\"email\": false}}");
    Json.Obj yes = json("{\"channel_types\": {\"email\": true}}");
    assertThat(objection(Map.of("default", no, "acme", yes), Optional.of("acme"), "{}")).isEmpty();
    assertThat(objection(Map.of("default", yes, "acme", no), Optional.of("acme"), "{}"))
        .contains("channel_types");
    assertThat(objection(Map.of("default", no, "acme", Json.object()), Optional.of("acme"), "{}"))
        .isEmpty();
    assertThat(objection(Map.of("default", yes, "acme", no), Optional.empty(), "{}")).isEmpty();
    assertThat(objection(Map.of("default", no, "acme", yes), Optional.of("other"), "{}"))
        .contains("channel_types");
    assertThat(objection(Map.of(), Optional.of("acme"), "{}")).isEmpty();
  }

  @Test
  void the_commercial_subscription_is_always_that_of_the_default_set() {
    assertThat(
            objection(
                Map.of(
                    "default",
                    json("{\"commercial_subscribed\": false}"),
                    "acme",
                    json("{\"commercial_subscribed\": true}")),
                Optional.of("acme"),
                "{\"is_commercial\": true}"))
        .contains("commercial_subscribed");
  }

  private static Optional<String> objection(String set, String settings) {
    return objection(
        Map.of("default", json(set.replace("ID", EMAIL.id().toString()))),
        Optional.empty(),
        settings);
  }

  private static Optional<String> objection(
      Map<String, Json.Obj> sets, Optional<String> tenant, String settings) {
    var workflow =
        new Workflow(
            new WorkflowKey("hello"),
            new VersionId(new UUID(0, 1)),
            "Hello",
            List.of("collab", "Daily news"),
            Conditions.ALWAYS,
            List.of(),
            Json.object().with("settings", json(settings)));
    return Preferences.objection(sets, tenant, workflow, EMAIL, FACTS);
  }

  private static Json.Obj json(String text) {
    return (Json.Obj) JsonLiteral.parse(text).orElseThrow();
  }
}
