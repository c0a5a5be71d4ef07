package dev.carillon.functions.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MakeCallTest {
  /** So many characters of data go there, or none: two bytes of UTF-8, six when escaped. */
  @ParameterizedTest
  @CsvSource({
    "https://hooks.example/x, 1000000, true",
    "arn:aws:sqs:eu-west-1:123456789012:events, 150000, true",
    "arn:aws:sqs:eu-west-1:123456789012:events, 175000, false",
    "arn:aws:events:eu-west-1:123456789012:event-bus/default, 40000, true",
    "arn:aws:events:eu-west-1:123456789012:event-bus/default, 43000, false",
    "arn:aws:firehose:eu-west-1:123456789012:deliverystream/all, 160000, true",
    "arn:aws:firehose:eu-west-1:123456789012:deliverystream/all, 175000, false"
  })
  void a_message_that_the_destination_has_no_room_for_is_told_of_without_its_data(
      String url, int characters, boolean fits) {
    Json.Obj data = Json.object().with("text", "ö".repeat(characters));
    Json.Obj message = Json.object().with("id", "m1").with("data", data);
    Json.Obj payload = Json.object().with("type", "message.sent").with("data", message);
    assertThat(JsonText.parse(MakeCall.body(url, payload)))
        .isEqualTo(fits ? payload : payload.with("data", message.with("data", Json.NULL)));
  }
}
