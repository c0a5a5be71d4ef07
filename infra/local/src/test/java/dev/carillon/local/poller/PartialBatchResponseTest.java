package dev.carillon.local.poller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.local.sqs.ReceivedMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartialBatchResponseTest {
  private final List<ReceivedMessage> batch = List.of(message("m1"), message("m2"));

  @Test
  void nothing_to_report_is_success_of_all() {
    for (var answer :
        List.of("", "null", "{}", "{\"batchItemFailures\":[]}", "{\"batchItemFailures\":null}")) {
      assertThat(failed(answer)).as(answer).isEmpty();
    }
  }

  @Test
  void only_what_is_reported_stays() {
    assertThat(failed("{\"batchItemFailures\":[{\"itemIdentifier\":\"m2\"}]}"))
        .containsExactly("m2");
  }

  @Test
  void what_cannot_be_understood_is_failure_of_all() {
    for (var answer :
        List.of(
            "ok",
            "[]",
            "\"m1\"",
            "{\"batchItemFailures\":{}}",
            "{\"batchItemFailures\":[{}]}",
            "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
            "{\"batchItemFailures\":[{\"id\":\"m1\"}]}",
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"m3\"}]}")) {
      assertThat(failed(answer)).as(answer).containsExactlyInAnyOrder("m1", "m2");
    }
  }

  private Set<String> failed(String answer) {
    return PartialBatchResponse.failed(answer.getBytes(StandardCharsets.UTF_8), batch);
  }

  private static ReceivedMessage message(String id) {
    return new ReceivedMessage(id, "handle-" + id, "{}", "", Map.of(), Map.of(), 1);
  }
}
