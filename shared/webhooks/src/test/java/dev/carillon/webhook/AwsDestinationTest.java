package dev.carillon.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.webhook.AwsDestination.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsDestinationTest {
  @ParameterizedTest
  @CsvSource({
    "arn:aws:sqs:eu-west-1:123456789012:product, SQS_QUEUE, product",
    "arn:aws-cn:sqs:cn-north-1:123456789012:a_b-c, SQS_QUEUE, a_b-c",
    "arn:aws:events:us-east-1:123456789012:event-bus/default, EVENT_BUS, default",
    "arn:aws-us-gov:firehose:us-gov-west-1:123456789012:deliverystream/a.b, FIREHOSE_STREAM, a.b"
  })
  void queues_buses_and_streams_hear_of_events(String arn, Kind kind, String name) {
    AwsDestination destination = AwsDestination.parse(arn).orElseThrow();
    assertThat(destination.kind()).isEqualTo(kind);
    assertThat(destination.name()).isEqualTo(name);
    assertThat(WebhookEndpoint.isUrl(arn)).isTrue();
    assertThat(WebhookEndpoint.isPrivate(arn)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "arn:aws:sqs:eu-west-1:123456789012:orders.fifo",
        "arn:aws:sqs:eu-west-1:1234:product",
        "arn:aws:sqs::123456789012:product",
        "arn:aws:sqs:eu-west-1:123456789012:a/b",
        "arn:aws:events:eu-west-1:123456789012:rule/x",
        "arn:aws:sns:eu-west-1:123456789012:topic",
        "arn:aws:lambda:eu-west-1:123456789012:function:f",
        "arn:aws:sqs:eu-west-1:123456789012:product\n"
      })
  void nothing_else_of_aws_does(String arn) {
    assertThat(AwsDestination.parse(arn)).isEmpty();
    assertThat(WebhookEndpoint.isUrl(arn)).isFalse();
  }

  @Test
  void a_deployment_lists_what_may_be_written_to() {
    var listed =
        WebhookDestinations.parse(
            " arn:aws:sqs:eu-west-1:123456789012:a, arn:aws:sqs:eu-west-1:123456789012:b ,");
    assertThat(listed.arns()).hasSize(2);
    assertThat(
            listed.allows(
                AwsDestination.parse("arn:aws:sqs:eu-west-1:123456789012:c").orElseThrow()))
        .isFalse();
    assertThat(WebhookDestinations.parse(" ")).isEqualTo(WebhookDestinations.NONE);
    assertThatThrownBy(() -> WebhookDestinations.parse("https://a.example"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://a.example");
  }
}
