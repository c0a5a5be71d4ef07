package dev.carillon.local.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.local.engine.Bench;
import dev.carillon.local.rescue.DeadLetters.Buried;
import dev.carillon.local.rescue.DeadLetters.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;

class DeadLettersTest {
  private static final int LETTERS = 10_000;

  @Test
  void ten_thousand_letters_redriven_twice_are_all_there_once() {
    try (var bench = Bench.inMemory();
        var sqs = bench.client(SqsClient.builder())) {
      bench.queue("Carillon-Steps");
      bench.queue("Other-Steps");
      // Another installation of the account, whose name begins with this one's.
      bench.queue("Carillon-Staging-Steps");
      bury(bench, LETTERS);
      var letters = new DeadLetters(sqs, "Carillon-");
      var buried = new Buried("Carillon-Steps", Bench.arn("Carillon-Steps-dead"), LETTERS, 0, 0);
      assertThat(letters.list()).containsExactly(buried);

      assertThat(letters.moveBack(buried)).isEqualTo(new Outcome.Started());
      assertThat(letters.moveBack(buried)).isEqualTo(new Outcome.Started());

      assertThat(letters.list()).extracting(Buried::letters).containsExactly(0);
      var queues = bench.engines.queues();
      var bodies = new HashSet<String>();
      for (var batch = queues.receive("Carillon-Steps", 10);
          !batch.isEmpty();
          batch = queues.receive("Carillon-Steps", 10)) {
        for (var message : batch) {
          assertThat(bodies.add(message.body())).as(message.body()).isTrue();
          assertThat(message.receiveCount()).as("has its tries again").isEqualTo(1);
        }
      }
      assertThat(bodies).hasSize(LETTERS);
    }
  }

  @Test
  void letters_that_went_back_are_there_after_a_restart(@TempDir Path data) {
    try (var bench = new Bench(Optional.of(data))) {
      bench.queue("Carillon-Steps");
      bury(bench, 3);
      bench.engines.queues().moveBack("Carillon-Steps-dead");
    }
    try (var bench = new Bench(Optional.of(data))) {
      bench.queue("Carillon-Steps");
      assertThat(bench.engines.queues().depths().get("Carillon-Steps").visible()).isEqualTo(3);
      assertThat(bench.engines.queues().depths().get("Carillon-Steps-dead").visible()).isZero();
    }
  }

  @Test
  void a_queue_that_buries_nothing_gives_nothing_back() {
    try (var bench = Bench.inMemory();
        var sqs = bench.client(SqsClient.builder())) {
      bench.queue("Carillon-Steps");

      assertThat(
              new DeadLetters(sqs, "Carillon-")
                  .moveBack(new Buried("x", Bench.arn("Carillon-Steps"), 1, 0, 0)))
          .isInstanceOf(Outcome.Refused.class);
    }
  }

  /** The queue of the bench buries after two tries. */
  private static void bury(Bench bench, int letters) {
    var queues = bench.engines.queues();
    for (int i = 0; i < letters; i++) {
      queues.send("Carillon-Steps", "letter " + i, Duration.ZERO, Optional.empty());
    }
    for (int attempt = 0; attempt < 3; attempt++) {
      while (!queues.receive("Carillon-Steps", letters).isEmpty()) {
        // All in one go.
      }
      bench.pass(Duration.ofMinutes(1));
    }
  }
}
