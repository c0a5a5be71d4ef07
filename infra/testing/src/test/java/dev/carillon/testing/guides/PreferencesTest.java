package dev.carillon.testing.guides;

import static dev.carillon.testing.scenarios.GuideEngine.condition;
import static dev.carillon.testing.scenarios.GuideEngine.feed;
import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.said;
import static dev.carillon.testing.scenarios.GuideEngine.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.run.Run;
import dev.carillon.run.RunEvent;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.engine.InvocationJson;
import dev.carillon.testing.scenarios.GuideEngine;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Preferences from the environment's defaults to the recipient's own, as runs meet them. */
class PreferencesTest {
  private static final String NO_EMAIL = "{'channel_types': {'email': false}}";
  private static final String EMAIL = "{'channel_types': {'email': true}}";

  private final GuideEngine scene = GuideEngine.open().user("elmo");

  private void workflow(String head) {
    scene.with(
        "news", "'name': 'n', 'categories': ['product', 'Big News!']" + head, mail("m"), feed("f"));
  }

  private void environment(String set) {
    scene
        .engine
        .ports()
        .environments()
        .put(
            InProcessEngine.ENVIRONMENT,
            new EnvironmentSettings(Optional.empty(), GuideEngine.json(set), List.of()));
  }

  private Run trigger() {
    return scene.run(scene.trigger("news", "{'recipients': ['elmo'], 'data': {'n': 1}}"), "elmo");
  }

  private Run triggerFor(String tenant) {
    return scene.run(
        scene.trigger("news", "{'recipients': ['elmo'], 'tenant': " + tenant + "}"), "elmo");
  }

  private void optedOut(Run run, String layer, String place) {
    assertThat(said(run, "step_skipped").text("reason")).contains("opted_out");
    assertThat(said(run, "step_skipped").text("layer")).contains(layer);
    assertThat(said(run, "step_skipped").text("preference")).contains(place);
    assertThat(scene.messages()).hasSize(1);
  }

  @Test
  void what_nobody_spoke_of_is_wanted() {
    workflow("");
    var run = trigger();
    assertThat(scene.messages()).hasSize(2);
    assertThat(run.log().getFirst().data().get("layer")).isEmpty();
  }

  @Test
  void the_environments_default_holds_for_everybody() {
    workflow("");
    environment(NO_EMAIL);
    optedOut(trigger(), "environment", "channel_types.email");
  }

  @Test
  void the_recipients_own_set_beats_the_environments_default() {
    workflow("");
    environment(NO_EMAIL);
    scene.prefers("elmo", EMAIL);
    trigger();
    assertThat(scene.messages()).hasSize(2);
  }

  @Test
  void a_recipient_may_opt_out_of_what_the_environment_sends() {
    workflow("");
    environment(EMAIL);
    scene.prefers("elmo", NO_EMAIL);
    optedOut(trigger(), "recipient", "channel_types.email");
  }

  @Test
  void a_tenants_default_holds_for_its_recipients() {
    workflow("");
    optedOut(
        triggerFor("{'id': 'acme', 'settings': {'preference_set': " + NO_EMAIL + "}}"),
        "tenant",
        "channel_types.email");
  }

  @Test
  void a_tenants_default_set_that_makes_no_sense_is_refused_by_name() {
    var refused =
        scene.engine.call(
            Call.trigger(
                "news",
                GuideEngine.json(
                    """
                    {'recipients': ['elmo'],
                     'tenant': {'id': 'street', 'settings': {'preference_set':
                       {'__strategy__': 'replace', 'channel_types': {'email': 'no'}}}}}
                    """)));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(InvocationJson.of(refused.body()))
        .contains("tenant.settings.preference_set.__strategy__")
        .contains("tenant.settings.preference_set.channel_types.email");
  }

  @Test
  void a_recipients_set_for_the_tenant_beats_the_tenants_default() {
    workflow("");
    scene.prefers("elmo", "acme", EMAIL);
    triggerFor("{'id': 'acme', 'settings': {'preference_set': " + NO_EMAIL + "}}");
    assertThat(scene.messages()).hasSize(2);
  }

  @Test
  void within_a_tenant_that_has_a_default_the_recipients_default_set_does_not_count() {
    workflow("");
    scene.prefers("elmo", NO_EMAIL);
    triggerFor("{'id': 'acme', 'settings': {'preference_set': " + EMAIL + "}}");
    assertThat(scene.messages()).hasSize(2);
  }

  @Test
  void within_a_tenant_without_any_set_the_recipients_default_set_counts() {
    workflow("");
    scene.prefers("elmo", NO_EMAIL);
    optedOut(triggerFor("'acme'"), "recipient", "channel_types.email");
  }

