package dev.carillon.functions.delivery;

import static dev.carillon.functions.delivery.DeliveryFixture.ELLIE;
import static dev.carillon.functions.delivery.DeliveryFixture.ID;
import static dev.carillon.functions.delivery.DeliveryFixture.LOCAL;
import static dev.carillon.functions.delivery.DeliveryFixture.START;
import static dev.carillon.functions.delivery.DeliveryFixture.TRIGGER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelType;
import dev.carillon.functions.delivery.DeliverMessage.Outcome;
import dev.carillon.json.Json;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.memory.MutableClock;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.Tasks;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A message that a send window holds back for an hour. */
class DeliverHeldTest {
  private static final Instant OPENS = START.plus(Duration.ofHours(1));

  private final MutableClock clock = new MutableClock(START);
  private final InMemoryPorts ports = InMemoryPorts.at(clock);
  private final FakeProvider provider = new FakeProvider();
  private final DeliverHeld deliver =
      DeliveryWiring.deliverHeld(ports, DeliveryWiring.deliverMessage(ports, provider));

  DeliverHeldTest() {
    ports.channels().put(LOCAL, DeliveryFixture.channel(Json.Obj.EMPTY));
  }

  private static Timer held() {
    return new Timer(
        LOCAL,
        new Timer.Subject.OfMessage(
            ID, Optional.empty(), Optional.of(new DeliveryTask.Cancellable(TRIGGER, ELLIE))),
        0,
        OPENS,
        Minutes.of(OPENS));
  }

  /** As the step leaves it. */
  private DeliverHeldTest given(ChannelType type) {
    ports
        .messages()
        .create(
            DeliveryFixture.message(type, DeliveryStatus.QUEUED, Optional.of(OPENS)),
            DeliveryFixture.content());
    ports.timers().put(held());
    return this;
  }

  private Message message() {
    return ports.messages().find(LOCAL, ID).orElseThrow();
  }

  private Outcome deliver(Timer as) {
    return deliver.handle((DeliveryTask.Deliver) as.task());
  }

  @Test
  void a_message_whose_window_is_shut_goes_back_to_the_queue_and_stays_listed() {
    given(ChannelType.EMAIL);
    clock.set(OPENS.minusSeconds(90));
    assertThat(deliver(held())).isEqualTo(new Outcome.Later(Duration.ofSeconds(90)));
    assertThat(ports.tasks().sent())
        .containsExactly(new Tasks.Sending(held().task(), Duration.ofSeconds(90)));
    assertThat(ports.timers().all()).containsExactly(held());
    assertThat(provider.offered()).isEmpty();
    assertThat(message().revision()).isOne();
  }

  @Test
  void one_that_comes_much_too_early_waits_as_long_as_a_queue_can() {
    given(ChannelType.EMAIL);
    assertThat(deliver(held())).isEqualTo(new Outcome.Later(Tasks.MAX_DELAY));
  }

  @Test
  void a_message_is_sent_the_moment_its_window_opens_and_leaves_the_list() {
    given(ChannelType.EMAIL);
    clock.set(OPENS);
    assertThat(deliver(held())).isInstanceOf(Outcome.Attempted.class);
    assertThat(message().status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(ports.timers().all()).isEmpty();
  }

  @Test
  void one_that_the_sweeper_listed_elsewhere_leaves_both_places() {
    given(ChannelType.EMAIL);
    var moved = held().listedAt(held().minute() + 3);
    ports.timers().put(moved);
    clock.set(OPENS.plusSeconds(180));
    deliver(moved);
    assertThat(provider.offered()).hasSize(1);
    assertThat(ports.timers().all()).isEmpty();
  }

  @Test
  void a_copy_of_the_task_does_nothing_but_clear_the_list() {
    given(ChannelType.EMAIL);
    clock.set(OPENS);
    deliver(held());
    ports.timers().put(held());
    assertThat(deliver(held())).isEqualTo(new Outcome.Past());
    assertThat(provider.offered()).hasSize(1);
    assertThat(ports.timers().all()).isEmpty();
  }

  @Test
  void after_its_first_attempt_it_is_retried_like_any_other() {
    given(ChannelType.EMAIL);
    clock.set(OPENS);
    provider.then(FakeProvider.UNAVAILABLE);
    deliver(held());
    assertThat(message().status()).isEqualTo(DeliveryStatus.DELIVERY_ATTEMPTED);
    assertThat(ports.timers().all()).isEmpty();
    assertThat(ports.tasks().queued()).containsExactly(DeliveryFixture.task(2));
  }

  @Test
  void an_item_of_a_feed_is_delivered_without_anybody_being_asked() {
    ports.channels().put(LOCAL, inApp());
    given(ChannelType.IN_APP_FEED);
    assertThat(message().isInFeed()).isFalse();
    clock.set(OPENS);
    assertThat(deliver(held())).isInstanceOf(Outcome.Shown.class);
    assertThat(message().isInFeed()).isTrue();
    assertThat(message().shownAt()).isEqualTo(OPENS);
    assertThat(message().attempts()).isEmpty();
    assertThat(message().events()).extracting(Message.Event::type).containsExactly("delivered");
    assertThat(ports.timers().all()).isEmpty();
    assertThat(deliver(held())).isEqualTo(new Outcome.Past());
  }

  @Test
  void one_that_is_cancelled_before_its_window_opens_is_not_sent() {
    for (var type : new ChannelType[] {ChannelType.EMAIL, ChannelType.IN_APP_FEED}) {
      var test = new DeliverHeldTest().given(type);
      test.ports.triggers().cancel(LOCAL, TRIGGER, ELLIE);
      test.clock.set(OPENS);
      assertThat(test.deliver(held()))
          .isInstanceOfSatisfying(
              Outcome.Withheld.class, it -> assertThat(it.reason()).isEqualTo("cancelled"));
      assertThat(test.message().status()).isEqualTo(DeliveryStatus.NOT_SENT);
      assertThat(test.message().isInFeed()).isFalse();
      assertThat(test.provider.offered()).isEmpty();
      assertThat(test.ports.timers().all()).isEmpty();
    }
  }

  @Test
  void one_whose_message_is_gone_leaves_the_list() {
    ports.timers().put(held());
    assertThat(deliver(held())).isEqualTo(new Outcome.Past());
    assertThat(ports.timers().all()).isEmpty();
  }

  private static Channel inApp() {
    return new Channel(
        DeliveryFixture.EMAIL,
        "feed",
        "Feed",
        ChannelType.IN_APP_FEED,
        "in_app_feed_carillon",
        Json.Obj.EMPTY,
        START,
        START);
  }
}
