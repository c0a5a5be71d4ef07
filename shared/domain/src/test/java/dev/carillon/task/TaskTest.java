package dev.carillon.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.TriggerId;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TaskTest {
  private static final TriggerId TRIGGER =
      TriggerId.of(Instant.parse("2026-03-10T12:00:00Z"), "a request");

  @Test
  void tasks_are_grouped_by_environment_and_tenant() {
    assertThat(
            Stream.of(
                fanout("development", Optional.empty()),
                fanout("production", Optional.empty()),
                fanout("development", Optional.of(new TenantId("acme"))),
                fanout("development", Optional.of(new TenantId("other"))),
                new WakeTask.Sweep()))
        .extracting(Task::group)
        .allMatch(group -> group.matches("[0-9a-f]{32}"))
        .doesNotHaveDuplicates();
  }

  @Test
  void the_tasks_of_one_tenant_share_a_group_whatever_they_do() {
    var tenant = Optional.of(new TenantId("acme"));
    var advance =
        new StepsTask.Advance(
            new EnvironmentId("development"),
            TRIGGER,
            RecipientId.user("mira"),
            tenant,
            Optional.empty(),
            Optional.empty());
    assertThat(advance.group()).isEqualTo(fanout("development", tenant).group());
    assertThat(new WakeTask.Drain(1, Optional.empty()).group())
        .isEqualTo(new WakeTask.Sweep().group());
  }

  private static Task fanout(String environment, Optional<TenantId> tenant) {
    return new FanoutTask.Start(new EnvironmentId(environment), TRIGGER, tenant, 0);
  }
}
