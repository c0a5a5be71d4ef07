package dev.carillon.functions.delivery;

import static dev.carillon.functions.delivery.FailoverFixture.DOWN;
import static dev.carillon.functions.delivery.FailoverFixture.MAIN;
import static dev.carillon.functions.delivery.FailoverFixture.SECOND;
import static dev.carillon.functions.delivery.FailoverFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.PollSchedule;
import dev.carillon.provider.StatusPolling.Poll;
import dev.carillon.task.DeliveryTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is asked after messages that a provider took. */
class FollowUpTest {
  private final FailoverFixture engine = FailoverFixture.withSecond();
  private final Asked asked = new Asked();
  private final DeliveryWiring.Delivering delivering =
      new DeliveryWiring.Delivering(engine.ports, engine, asked);
  private final DeliverMessage deliver = delivering.messages();
  private final FollowUp followUp = delivering.followUp();

  /** Says one after the other, and later when there is nothing left to say. */
  private final class Asked implements AskStatus {
    private final List<Instant> times = new ArrayList<>();
    private final List<ChannelId> channels = new ArrayList<>();
    private Iterator<Poll> answers = List.<Poll>of().iterator();

    @Override
    public boolean wanted(Channel channel) {
      return true;
    }

    @Override
    public Poll ask(Message message, MessageContent content, Channel channel) {
      times.add(engine.clock.instant());
      channels.add(channel.id());
      return answers.hasNext() ? answers.next() : new Poll.Later();
    }
  }

  @Test
  void nothing_is_asked_any_more_once_the_status_is_known() {
    Message message = sent(new Poll.Later(), Poll.Known.delivered());
    assertThat(asked.times).containsExactly(START.plusSeconds(15), START.plusSeconds(45));
    assertThat(message.status()).isEqualTo(DeliveryStatus.DELIVERED);
  }

  @Test
  void a_provider_that_never_knows_is_asked_ten_times_within_half_an_hour() {
    Message message = sent();
    assertThat(asked.times).hasSize(PollSchedule.CHECKS);
    assertThat(Duration.between(START, asked.times.getLast()))
        .isEqualTo(Duration.ofSeconds(29 * 60 + 45));
    assertThat(message.status()).isEqualTo(DeliveryStatus.SENT);
  }

  @Test
  void a_dead_address_is_suppressed() {
    Message message = sent(new Poll.Dead("no such mailbox"));
    assertThat(message.status()).isEqualTo(DeliveryStatus.BOUNCED);
    assertThat(engine.ports.suppressions().find(DeliveryFixture.LOCAL, "ellie@example.com"))
        .isPresent();
  }

  @Test
  void who_will_not_say_is_not_asked_again() {
    assertThat(sent(new Poll.Never("status 404")).status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(asked.times).hasSize(1);
  }

  @Test
  void a_push_message_stays_sent_when_its_receipt_is_fine() {
    sent(new Poll.Known(DeliveryStatus.SENT, Optional.empty()));
    assertThat(asked.times).hasSize(1);
  }

  @Test
  void a_check_that_comes_twice_changes_nothing() {
    Message message = sent(Poll.Known.delivered());
    assertThat(
            followUp.handle(
                new DeliveryTask.Poll(DeliveryFixture.LOCAL, message.id(), Optional.empty(), 1)))
        .isEqualTo(FollowUp.Result.PAST);
    assertThat(engine.message(message.id())).isEqualTo(message);
  }

  @Test
  void the_channel_that_took_it_over_is_asked() {
    engine.says(MAIN, DOWN);
    sent(Poll.Known.delivered());
    assertThat(asked.channels).containsExactly(SECOND);
  }

  @Test
  void a_copy_of_the_task_makes_up_for_a_worker_that_died_before_it_had_it_asked() {
    MessageId id = engine.queue(MAIN, 1).getFirst();
    var task = (DeliveryTask.Deliver) engine.ports.tasks().receive().orElseThrow().task();
    // As if by a worker that died right after it recorded what the provider said.
    engine.deliver.handle(task);
    assertThat(engine.message(id).status()).isEqualTo(DeliveryStatus.SENT);
    deliver.handle(task);
    asked.answers = List.<Poll>of(Poll.Known.delivered()).iterator();
    play();
    assertThat(engine.message(id).status()).isEqualTo(DeliveryStatus.DELIVERED);
  }

  private Message sent(Poll... answers) {
    asked.answers = List.of(answers).iterator();
    MessageId id = engine.queue(MAIN, 1).getFirst();
    play();
    return engine.message(id);
  }

  private void play() {
    var tasks = engine.ports.tasks();
    for (var next = tasks.next(); next.isPresent(); next = tasks.next()) {
      if (next.get().isAfter(engine.clock.instant())) {
        engine.clock.set(next.get());
      }
      var received = tasks.receive().orElseThrow();
      if (received.task() instanceof DeliveryTask.Deliver task) {
        deliver.handle(task);
      }
      if (received.task() instanceof DeliveryTask.Poll task) {
        followUp.handle(task);
      }
      tasks.acknowledge(received);
    }
  }
}
