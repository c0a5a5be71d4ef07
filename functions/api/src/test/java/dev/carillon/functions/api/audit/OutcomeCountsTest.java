package dev.carillon.functions.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.api.ApiFixture;
import dev.carillon.functions.api.outcome.RecipientOutcome;
import dev.carillon.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomeCountsTest {
  private static final Instant NOW = ApiFixture.START;
  private static final List<RecipientOutcome> ONE_OF_EACH =
      List.of(
          new RecipientOutcome.Delivered("sent", 2),
          new RecipientOutcome.Skipped("opted_out"),
          new RecipientOutcome.Failed("bounced"),
          new RecipientOutcome.Waiting("delay", NOW, Optional.empty()),
          new RecipientOutcome.OnItsWay("message", NOW));

  private static OutcomeCounts counts() {
    OutcomeCounts counts = OutcomeCounts.ofTrigger(ONE_OF_EACH.size());
    for (RecipientOutcome outcome : ONE_OF_EACH) {
      counts = counts.with(outcome);
    }
    return counts;
  }

  @Test
  void everybody_who_was_accepted_is_counted_once() {
    Json.Obj json = counts().json();
    assertThat(json.object("counts"))
        .isEqualTo(
            Json.object()
                .with("accepted", Json.of(5))
                .with("delivered", Json.of(1))
                .with("skipped", Json.of(1))
                .with("failed", Json.of(1))
                .with("waiting", Json.of(2)));
    assertThat(json.get("in_progress")).contains(Json.of(1));
    assertThat(json.object("reasons").object("waiting"))
        .isEqualTo(Json.object().with("delay", Json.of(1)).with("message", Json.of(1)));
    assertThat(json.get("balanced")).contains(Json.TRUE);
  }

  @Test
  void one_who_has_no_fate_is_out_of_balance() {
    assertThat(OutcomeCounts.ofTrigger(1).isBalanced()).isFalse();
    assertThat(OutcomeCounts.ofTrigger(1).with(ONE_OF_EACH.getFirst()).isBalanced()).isTrue();
    assertThat(OutcomeCounts.ofTrigger(0).with(ONE_OF_EACH.getFirst()).isBalanced()).isFalse();
  }

  @Test
  void a_broken_rule_is_out_of_balance() {
    assertThat(counts().withViolations(1).isBalanced()).isFalse();
  }

  @Test
  void sums_add_up() {
    OutcomeCounts twice = counts().and(counts().withViolations(3));
    assertThat(twice.triggers()).isEqualTo(2);
    assertThat(twice.accepted()).isEqualTo(10);
    assertThat(twice.count(OutcomeCounts.Kind.WAITING)).isEqualTo(4);
    assertThat(twice.onTheirWay()).isEqualTo(2);
    assertThat(twice.violations()).isEqualTo(3);
    assertThat(OutcomeCounts.NOTHING.and(counts())).isEqualTo(counts());
  }

  @Test
  void a_sum_survives_a_cursor() {
    OutcomeCounts sum = counts().and(counts().withViolations(3));
    assertThat(OutcomeCounts.parse(sum.json())).isEqualTo(sum);
    assertThat(OutcomeCounts.parse(OutcomeCounts.NOTHING.json())).isEqualTo(OutcomeCounts.NOTHING);
  }
}
