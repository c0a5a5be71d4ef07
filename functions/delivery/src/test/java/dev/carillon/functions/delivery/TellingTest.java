package dev.carillon.functions.delivery;

import static dev.carillon.functions.delivery.DeliveryFixture.ELLIE;
import static dev.carillon.functions.delivery.DeliveryFixture.ID;
import static dev.carillon.functions.delivery.DeliveryFixture.LOCAL;
import static dev.carillon.functions.delivery.DeliveryFixture.START;
import static dev.carillon.functions.delivery.DeliveryFixture.TRIGGER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.event.Listener;
import dev.carillon.functions.delivery.SendMessage.Sent;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.task.StepsTask;
import dev.carillon.workflow.EventSources;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a message is told to the runs that wait for it. */
class TellingTest {
  private final DeliveryFixture dispatch = new DeliveryFixture();

  private void listens(String... events) {
    for (String event : events) {
      dispatch
          .ports
          .listeners()
          .add(
              LOCAL,
              new Listener(
                  ELLIE,
                  EventSources.message("new-comment", event),
                  TRIGGER,
                  Optional.empty(),
                  "w",
                  0,
                  0,
                  START.plus(Duration.ofDays(1))));
    }
  }

  private List<String> told() {
    return dispatch.ports.tasks().sent().stream()
        .map(sending -> sending.task())
        .filter(StepsTask.Match.class::isInstance)
        .map(task -> ((StepsTask.Match) task).event())
        .toList();
  }

  @Test
  void nobody_is_told_who_does_not_wait() {
    listens("bounced");
    dispatch.deliver(1);
    assertThat(told()).isEmpty();
  }

  @Test
  void a_message_that_is_sent_is_told_of() {
    listens("sent");
    dispatch.deliver(1);
    assertThat(told()).containsExactly(ID + " sent 0");
  }

  @Test
  void attempts_that_failed_and_giving_up_are_told_of() {
    listens("delivery_attempted", "undelivered");
    dispatch.provider.then(FakeProvider.UNAVAILABLE);
    dispatch.provider.then(new Sent(new DeliveryResult.Rejected("no")));
    dispatch.deliver(1);
    dispatch.untilIdle();
    assertThat(told().stream().distinct())
        .containsExactly(ID + " delivery_attempted 0", ID + " undelivered 2");
  }

  @Test
  void a_message_that_is_cancelled_is_told_of() {
    listens("not_sent");
    dispatch.ports.triggers().cancel(LOCAL, TRIGGER, ELLIE);
    dispatch.deliver(1);
    assertThat(told()).containsExactly(ID + " not_sent 0");
  }

  @Test
  void whoever_died_before_telling_tells_when_the_task_comes_again() {
    dispatch.deliver(1);
    listens("sent");
    dispatch.deliver(1);
    assertThat(told()).containsExactly(ID + " sent 0");
    assertThat(dispatch.provider.offered()).hasSize(1);
  }
}
