package dev.carillon.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.local.engine.Bench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.EmptyBatchRequestException;
import software.amazon.awssdk.services.sqs.model.InvalidMessageContentsException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

class SqsTest {
  private Bench bench;
  private SqsClient sqs;
  private String url;

  @TempDir Path data;

  @BeforeEach
  void start() {
    open();
  }

  private void open() {
    bench = new Bench(Optional.of(data));
    sqs = bench.client(SqsClient.builder());
    url = bench.queue("steps");
  }

  @AfterEach
  void stop() {
    sqs.close();
    bench.close();
  }

  private List<Message> receive() {
    return sqs.receiveMessage(
            request ->
                request
                    .queueUrl(url)
                    .maxNumberOfMessages(10)
                    .messageAttributeNames("All")
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  @Test
  void a_message_comes_back_as_it_was_sent() {
    var body = "Zoë 🎈 \t{\"a\":\"\\\\\"}";
    var trace = "Root=1-6a1f0c52-8d3b4c7e9b401e5d2f7a9c02;Sampled=1";
    sqs.sendMessage(
        request ->
            request
                // As the SDK does in a traced function.
                .overrideConfiguration(it -> it.putHeader("X-Amzn-Trace-Id", trace))
                .queueUrl(url)
                .messageBody(body)
                .messageGroupId("tenant")
                .messageAttributes(
                    Map.of(
                        "kind",
                        MessageAttributeValue.builder()
                            .dataType("String")
                            .stringValue("ünïcode")
                            .build())));

    var message = receive().getFirst();

    assertThat(message.body()).isEqualTo(body);
    assertThat(message.messageAttributes().get("kind").stringValue()).isEqualTo("ünïcode");
    assertThat(message.attributesAsStrings())
        .containsEntry("MessageGroupId", "tenant")
        .containsEntry("AWSTraceHeader", trace)
        .containsEntry("ApproximateReceiveCount", "1")
        .containsEntry("SentTimestamp", "" + Bench.START.toEpochMilli());
  }

  @Test
  void a_delayed_message_is_held_to_the_second() {
    sqs.sendMessage(request -> request.queueUrl(url).messageBody("later").delaySeconds(900));
    bench.pass(Duration.ofSeconds(899));
    assertThat(receive()).isEmpty();
    assertThat(bench.engines.nextDue()).contains(Bench.START.plusSeconds(900));
    bench.pass(Duration.ofSeconds(1));
    assertThat(receive()).hasSize(1);
  }

  @Test
  void a_message_not_deleted_shows_itself_again_and_then_goes_to_the_dead_letters() {
    sqs.sendMessage(request -> request.queueUrl(url).messageBody("poison"));
    assertThat(receive()).hasSize(1);
    assertThat(receive()).isEmpty();
    bench.pass(Duration.ofSeconds(30));
    assertThat(receive()).hasSize(1);
    bench.pass(Duration.ofSeconds(30));
    assertThat(receive()).isEmpty();
    assertThat(bench.engines.queues().depths().get("steps-dead").visible()).isEqualTo(1);
    assertThat(bench.engines.queues().depths().get("steps").total()).isZero();
  }

  @Test
  void a_deleted_message_stays_away_and_an_old_receipt_does_nothing() {
    sqs.sendMessage(request -> request.queueUrl(url).messageBody("once"));
    var first = receive().getFirst();
    sqs.changeMessageVisibility(
        request -> request.queueUrl(url).receiptHandle(first.receiptHandle()).visibilityTimeout(0));
    var second = receive().getFirst();
    sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(first.receiptHandle()));
    assertThat(bench.engines.queues().depths().get("steps").inFlight()).isEqualTo(1);
    sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(second.receiptHandle()));
    assertThat(bench.engines.queues().depths().get("steps").total()).isZero();
  }

  @Test
  void a_batch_reports_the_refused_beside_the_accepted() {
    var answer =
        sqs.sendMessageBatch(
            request -> request.queueUrl(url).entries(entry("good", "ok"), entry("bad", "\u0001")));
    assertThat(answer.successful()).singleElement().matches(sent -> sent.id().equals("good"));
    assertThat(answer.failed())
        .singleElement()
        .matches(failed -> failed.code().equals("InvalidMessageContents") && failed.senderFault());
  }

  private static SendMessageBatchRequestEntry entry(String id, String body) {
    return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
  }

  @Test
  void what_sqs_refuses_is_refused_with_its_own_errors() {
    assertThatThrownBy(
            () -> sqs.sendMessage(request -> request.queueUrl(url).messageBody("a\uFFFEb")))
        .isInstanceOf(InvalidMessageContentsException.class);
    assertThatThrownBy(
            () -> sqs.sendMessage(request -> request.queueUrl(url + "x").messageBody("a")))
        .isInstanceOf(QueueDoesNotExistException.class);
    assertThatThrownBy(
            () -> sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle("nonsense")))
        .isInstanceOf(ReceiptHandleIsInvalidException.class);
    assertThatThrownBy(
            () -> sqs.sendMessageBatch(request -> request.queueUrl(url).entries(List.of())))
        .isInstanceOf(EmptyBatchRequestException.class);
    assertThatThrownBy(
            () ->
                sqs.sendMessage(
                    request -> request.queueUrl(url).messageBody("a").delaySeconds(901)))
        .isInstanceOf(SqsException.class)
        .hasMessageContaining("DelaySeconds");
    assertThatThrownBy(
            () ->
                sqs.sendMessage(
                    request -> request.queueUrl(url).messageBody("a".repeat(1_048_577))))
        .isInstanceOf(SqsException.class)
        .hasMessageContaining("1048576");
  }

  @Test
  void after_a_restart_everything_is_there_and_nothing_is_in_flight() {
    sqs.sendMessage(request -> request.queueUrl(url).messageBody("held"));
    var held = receive().getFirst();
    sqs.sendMessage(request -> request.queueUrl(url).messageBody("gone"));
    var gone = receive().getFirst();
    sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(gone.receiptHandle()));
    sqs.sendMessage(request -> request.queueUrl(url).messageBody("later").delaySeconds(60));

    stop();
    open();

    assertThat(bench.engines.queues().depths().get("steps")).isEqualTo(new QueueDepth(1, 0, 1));
    var again = receive().getFirst();
    assertThat(again.messageId()).isEqualTo(held.messageId());
    assertThat(again.attributesAsStrings()).containsEntry("ApproximateReceiveCount", "2");
    bench.pass(Duration.ofSeconds(60));
    assertThat(receive()).singleElement().matches(message -> message.body().equals("later"));
  }

  @Test
  void a_wait_ends_when_a_message_comes() throws InterruptedException {
    var queues = bench.engines.queues();
    assertThat(queues.await("steps", Duration.ofMillis(5))).isFalse();
    queues.send("steps", "delayed", Duration.ofSeconds(50), Optional.empty());
    var mover = Thread.ofVirtual().start(() -> bench.pass(Duration.ofSeconds(50)));
    assertThat(queues.await("steps", Duration.ofSeconds(20))).isTrue();
    mover.join();
  }
}
