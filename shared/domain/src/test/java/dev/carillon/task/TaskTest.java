package dev.carillon.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.TriggerId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
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

  @Test
  void what_is_tried_again_is_a_group_of_its_own_so_that_what_is_new_goes_before_it() {
    var tenant = Optional.of(new TenantId("acme"));
    var fanout = fanout("development", tenant).group();
    assertThat(attempt(1, tenant).group()).isEqualTo(fanout);
    assertThat(attempt(2, tenant).group())
        .isNotEqualTo(fanout)
        .isEqualTo(attempt(3, tenant).group());
  }

  private static Task attempt(int number, Optional<TenantId> tenant) {
    return new DeliveryTask.Deliver(
        new EnvironmentId("development"),
        new MessageId(Ksuid.of(Instant.parse("2026-03-10T12:00:00Z"), Digest.of("a message"))),
        tenant,
        number,
        Optional.empty(),
        OptionalLong.empty());
  }

  private static Task fanout(String environment, Optional<TenantId> tenant) {
    return new FanoutTask.Start(new EnvironmentId(environment), TRIGGER, tenant, 0);
  }
}
