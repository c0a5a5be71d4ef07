package dev.carillon.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.local.clock.StackClock;
import dev.carillon.local.template.AccountRegion;
import dev.carillon.local.template.StackTemplate;
import dev.carillon.local.template.StackTemplateReader;
import dev.carillon.recipient.TenantId;
import dev.carillon.task.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What a tenant that sends too much, and what comes back after an outage, does to others. The
 * queues are the stack's, which serve message groups as SQS's fair queues do; the concurrency and
 * the batches are the template's; how long batches take is made up, and time is counted. What is
 * shown is that our groups, queues and concurrency leave room, not what AWS promises.
 */
class NoisyTenantTest {
  private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
  private static final EnvironmentId ENVIRONMENT = new EnvironmentId("local");
  private static final int TENANTS = 10;
  private static final int SECONDS = 60;
  private static final List<Stage> WAY =
      List.of(new Stage("fanout", 200), new Stage("steps", 300), new Stage("delivery", 1_000));

  private static final StackTemplate TEMPLATE =
      StackTemplateReader.read(
          Path.of("../aws/target/cdk.out").toAbsolutePath(), AccountRegion.LOCAL);

  /** A function behind a queue, and about how many milliseconds it takes for a batch. */
  private record Stage(String verb, int millis) {}

  private record Event(long at, int order, Runnable happens) {}

  /** One run of the clock. */
  private static final class World {
    private final Random random = new Random(75);
    private final PriorityQueue<Event> events =
        new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingInt(Event::order));
    private final SqsQueues queues =
        new SqsQueues(
            StackClock.open(() -> START.plusMillis(this.now()), Optional.empty()),
            Optional.empty());
    private final int[] free = new int[WAY.size()];
    private final List<Long> dwells = new ArrayList<>();
    private final StackTemplate.Mapping[] mappings = new StackTemplate.Mapping[WAY.size()];
    private int order;
    private long now;
    private int arrived;

    World() {
      for (int i = 0; i < WAY.size(); i++) {
        mappings[i] = mapping(WAY.get(i).verb());
        free[i] = mappings[i].maximumConcurrency();
        queues.create(
            new QueueAttributes(
                WAY.get(i).verb(),
                "url",
                "arn",
                Duration.ofMinutes(6),
                Duration.ZERO,
                Optional.empty()));
      }
    }

    private static StackTemplate.Mapping mapping(String verb) {
      String name =
          TEMPLATE.functions().stream()
              .filter(function -> function.verb().equals(verb))
              .findFirst()
              .orElseThrow()
              .name();
      return TEMPLATE.mappings().stream()
          .filter(mapping -> mapping.function().equals(name))
          .findFirst()
          .orElseThrow();
    }

    private long now() {
      return now;
    }

    void at(long millis, Runnable happens) {
      events.add(new Event(millis, order++, happens));
    }

    /** Somebody's messages enter the first queue, evenly. */
    void trigger(String tenant, double perSecond, boolean counted) {
      for (int i = 0; i < perSecond * SECONDS; i++) {
        at(
            (long) ((i + random.nextDouble()) * 1000 / perSecond),
            () -> send(0, Task.group(ENVIRONMENT, tenant(tenant)), counted, now));
      }
    }

    void send(int stage, String group, boolean counted, long since) {
      queues.send(WAY.get(stage).verb(), counted + " " + since, Duration.ZERO, Optional.of(group));
      arrived += stage == 0 ? 1 : 0;
      poll(stage);
    }

    private void poll(int stage) {
      while (free[stage] > 0) {
        var batch = queues.receive(WAY.get(stage).verb(), mappings[stage].batchSize());
        if (batch.isEmpty()) {
          return;
        }
        free[stage]--;
        // Half as long again or half of it.
        long takes = (long) (WAY.get(stage).millis() * (0.5 + random.nextDouble()));
        at(now + takes, () -> done(stage, batch));
      }
    }

    private void done(int stage, List<ReceivedMessage> batch) {
      free[stage]++;
      for (var message : batch) {
        queues.delete(WAY.get(stage).verb(), message.receiptHandle());
        String[] said = message.body().split(" ");
        if (stage + 1 < WAY.size()) {
          send(
              stage + 1,
              message.attributes().get("MessageGroupId"),
              Boolean.parseBoolean(said[0]),
              Long.parseLong(said[1]));
        } else if (Boolean.parseBoolean(said[0])) {
          dwells.add(now - Long.parseLong(said[1]));
        }
      }
      poll(stage);
    }

    /** Until nothing happens any more. */
    World run() {
      while (!events.isEmpty()) {
        var event = events.poll();
        now = event.at();
        event.happens().run();
      }
      return this;
    }

    long p99() {
      return dwells.stream().sorted().toList().get(dwells.size() * 99 / 100);
    }
  }

  private static Optional<TenantId> tenant(String id) {
    return Optional.of(new TenantId(id));
  }

  private static World tenants() {
    var world = new World();
    for (int i = 0; i < TENANTS; i++) {
      world.trigger("tenant " + i, 1, true);
    }
    return world;
  }

  @Test
  void one_tenant_at_75_times_the_load_of_all_others_hardly_slows_them_down() {
    var quiet = tenants().run();
    var noisy = tenants();
    noisy.trigger("noisy", 75 * TENANTS, false);
    noisy.run();
    System.out.printf(
        "noisy tenant: p99 dwell of the others %d ms, %d ms without it; %d messages in %d s, over"
            + " after %d s%n",
        noisy.p99(), quiet.p99(), noisy.arrived, SECONDS, noisy.now / 1000);
    assertThat(noisy.now).as("more came than could be sent").isGreaterThan(SECONDS * 1_250L);
    assertThat(noisy.dwells).as("none is lost").hasSize(TENANTS * SECONDS);
    assertThat(noisy.p99()).isLessThanOrEqualTo(quiet.p99() * 3 / 2);
  }

  /** The worst that can be: all of it comes at one moment, of the same tenants. */
  @Test
  void what_comes_back_after_two_hours_lets_what_is_new_go_first() {
    var world = tenants();
    for (int i = 0; i < 100_000; i++) {
      world.send(WAY.size() - 1, Task.groupOfRetries(ENVIRONMENT), false, 0);
    }
    world.run();
    System.out.printf(
        "after an outage: 100,000 are sent after %d s, p99 dwell of what is new meanwhile %d ms%n",
        world.now / 1000, world.p99());
    assertThat(world.now).as("the drain outlasts what is new").isGreaterThan(SECONDS * 1_000L);
    assertThat(world.dwells).hasSize(TENANTS * SECONDS);
    assertThat(world.p99()).isLessThan(5_000);
  }
}
