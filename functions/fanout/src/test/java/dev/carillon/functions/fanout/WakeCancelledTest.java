package dev.carillon.functions.fanout;

import static dev.carillon.functions.fanout.FanoutFixture.LOCAL;
import static dev.carillon.functions.fanout.FanoutFixture.TRIGGER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.page.Page;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run.State;
import dev.carillon.task.BroadcastTask;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.StepsTask;
import dev.carillon.task.WakeTask;
import dev.carillon.task.WebhooksTask;
import dev.carillon.trigger.CancellableWait;
import dev.carillon.trigger.Triggers;
import dev.carillon.workflow.WorkflowKey;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WakeCancelledTest {
  private final FanoutFixture hall = new FanoutFixture();

  @Test
  void only_runs_that_wait_are_woken() {
    hall.run("waits", new State.Waiting(FanoutFixture.waiting()));
    hall.run("done", new State.Completed());
    hall.run("cancelled", new State.Cancelled());
    hall.wake.handle(cancel(Optional.empty()));
    assertThat(hall.ports.tasks().queued())
        .containsExactly(
            new StepsTask.Advance(
                LOCAL,
                TRIGGER,
                RecipientId.user("waits"),
                Optional.of(FanoutFixture.TENANT),
                Optional.empty(),
                Optional.of(new StepsTask.Wake("9f86d081884c7d65", 2, 29460061))));
    assertThat(hall.ports.tasks().sent()).allMatch(it -> it.delay().isZero());
  }

  @Test
  void a_cancellation_for_one_recipient_wakes_no_other() {
    hall.run("ellie", new State.Waiting(FanoutFixture.waiting()));
    hall.run("alan", new State.Waiting(FanoutFixture.waiting()));
    hall.wake.handle(cancel(Optional.of("ellie")));
    assertThat(hall.ports.tasks().queued())
        .singleElement()
        .extracting(task -> ((StepsTask.Advance) task).recipient())
        .isEqualTo(RecipientId.user("ellie"));
  }

  @Test
  void a_recipient_without_a_run_is_no_concern() {
    hall.wake.handle(cancel(Optional.of("nobody")));
    assertThat(hall.ports.tasks().queued()).isEmpty();
  }

  @Test
  void many_runs_are_woken_a_page_at_a_time() {
    for (int i = 0; i < 250; i++) {
      hall.run("user-" + i, new State.Waiting(FanoutFixture.waiting()));
    }
    hall.ports.tasks().send(cancel(Optional.empty()));
    int tasks = 0;
    var woken = new HashSet<RecipientId>();
    for (var next = hall.ports.tasks().receive();
        next.isPresent();
        next = hall.ports.tasks().receive()) {
      switch (next.get().task()) {
        case FanoutTask.Cancel task -> {
          tasks++;
          hall.wake.handle(task);
        }
        case StepsTask.Advance task -> assertThat(woken.add(task.recipient())).isTrue();
        case FanoutTask.CancelUnder _,
            FanoutTask.Start _,
            DeliveryTask.Deliver _,
            DeliveryTask.Poll _,
            WakeTask.Drain _,
            WakeTask.Sweep _,
            StepsTask.Match _,
            FanoutTask.Fire _,
            FanoutTask.Erase _,
            FanoutTask.MarkAll _,
            FanoutTask.OfSource _,
            FanoutTask.FromBus _,
            FanoutTask.Settle _,
            FanoutTask.SettleAll _,
            FanoutTask.Entered _,
            FanoutTask.SendOut _,
            FanoutTask.ReachMembers _,
            FanoutTask.Bulk _,
            BroadcastTask.Announce _,
            BroadcastTask.Greet _,
            WebhooksTask _ ->
            throw new IllegalStateException("Not to be expected: " + next.get());
      }
      hall.ports.tasks().acknowledge(next.get());
    }
    assertThat(tasks).isEqualTo(3);
    assertThat(woken).hasSize(250);
  }

  private static FanoutTask.Cancel cancel(Optional<String> user) {
    return new FanoutTask.Cancel(LOCAL, TRIGGER, user.map(RecipientId::user), Optional.empty());
  }

  @Test
  void what_an_earlier_build_listed_under_a_key_is_woken_trigger_by_trigger() {
    hall.run("ellie", new State.Waiting(FanoutFixture.waiting()));
    var before =
        (Triggers)
            Proxy.newProxyInstance(
                Triggers.class.getClassLoader(),
                new Class<?>[] {Triggers.class},
                (_, method, _) -> {
                  assertThat(method.getName()).isEqualTo("waitsUnder");
                  return new Page<>(
                      List.of(CancellableWait.Found.whole(TRIGGER)), Optional.empty());
                });
    var wake =
        new WakeCancelled(
            before,
            hall.ports.runs(),
            new LeaveBatch(before, hall.ports.runs(), hall.ports.batches(), hall.clock),
            hall.ports.tasks(),
            hall.ports.log());
    wake.handle(
        new FanoutTask.CancelUnder(
            LOCAL,
            new WorkflowKey("new-comment"),
            "c1",
            Optional.of(RecipientId.user("ellie")),
            Optional.empty()));
    assertThat(hall.ports.tasks().receive().orElseThrow().task())
        .isEqualTo(cancel(Optional.of("ellie")));
  }
}