  @Test
  void a_tenants_replace_overrides_what_the_recipient_said() {
    workflow("");
    scene.prefers("elmo", "acme", EMAIL);
    var run =
        triggerFor(
            """
            {'id': 'acme', 'settings': {'preference_set':
              {'channel_types': {'__strategy__': 'replace', 'email': false}}}}\
            """);
    optedOut(run, "tenant", "channel_types.email");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'workflows': {'news': false}}                                | workflows.news
          {'workflows': {'news': {'channel_types': {'email': false}}}}  | workflows.news.channel_types.email
          {'categories': {'product': false}}                            | categories.product
          {'categories': {'product': true, 'Big News!': false}}         | categories.Big News!
          {'categories': {'product': {'channel_types': {'email': false}}}} | categories.product.channel_types.email
          {'channel_types': {'email': false}, 'workflows': {'news': true}} | channel_types.email
          """)
  void each_place_of_a_set_may_opt_out_and_is_named(String set, String place) {
    workflow("");
    scene.prefers("elmo", set);
    var run = trigger();
    var skipped =
        run.log().stream().filter(entry -> entry.event() == RunEvent.STEP_SKIPPED).findFirst();
    assertThat(skipped.orElseThrow().data().text("preference")).contains(place);
    assertThat(scene.mails()).isEmpty();
  }

  @Test
  void a_channel_by_its_id_beats_its_type() {
    workflow("");
    String id =
        scene
            .engine
            .ports()
            .channels()
            .find(InProcessEngine.ENVIRONMENT, "email")
            .orElseThrow()
            .id()
            .toString();
    scene.prefers("elmo", "{'channels': {'" + id + "': true}, 'channel_types': {'email': false}}");
    trigger();
    assertThat(scene.mails()).hasSize(1);
    scene.prefers("elmo", "{'channels': {'" + id + "': false}, 'channel_types': {'email': true}}");
    trigger();
    assertThat(scene.mails()).hasSize(1);
  }

  @Test
  void a_preference_may_hang_on_conditions_that_the_log_shows() {
    workflow("");
    scene.prefers(
        "elmo",
        "{'channel_types': {'email': {'conditions': [%s]}}}"
            .formatted(condition("data.n", "greater_than", "'5'")));
    var run = trigger();
    var said = said(run, "step_skipped");
    assertThat(said.text("preference")).contains("channel_types.email");
    assertThat(InvocationJson.of(said.object("preference_conditions")))
        .contains("channel_types.email")
        .contains("data.n")
        .contains("\"value\":1");
    scene.trigger("news", "{'recipients': ['elmo'], 'data': {'n': 6}}");
    assertThat(scene.mails()).hasSize(1);
  }

  @Test
  void preferences_are_asked_when_the_step_is_executed_and_not_at_the_trigger() {
    scene.workflow("later", step("delay", "'delay_for': {'unit': 'hours', 'value': 1}"), mail("m"));
    scene.trigger("later", "{'recipients': ['elmo']}");
    scene.prefers("elmo", NO_EMAIL);
    scene.pass("PT1H");
    assertThat(scene.mails()).isEmpty();
  }

  @Test
  void they_bear_on_channel_steps_only() {
    scene.prefers("elmo", "{'workflows': {'later': false}}");
    scene.workflow(
        "later", step("http_fetch", "fetch", "'url': 'https://api.example/'"), mail("m"));
    scene.trigger("later", "{'recipients': ['elmo']}");
    assertThat(scene.engine.outside().requests()).hasSize(1);
    assertThat(scene.mails()).isEmpty();
  }

  @Test
  void a_commercial_workflow_is_not_for_who_unsubscribed_whatever_tenants_say() {
    workflow(", 'settings': {'is_commercial': true}");
    scene.prefers("elmo", "{'commercial_subscribed': false}");
    scene.prefers("elmo", "acme", EMAIL);
    var run = triggerFor("'acme'");
    assertThat(run.log().getFirst().data().text("preference")).contains("commercial_subscribed");
    assertThat(scene.messages()).isEmpty();
  }

  @Test
  void a_workflow_that_is_not_commercial_does_not_mind() {
    workflow("");
    scene.prefers("elmo", "{'commercial_subscribed': false}");
    trigger();
    assertThat(scene.messages()).hasSize(2);
  }

  @Test
  void a_workflow_that_overrides_preferences_is_sent_regardless() {
    workflow(", 'settings': {'override_preferences': true}");
    environment(NO_EMAIL);
    scene.prefers("elmo", "{'workflows': {'news': false}}");
    var run = trigger();
    assertThat(scene.messages()).hasSize(2);
    assertThat(run.log().getFirst().data().text("layer")).contains("override");
  }

  @Test
  void preferences_of_an_inline_recipient_are_merged_and_count_for_its_run() {
    workflow("");
    scene.prefers("elmo", "{'categories': {'other': false}}");
    scene.trigger(
        "news", "{'recipients': [{'id': 'elmo', 'preferences': {'default': " + NO_EMAIL + "}}]}");
    assertThat(scene.mails()).isEmpty();
    assertThat(scene.messages()).hasSize(1);
  }

  @Test
  void templates_see_what_the_sets_come_to() {
    environment("{'channel_types': {'sms': false}}");
    scene.prefers("elmo", EMAIL);
    scene.workflow("news", mail("{{json recipient.preferences.channel_types}}"));
    trigger();
    assertThat(scene.mails()).containsExactly("elmo: {\"sms\":false,\"email\":true}");
  }
}
