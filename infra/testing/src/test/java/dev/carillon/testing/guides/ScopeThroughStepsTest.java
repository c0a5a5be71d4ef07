package dev.carillon.testing.guides;

import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.subscription.Subscription;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.GuideEngine;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What templates see, through the whole engine. */
class ScopeThroughStepsTest {
  private final GuideEngine scene =
      GuideEngine.open().user("elmo", "'name': 'Elmo'").user("ann", "'name': 'Ann'");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {{recipient.id}} {{recipient.name}} {{recipient.email}}        | elmo Elmo elmo@example.com
          {{recipient.__typename}} {{actor.__typename}} {{tenant.__typename}} | User User Tenant
          {{actor.name}} {{actors.[0].name}} {{total_actors}}            | Ann Ann 1
          {{total_activities}} {{activities.[0].page}} {{activities.[0].data.page}} | 1 Plans Plans
          {{activities.[0].actor.name}} {{activities.[0].inserted_at}}   | Ann 2026-01-05T09:00:00Z
          {{page}} {{data.page}} {{data.deep.er}}                        | Plans Plans 1
          {{tenant.id}} {{tenant.name}} {{tenant.settings.branding.primary_color}} | acme Acme #ff0000
          {{vars.host}} {{vars.on}} {{vars.branding.primary_color}}      | here true #ff0000
          {{workflow.key}} {{workflow.categories.[0]}} {{workflow.commercial}} | flow big false
          {{workflow.cancellation_key}} {{workflow.override_preferences}} | k false
          {{timestamp}}                                                  | 2026-01-05T09:00:00Z
          {{#if current_message.id}}{{current_message.inserted_at}}{{/if}} | 2026-01-05T09:00:00Z
          """)
  void templates_see(String template, String becomes) {
    scene.engine.push(
        Map.of(
            "variables.json",
            """
            {"host": {"type": "public", "value": "here"}, "on": {"type": "public", "value": "true"}}
            """));
    scene.with("flow", "'name': 'f', 'categories': ['big']", mail(template));
    scene.trigger(
        "flow",
        """
        {'recipients': ['elmo'], 'actor': 'ann', 'cancellation_key': 'k',
         'tenant': {'id': 'acme', 'name': 'Acme',
                    'settings': {'branding': {'primary_color': '#ff0000'}}},
         'data': {'page': 'Plans', 'deep': {'er': 1}}}
        """);
    assertThat(scene.mails()).containsExactly("elmo: " + becomes);
  }

  @Test
  void a_run_that_a_schedule_started_knows_the_schedule() {
    scene.workflow(
        "flow",
        mail(
            "{{#if recipient.schedule.id}}{{recipient.schedule.last_occurrence_at}},"
                + " next {{recipient.schedule.next_occurrence_at}}{{/if}}"));
    scene.must(
        Call.post(
            "/v1/schedules",
            GuideEngine.json(
                """
                {'workflow': 'flow', 'recipients': ['elmo'],
                 'repeats': [{'frequency': 'daily', 'hours': 12}]}
                """)));
    scene.pass("PT4H");
    assertThat(scene.mails())
        .containsExactly("elmo: 2026-01-05T12:00:00Z, next 2026-01-06T12:00:00Z");
  }

  @Test
  void a_run_that_a_call_started_knows_no_schedule() {
    scene.workflow("flow", mail("[{{recipient.schedule.id}}]"));
    scene.trigger("flow", "{'recipients': ['elmo']}");
    assertThat(scene.mails()).containsExactly("elmo: []");
  }

  @Test
  void who_was_reached_through_a_subscription_sees_its_properties_and_the_object() {
    var project = new RecipientId("projects", "apollo");
    scene.identify(
        project,
        new Identification(
            Json.object().with("title", "Apollo"), Optional.empty(), Map.of(), Map.of()));
    scene
        .engine
        .ports()
        .subscriptions()
        .put(
            InProcessEngine.ENVIRONMENT,
            new Subscription(
                project, RecipientId.user("elmo"), Json.object().with("role", "lead")));
    scene.workflow(
        "flow", mail("{{recipient.subscription.role}} {{recipient.subscription.object.title}}"));
    scene.trigger("flow", "{'recipients': [{'collection': 'projects', 'id': 'apollo'}]}");
    assertThat(scene.mails()).containsExactly("elmo: lead Apollo");
  }

  @Test
  void trigger_data_of_a_recipient_lies_over_that_of_the_call() {
    scene.workflow("flow", mail("{{a}}{{b}}"));
    scene.trigger(
        "flow",
        """
        {'recipients': [{'id': 'elmo', '$trigger_data': {'b': 3}}, {'id': 'ann'}],
         'data': {'a': 1, 'b': 2}}
        """);
    assertThat(scene.mails()).containsExactlyInAnyOrder("elmo: 13", "ann: 12");
  }
}
