package dev.carillon.functions.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the schema of a workflow's trigger data does to a trigger. */
class DataSchemaTest {
  private static final String VALID = "{\"invoice\": \"17\", \"amount\": 5}";

  private final IntakeFixture desk = new IntakeFixture();

  @Test
  void data_as_the_schema_has_them_are_accepted() throws IOException {
    assertThat(trigger("{\"recipients\": [\"ellie\"], \"data\": " + VALID + "}").status())
        .isEqualTo(200);
    assertThat(desk.ports.tasks().queued()).hasSize(1);
  }

  @Test
  void other_data_are_refused_with_every_error_and_nothing_is_stored() throws IOException {
    var answer =
        trigger(
            """
            {"recipients": ["ellie"], "cancellation_key": "c",
             "data": {"amount": "5", "lines": [{"text": "a"}, {}]}}
            """);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().text("code")).contains("invalid_params");
    assertThat(errors(answer))
        .containsExactlyInAnyOrder(
            "data.invoice: required property 'invoice' not found",
            "data.amount: string found, number expected",
            "data.lines[1].text: required property 'text' not found");
    assertThat(desk.ports.tasks().queued()).isEmpty();
  }

  @Test
  void no_data_are_an_empty_object() throws IOException {
    assertThat(errors(trigger("{\"recipients\": [\"ellie\"]}")))
        .containsExactlyInAnyOrder(
            "data.invoice: required property 'invoice' not found",
            "data.amount: required property 'amount' not found");
  }

  @Test
  void the_schema_of_the_version_that_serves_counts_at_once() throws IOException {
    var call = "{\"recipients\": [\"ellie\"], \"data\": " + VALID + "}";
    assertThat(trigger(call).status()).isEqualTo(200);
    desk.commit(
        IntakeFixture.INVOICE_DUE,
        """
        {"name": "Invoice due", "trigger_data_json_schema": {"required": ["due"]}, "steps": [
          {"type": "channel", "ref": "feed", "channel_key": "feed", "channel_type": "in_app_feed",
           "template": {"markdown_body": "{{invoice}}"}}]}
        """);
    assertThat(errors(trigger(call)))
        .containsExactly("data.due: required property 'due' not found");
  }

  @Test
  void what_is_said_of_one_recipient_is_not_checked_and_does_not_help() throws IOException {
    assertThat(
            trigger(
                    """
                    {"recipients": [{"id": "ellie", "$trigger_data": {"amount": "much"}}],
                     "data": {"invoice": "17", "amount": 5}}
                    """)
                .status())
        .isEqualTo(200);
    assertThat(
            trigger(
                    """
                    {"recipients": [{"id": "ellie", "$trigger_data": {"invoice": "17"}}],
                     "data": {"amount": 5}}
                    """)
                .status())
        .isEqualTo(422);
  }

  @Test
  void an_idempotency_key_of_a_refused_call_can_be_used_for_the_mended_one() throws IOException {
    var key = Map.of("idempotency-key", "k");
    assertThat(
            desk.trigger(IntakeFixture.INVOICE_DUE, "{\"recipients\": [\"ellie\"]}", key).status())
        .isEqualTo(422);
    assertThat(
            desk.trigger(
                    IntakeFixture.INVOICE_DUE,
                    "{\"recipients\": [\"ellie\"], \"data\": " + VALID + "}",
                    key)
                .status())
        .isEqualTo(200);
  }

  private IntakeFixture.Answer trigger(String body) throws IOException {
    return desk.trigger(IntakeFixture.INVOICE_DUE, body, Map.of());
  }

  private static List<String> errors(IntakeFixture.Answer answer) {
    return answer.json().list("errors").stream()
        .map(Json.Obj.class::cast)
        .map(it -> it.text("field").orElse("?") + ": " + it.text("message").orElse("?"))
        .toList();
  }
}
