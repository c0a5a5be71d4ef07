package dev.carillon.functions.fanout;

import static dev.carillon.functions.fanout.FanoutFixture.LOCAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.task.ErasedPart;
import dev.carillon.task.FanoutTask;
import dev.carillon.time.RepeatRule;
import dev.carillon.time.RepeatRule.Frequency;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EraseRecipientTest {
  private static final RecipientId ELLIE = RecipientId.user("ellie");
  private static final RecipientId HERD = new RecipientId("herds", "h1");

  private final FanoutFixture hall = new FanoutFixture();

  /** Plays the task and what follows from it, each twice; how many there were. */
  private int erase(RecipientId recipient) {
    hall.ports
        .tasks()
        .send(
            new FanoutTask.Erase(
                LOCAL, recipient, hall.clock.instant(), ErasedPart.SUBSCRIBERS, Optional.empty()));
    hall.clock.advance(Duration.ofSeconds(1));
    return played();
  }

  private int played() {
    var erase = new FanoutWiring(hall.ports).eraseRecipient();
    int tasks = 0;
    for (var next = hall.ports.tasks().receive();
        next.isPresent();
        next = hall.ports.tasks().receive()) {
      erase.handle((FanoutTask.Erase) next.get().task());
      hall.ports.tasks().acknowledge(next.get());
      tasks++;
    }
    return tasks;
  }

  private List<?> subscribers() {
    return hall.ports.subscriptions().toObject(LOCAL, HERD, PageRequest.first(50)).items();
  }

  @Test
  void what_others_subscribed_to_and_what_it_is_subscribed_to_is_ended() {
    hall.subscribed(HERD, ELLIE, RecipientId.user("alan"));
    erase(ELLIE);
    assertThat(subscribers()).hasSize(1);
    erase(HERD);
    assertThat(subscribers()).isEmpty();
  }

  @Test
  void many_subscribers_take_a_task_for_each_page() {
    for (int i = 0; i < 120; i++) {
      hall.subscribed(HERD, RecipientId.user("u" + i));
    }
    assertThat(erase(HERD)).isEqualTo(3 + ErasedPart.values().length - 1);
    assertThat(subscribers()).isEmpty();
  }

  @Test
  void what_came_to_be_after_the_deletion_stays() {
    var before = hall.clock.instant();
    hall.clock.advance(Duration.ofSeconds(5));
    hall.subscribed(HERD, ELLIE);
    hall.ports.schedules().save(schedule(ELLIE));
    hall.ports
        .tasks()
        .send(new FanoutTask.Erase(LOCAL, ELLIE, before, ErasedPart.SUBSCRIBERS, Optional.empty()));
    assertThat(played()).isEqualTo(ErasedPart.values().length);
    assertThat(subscribers()).hasSize(1);
    assertThat(schedules(ELLIE)).hasSize(1);
  }

  @Test
  void schedules_go_and_those_of_others_stay() {
    hall.ports.schedules().save(schedule(ELLIE));
    hall.ports.schedules().save(schedule(RecipientId.user("alan")));
    erase(ELLIE);
    assertThat(schedules(ELLIE)).isEmpty();
    assertThat(schedules(RecipientId.user("alan"))).hasSize(1);
  }

  private List<Schedule> schedules(RecipientId recipient) {
    return hall.ports
        .schedules()
        .ofRecipient(LOCAL, recipient, _ -> true, PageRequest.first(50))
        .items();
  }

  private Schedule schedule(RecipientId recipient) {
    var daily = new RepeatRule(Frequency.DAILY, 1, Set.of(), OptionalInt.empty(), 9, 1);
    Instant now = hall.clock.instant();
    return new Schedule(
        LOCAL,
        ScheduleId.of(recipient.id(), 0),
        FanoutFixture.WORKFLOW,
        recipient,
        List.of(daily),
        Optional.empty(),
        Optional.empty(),
        dev.carillon.json.Json.Obj.EMPTY,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        now,
        now);
  }
}
