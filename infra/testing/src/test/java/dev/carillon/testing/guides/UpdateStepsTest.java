package dev.carillon.testing.guides;

import static dev.carillon.testing.scenarios.GuideEngine.condition;
import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.said;
import static dev.carillon.testing.scenarios.GuideEngine.step;
import static dev.carillon.testing.scenarios.GuideEngine.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.Run;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.GuideEngine;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that change the run's data, a user, an object or a tenant. */
class UpdateStepsTest {
  private final GuideEngine scene =
      GuideEngine.open()
          .user("elmo", "'plan': 'free', 'address': {'city': 'Bonn', 'zip': '53111'}");

  private Run trigger(String data) {
    return scene.run(
        scene.trigger("flow", "{'recipients': ['elmo'], 'tenant': 'acme', 'data': {" + data + "}}"),
        "elmo");
  }

  private Recipient find(RecipientId id) {
    return scene.engine.ports().recipients().find(InProcessEngine.ENVIRONMENT, id).orElseThrow();
  }

  private static String update(String kind, String settings) {
    return step("update_" + kind, "update", settings);
  }

  @Test
  void data_is_laid_over_the_runs_data_shallowly() {
    scene.workflow(
        "flow",
        update(
            "data",
            "'data': '{\\\"greeting\\\": \\\"Hi {{data.name}}\\\", \\\"meta\\\": {\\\"b\\\": 2}}'"),
        mail("{{greeting}} {{name}} {{json data.meta}}"));
    var run = trigger("'name': 'Elmo', 'meta': {'a': 1}");
    assertThat(scene.mails()).containsExactly("elmo: Hi Elmo Elmo {\"b\":2}");
    assertThat(said(run, "data_updated").object("data"))
        .isEqualTo(GuideEngine.json("{'greeting': 'Hi Elmo', 'meta': {'b': 2}}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'raw': 'no json'", "'raw': [1]", "'raw': 5", ""})
  void data_that_comes_to_no_object_fails_the_run_after_three_tries(String data) {
    scene.workflow("flow", update("data", "'data': '{{json data.raw}}'"), mail("x"));
    var run = trigger(data);
    scene.pass("PT1M");
    run = scene.run(run.trigger(), "elmo");
    assertThat(GuideEngine.log(run))
        .containsExactly(
            "update step_failed",
            "update step_failed",
            "update step_failed",
            "run run_halted",
            "run run_completed");
    assertThat(scene.mails()).isEmpty();
  }

  @Test
  void a_user_is_changed_deeply_and_later_steps_see_it() {
    scene.workflow(
        "flow",
        update(
            "user",
            "'update_properties': '{\\\"plan\\\": \\\"pro\\\","
                + " \\\"address\\\": {\\\"city\\\": \\\"Ulm\\\"}}'"),
        when(
            "[" + condition("recipient.plan", "equal_to", "'pro'") + "]",
            mail("{{recipient.plan}} in {{recipient.address.city}} {{recipient.address.zip}}")));
    trigger("");
    assertThat(scene.mails()).containsExactly("elmo: pro in Ulm 53111");
    assertThat(find(RecipientId.user("elmo")).properties().text("plan")).contains("pro");
  }

  @Test
  void another_user_is_named_and_comes_to_be_when_new() {
    scene.workflow(
        "flow",
        update(
            "user",
            """
            'recipient_mode': 'reference', 'recipient_gid': 'gid://Object/$users/{{data.who}}',
            'update_properties': '{\\"plan\\": \\"pro\\"}'\
            """),
        mail("x"));
    trigger("'who': 'newcomer'");
    assertThat(find(RecipientId.user("newcomer")).properties())
        .isEqualTo(GuideEngine.json("{'plan': 'pro'}"));
    assertThat(find(RecipientId.user("elmo")).properties().text("plan")).contains("free");
  }

  @Test
  void preferences_of_a_user_are_merged_deeply_and_count_at_once() {
    scene.prefers("elmo", "{'categories': {'news': false}}");
    scene.workflow(
        "flow",
        update(
            "user",
            "'update_properties': '{\\\"preferences\\\": {\\\"default\\\":"
                + " {\\\"channel_types\\\": {\\\"email\\\": false}}}}'"),
        mail("x"));
    var run = trigger("");
    assertThat(find(RecipientId.user("elmo")).preferences().get("default"))
        .isEqualTo(
            GuideEngine.json("{'categories': {'news': false}, 'channel_types': {'email': false}}"));
    assertThat(said(run, "step_skipped").text("reason")).contains("opted_out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          user   | {"preferences": {"default": {"channel_types": {"email": "no"}}}} | preferences.default.channel_types.email
          user   | {"preferences": {"default": false}}                              | preferences.default:
          tenant | {"settings": {"preference_set": {"categories": {"news": 0}}}}    | settings.preference_set.categories.news
          tenant | {"settings": {"branding": {"primary_color": "blurple"}}}         | settings.branding.primary_color: must be a colour
          """)
  void settings_that_make_no_sense_fail_the_step_and_change_nothing(
      String kind, String properties, String field) {
    scene.workflow(
        "flow",
        update(kind, "'update_properties': '" + properties.replace("\"", "\\\"") + "'"),
        mail("x"));
    var run = trigger("");
    assertThat(said(run, "step_failed").text("error").orElseThrow())
        .startsWith("settings.update_properties." + field);
    assertThat(find(RecipientId.user("elmo")).preferences()).isEmpty();
    assertThat(find(new TenantId("acme").recipient()).properties()).isEqualTo(Json.object());
  }

  @Test
  void an_object_is_named_and_comes_to_be_when_new() {
    scene.workflow(
        "flow",
        update(
            "object",
            """
            'recipient_gid': 'gid://Object/projects/{{data.project}}',
            'update_properties': '{\\"last\\": \\"{{recipient.id}}\\"}'\
            """),
        mail("x"));
    var run = trigger("'project': 'apollo'");
    assertThat(find(new RecipientId("projects", "apollo")).properties())
        .isEqualTo(GuideEngine.json("{'last': 'elmo'}"));
    assertThat(said(run, "recipient_updated"))
        .isEqualTo(
            Json.object()
                .with("recipient", new RecipientId("projects", "apollo").reference())
                .with("set", GuideEngine.json("{'last': 'elmo'}")));
  }

  @Test
  void the_tenant_of_the_run_is_changed_and_later_steps_see_it() {
    scene.workflow(
        "flow",
        update("tenant", "'update_properties': '{\\\"tier\\\": \\\"gold\\\"}'"),
        mail("{{tenant.tier}}"));
    trigger("");
    assertThat(scene.mails()).containsExactly("elmo: gold");
    assertThat(find(new TenantId("acme").recipient()).properties().text("tier")).contains("gold");
  }

  @Test
  void without_a_tenant_there_is_none_to_change_and_the_run_fails() {
    scene.workflow("flow", update("tenant", "'update_properties': '{\\\"tier\\\": 1}'"), mail("x"));
    var trigger = scene.trigger("flow", "{'recipients': ['elmo']}");
    scene.pass("PT1M");
    assertThat(scene.run(trigger, "elmo").errors()).isEqualTo(3);
    assertThat(scene.mails()).isEmpty();
  }

  @Test
  void a_recipient_that_would_grow_too_large_is_left_as_it_is_with_an_error() {
    scene.workflow(
        "flow",
        update("user", "'update_properties': '{\\\"big\\\": \\\"{{data.big}}\\\"}'"),
        mail("x"));
    var run = trigger("'big': '" + "x".repeat(300_000) + "'");
    assertThat(said(run, "step_skipped").text("reason")).contains("recipient_too_large");
    assertThat(scene.mails()).hasSize(1);
  }

  @Test
  void channel_data_and_what_a_recipient_is_called_by_are_no_properties_to_set() {
    scene.workflow(
        "flow",
        update(
            "user",
            "'update_properties': '{\\\"channel_data\\\": {\\\"x\\\": 1}, \\\"id\\\": \\\"bert\\\","
                + " \\\"created_at\\\": \\\"never\\\", \\\"plan\\\": \\\"pro\\\"}'"));
    trigger("");
    assertThat(find(RecipientId.user("elmo")).properties().fields())
        .containsEntry("plan", Json.of("pro"))
        .doesNotContainKeys("channel_data", "id", "created_at");
  }

  private static Stream<String> noIds() {
    return Stream.of("a#b", "a/b", "x".repeat(257));
  }

  @ParameterizedTest
  @MethodSource("noIds")
  void whom_no_call_could_name_no_step_can_update(String id) {
    scene.workflow(
        "flow",
        update(
            "user",
            """
            'recipient_gid': 'gid://Object/$users/{{data.who}}',
            'update_properties': '{\\"plan\\": \\"pro\\"}'\
            """));
    var run = trigger("'who': '" + id + "'");
    scene.pass("PT1M");
    assertThat(scene.run(run.trigger(), "elmo").errors()).isEqualTo(3);
  }
}
