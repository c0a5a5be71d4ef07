package dev.carillon.memory.contract.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.OnceClaims;
import dev.carillon.trigger.RunId;
import dev.carillon.workflow.WorkflowKey;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class OnceClaimsContract {
  private static final RecipientId ADA = RecipientId.user("ada");

  private final EnvironmentId environment = Samples.environment();
  private OnceClaims firsts;

  protected abstract OnceClaims firsts();

  @BeforeEach
  void prepare() {
    firsts = firsts();
  }

  @Test
  void the_run_that_was_first_stays_it() {
    RunId first = run(ADA);
    RunId second = run(ADA);
    assertThat(isFirst(ADA, Optional.empty(), first)).isTrue();
    assertThat(isFirst(ADA, Optional.empty(), second)).isFalse();
    assertThat(isFirst(ADA, Optional.empty(), first)).isTrue();
    assertThat(isFirst(ADA, Optional.empty(), second)).isFalse();
  }

  @Test
  void each_recipient_has_a_first_of_each_workflow_and_environment() {
    for (String id : Samples.IDS) {
      var object = new RecipientId("things", id);
      assertThat(isFirst(RecipientId.user(id), Optional.empty(), run(ADA))).isTrue();
      assertThat(isFirst(object, Optional.empty(), run(ADA))).isTrue();
      assertThat(isFirst(object, Optional.empty(), run(ADA))).isFalse();
    }
    isFirst(ADA, Optional.empty(), run(ADA));
    assertThat(firsts.claim(environment, new WorkflowKey("other"), ADA, Optional.empty(), run(ADA)))
        .isTrue();
    assertThat(
            firsts.claim(Samples.environment(), Samples.WORKFLOW, ADA, Optional.empty(), run(ADA)))
        .isTrue();
  }

  @Test
  void within_each_tenant_there_is_a_first() {
    assertThat(isFirst(ADA, Optional.empty(), run(ADA))).isTrue();
    for (String id : Samples.IDS) {
      assertThat(isFirst(ADA, Optional.of(new TenantId(id)), run(ADA))).isTrue();
      assertThat(isFirst(ADA, Optional.of(new TenantId(id)), run(ADA))).isFalse();
    }
  }

  @Test
  void of_two_at_once_one_is_first() throws Exception {
    for (int round = 0; round < 10; round++) {
      RecipientId recipient = RecipientId.user("u" + round);
      assertThat(Race.winners(4, () -> isFirst(recipient, Optional.empty(), run(recipient))))
          .isOne();
    }
  }

  @Test
  void one_run_that_asks_several_times_at_once_is_first_each_time() throws Exception {
    RunId run = run(ADA);
    assertThat(Race.winners(4, () -> isFirst(ADA, Optional.empty(), run))).isEqualTo(4);
  }

  private boolean isFirst(RecipientId recipient, Optional<TenantId> tenant, RunId run) {
    return firsts.claim(environment, Samples.WORKFLOW, recipient, tenant, run);
  }

  private static RunId run(RecipientId recipient) {
    return RunId.of(Samples.triggerId(Samples.NOW), recipient);
  }
}
