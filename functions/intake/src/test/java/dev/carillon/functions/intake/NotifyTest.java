package dev.carillon.functions.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.recipient.RecipientId;
import dev.carillon.task.FanoutTask;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The older form of triggering and cancelling. */
class NotifyTest {
  private final IntakeFixture desk = new IntakeFixture();

  @Test
  void the_workflow_that_the_body_names_is_triggered_and_the_answer_names_the_result()
      throws IOException {
    var answer =
        desk.notify(
            """
            {"name": "new-comment", "cancellation_key": "c1", "data": {"comment": "Hi"},
             "recipients": ["ellie", {"id": "isla", "collection": "islands"}, "ellie"]}
            """);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().fields()).containsOnlyKeys("result_id");
    var id = TriggerId.parse(answer.json().text("result_id").orElseThrow());
    Trigger trigger = desk.ports.triggers().find(IntakeFixture.LOCAL, id).orElseThrow();
    assertThat(trigger.workflow()).isEqualTo(IntakeFixture.NEW_COMMENT);
    assertThat(trigger.recipients())
        .extracting(Trigger.Named::id)
        .containsExactly(RecipientId.user("ellie"), new RecipientId("islands", "isla"));
    assertThat(trigger.data().text("comment")).contains("Hi");
    assertThat(desk.ports.tasks().queued())
        .containsExactly(new FanoutTask.Start(IntakeFixture.LOCAL, id, trigger.tenantId(), 0));
  }

  @Test
  void recipients_are_named_and_nothing_is_said_about_them() throws IOException {
    var answer =
        desk.notify(
            "{\"name\": \"new-comment\", \"recipients\": [{\"id\": \"ellie\", \"plan\":"
                + " \"pro\"}]}");
    var id = TriggerId.parse(answer.json().text("result_id").orElseThrow());
    assertThat(desk.ports.triggers().find(IntakeFixture.LOCAL, id).orElseThrow().recipients())
        .singleElement()
        .satisfies(it -> assertThat(it.id()).isEqualTo(RecipientId.user("ellie")))
        .satisfies(it -> assertThat(it.identification()).isEmpty());
  }

  @Test
  void what_is_cancelled_in_the_older_form_is_cancelled() throws IOException {
    var answer =
        desk.notify(
            """
            {"name": "new-comment", "cancellation_key": "c1", "recipients": ["ellie", "tim"]}
            """);
    var id = TriggerId.parse(answer.json().text("result_id").orElseThrow());
    var cancelled =
        desk.notifyCancel(
            """
            {"name": "new-comment", "cancellation_key": "c1", "recipients": ["ellie"]}
            """);
    assertThat(cancelled.status()).isEqualTo(204);
    var triggers = desk.ports.triggers();
    assertThat(triggers.cancelled(IntakeFixture.LOCAL, id, RecipientId.user("ellie"))).isTrue();
    assertThat(triggers.cancelled(IntakeFixture.LOCAL, id, RecipientId.user("tim"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"recipients": ["ellie"]}                                            | 422 | name
          {"name": "no such", "recipients": ["ellie"]}                         | 404 | name
          {"name": "other", "recipients": ["ellie"]}                           | 404 | name
          {"name": 5, "recipients": ["ellie"]}                                 | 422 | name
          {"name": "new-comment"}                                              | 422 | recipients
          {"name": "new-comment", "recipients": []}                            | 422 | recipients
          {"name": "new-comment", "recipients": [5]}                           | 422 | recipients[0]
          {"name": "new-comment", "recipients": ["ellie"], "tenant": "ingen"}  | 422 | tenant
          {"name": "new-comment", "recipients": ["ellie"], "actor": "nobody"}  | 422 | actor
          """)
  void a_field_that_is_not_as_it_must_be_is_named(String body, int status, String field)
      throws IOException {
    var answer = desk.notify(body);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).contains("\"field\":\"" + field + "\"");
    assertThat(desk.ports.tasks().queued()).isEmpty();
  }
}
