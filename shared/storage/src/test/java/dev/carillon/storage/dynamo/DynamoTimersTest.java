package dev.carillon.storage.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.storage.dynamo.waiting.DynamoTimers;
import dev.carillon.storage.dynamo.waiting.WaitingKeys;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.timer.Timers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoTimersTest {
  /** Nobody else lists anything in these years. */
  private static final Instant THEN = Instant.parse("2071-01-05T09:00:00Z");

  private static final long YEAR_OF_MINUTES = 366 * 24 * 60;

  private final AtomicInteger requests = new AtomicInteger();
  private final DynamoDbClient client = counted();
  private final DynamoTimers timers =
      new DynamoTimers(new DynamoTable(() -> client, LocalTable.NAME, InstantSource.fixed(THEN)));

  @Test
  void a_year_in_which_nothing_is_due_is_one_read_and_each_day_with_something_one_more() {
    long minute = Minutes.of(THEN);
    assertThat(timers.minutes(minute, minute + YEAR_OF_MINUTES, 61)).isEmpty();
    assertThat(requests).hasValue(1);

    for (int day = 0; day < 3; day++) {
      timers.put(hint().listedAt(minute + 100L * day * 24 * 60));
    }
    requests.set(0);
    assertThat(timers.minutes(minute, minute + YEAR_OF_MINUTES, 61)).hasSize(3);
    assertThat(requests).hasValue(4);
  }

  @Test
  void what_an_earlier_build_listed_without_noting_its_part_is_found_once_it_is_noted() {
    Timer listed = hint().listedAt(Minutes.of(THEN) + 2 * YEAR_OF_MINUTES);
    timers.put(listed);
    String part =
        Minutes.of(THEN) + 2 * YEAR_OF_MINUTES + "#" + Integer.toHexString(listed.shard());
    client.deleteItem(
        request ->
            request
                .tableName(LocalTable.NAME)
                .key(new Key(WaitingKeys.waiting(listed.environment()), part).attributes()));
    assertThat(parts(listed)).isEmpty();

    // Another instance, which does not remember having noted it.
    new DynamoTimers(new DynamoTable(() -> client, LocalTable.NAME, InstantSource.fixed(THEN)))
        .note(listed);
    assertThat(parts(listed)).containsExactly(new Timers.Part(listed.minute(), listed.shard()));
  }

  private List<Timers.Part> parts(Timer listed) {
    return timers.parts(
        listed.environment(), new Timers.Part(0, 0), Minutes.of(THEN) + 3 * YEAR_OF_MINUTES, 10);
  }

  private static Timer hint() {
    return new Timer(
        new EnvironmentId("d-" + UUID.randomUUID()),
        new Timer.Subject.OfSchedule(ScheduleId.of("call", 0)),
        1,
        THEN,
        Minutes.of(THEN));
  }

  private DynamoDbClient counted() {
    return LocalTable.client(
        new ExecutionInterceptor() {
          @Override
          public void beforeTransmission(
              Context.BeforeTransmission context, ExecutionAttributes attributes) {
            requests.incrementAndGet();
          }
        });
  }
}
