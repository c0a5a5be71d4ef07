package dev.carillon.memory.contract.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.timer.Timer;
import dev.carillon.timer.Timers;
import dev.carillon.trigger.TriggerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class TimersContract {
  /** Each test has ten weeks of its own in a table that all share, ahead of every clock. */
  private static final AtomicLong NEXT =
      new AtomicLong(ThreadLocalRandom.current().nextLong(400, 800));

  private final long minute = NEXT.getAndIncrement() * 100_000;

  private Timers dues;

  protected abstract Timers dues();

  @BeforeEach
  void prepare() {
    dues = dues();
  }

  private Timer item(TriggerId trigger, String user, int generation) {
    return Timer.ofRun(
        Samples.environment(),
        trigger,
        RecipientId.user(user),
        Optional.of(new TenantId("acme")),
        "wait_1",
        generation,
        Samples.NOW,
        minute);
  }

  private Timer in(EnvironmentId environment, TriggerId trigger, String user) {
    return Timer.ofRun(
        environment,
        trigger,
        RecipientId.user(user),
        Optional.empty(),
        "wait_1",
        0,
        Samples.NOW,
        minute);
  }

  private static Timer again(Timer item, int generation) {
    return new Timer(item.environment(), item.subject(), generation, item.dueAt(), item.minute());
  }

  private List<Timer> listed() {
    var all = new ArrayList<Timer>();
    for (int shard = 0; shard < Timers.SHARDS; shard++) {
      Optional<String> cursor = Optional.empty();
      do {
        var page = dues.page(minute, shard, cursor);
        all.addAll(page.items());
        cursor = page.next();
      } while (cursor.isPresent());
    }
    return all;
  }

  @Test
  void what_is_put_is_listed_under_its_minute_until_it_is_removed() {
    Timer item = item(Samples.triggerId(Samples.NOW), "a#b", 1);
    dues.put(item);
    dues.put(item);
    dues.put(item.listedAt(minute + 1));
    assertThat(listed()).containsExactly(item);
    dues.remove(item);
    dues.remove(item);
    assertThat(listed()).isEmpty();
    assertThat(dues.page(minute + 1, item.shard(), Optional.empty()).items()).hasSize(1);
    dues.remove(item.listedAt(minute + 1));
  }

  @Test
  void the_latest_generation_of_a_wait_is_the_one_that_is_listed() {
    Timer first = item(Samples.triggerId(Samples.NOW), "ada", 1);
    Timer second = again(first, 2);
    dues.put(first);
    dues.put(second);
    dues.put(first);
    assertThat(listed()).containsExactly(second);
    dues.remove(first);
    assertThat(listed()).containsExactly(second);
    dues.remove(second);
    assertThat(listed()).isEmpty();
  }

  @Test
  void many_are_listed_by_pages_over_all_shards() {
    TriggerId trigger = Samples.triggerId(Samples.NOW);
    var expected = new ArrayList<Timer>();
    for (int i = 0; i < 400; i++) {
      // All in few shards, so that one of them has more than a page.
      Timer item = item(trigger, "u" + i, 0);
      if (item.shard() < 2 || i < 50) {
        dues.put(item);
        expected.add(item);
      }
    }
    assertThat(listed()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void the_hints_of_one_environment_are_listed_without_those_of_others() {
    EnvironmentId ours = Samples.environment();
    TriggerId trigger = Samples.triggerId(Samples.NOW);
    var expected = new ArrayList<String>();
    for (int i = 0; expected.size() < 7; i++) {
      Timer item = in(ours, trigger, "u" + i);
      if (item.shard() == 3) {
        dues.put(item);
        dues.put(in(Samples.environment(), trigger, "u" + i));
        expected.add(item.name());
      }
    }
    expected.sort(Comparator.naturalOrder());
    var found = new ArrayList<String>();
    Optional<String> after = Optional.empty();
    List<Timer> part;
    do {
      part = dues.of(ours, minute, 3, after, 3);
      assertThat(part).hasSizeLessThanOrEqualTo(3);
      part.forEach(item -> found.add(item.name()));
      after = found.isEmpty() ? Optional.empty() : Optional.of(found.getLast());
    } while (!part.isEmpty());
    assertThat(found).isEqualTo(expected);
    assertThat(dues.of(ours, minute, 4, Optional.empty(), 3)).isEmpty();
    assertThat(dues.of(ours, minute + 1, 3, Optional.empty(), 3)).isEmpty();
  }

  @Test
  void a_hint_is_listed_with_its_generation_or_a_later_one() {
    Timer first = item(Samples.triggerId(Samples.NOW), "ada", 1);
    assertThat(dues.lists(first)).isFalse();
    dues.put(first);
    assertThat(dues.lists(first)).isTrue();
    assertThat(dues.lists(again(first, 0))).isTrue();
    assertThat(dues.lists(again(first, 2))).isFalse();
    assertThat(dues.lists(first.listedAt(minute + 1))).isFalse();
    dues.remove(first);
    assertThat(dues.lists(first)).isFalse();
  }

  @Test
  void the_minutes_that_hold_something_are_known_without_walking_the_others() {
    Timer early = item(Samples.triggerId(Samples.NOW), "ada", 0);
    Timer late = early.listedAt(minute + 60_000);
    dues.put(late);
    dues.put(early);
    assertThat(dues.minutes(minute, minute + 60_000, 60)).containsExactly(minute, minute + 60_000);
    assertThat(dues.minutes(minute + 1, minute + 59_999, 60)).isEmpty();
    dues.remove(early);
    dues.remove(late);
  }

  @Test
  void of_the_minutes_that_hold_something_the_first_are_given_over_any_number_of_days() {
    Timer hint = item(Samples.triggerId(Samples.NOW), "ada", 0);
    List<Long> minutes = List.of(minute, minute + 1, minute + 1_440, minute + 50_000);
    minutes.forEach(it -> dues.put(hint.listedAt(it)));
    for (int most = 1; most <= minutes.size(); most++) {
      assertThat(dues.minutes(minute, minute + 59_999, most)).isEqualTo(minutes.subList(0, most));
    }
    assertThat(dues.minutes(minute + 1, minute + 59_999, 9)).isEqualTo(minutes.subList(1, 4));
    minutes.forEach(it -> dues.remove(hint.listedAt(it)));
  }

  @Test
  void the_parts_that_hold_something_of_an_environment_are_known_without_those_of_others() {
    EnvironmentId ours = Samples.environment();
    TriggerId trigger = Samples.triggerId(Samples.NOW);
    var expected = new TreeSet<String>();
    for (int i = 0; i < 6; i++) {
      Timer item = in(ours, trigger, "u" + i).listedAt(minute + i / 2);
      dues.put(item);
      dues.put(in(Samples.environment(), trigger, "other" + i));
      expected.add(item.minute() + " " + Integer.toHexString(item.shard()));
    }
    assertThat(parts(ours, new Timers.Part(minute, 0), minute + 100, 100))
        .containsExactlyElementsOf(expected);
    assertThat(parts(ours, new Timers.Part(minute, 0), minute, 100))
        .containsExactlyElementsOf(
            expected.stream().filter(it -> it.startsWith(minute + " ")).toList());
    assertThat(parts(ours, new Timers.Part(minute + 1, 0), minute + 100, 1))
        .containsExactly(
            expected.stream().filter(it -> it.startsWith((minute + 1) + " ")).findFirst().get());
    assertThat(parts(Samples.environment(), new Timers.Part(minute, 0), minute + 100, 9)).isEmpty();
  }

  private List<String> parts(EnvironmentId environment, Timers.Part first, long last, int most) {
    return dues.parts(environment, first, last, most).stream()
        .map(part -> part.minute() + " " + Integer.toHexString(part.shard()))
        .toList();
  }

  @Test
  void a_schedules_hint_is_listed_whole() {
    var schedule = new Timer.Subject.OfSchedule(ScheduleId.of("a call", 1));
    var item = new Timer(Samples.environment(), schedule, 7, Samples.NOW, minute);
    dues.put(item);
    assertThat(listed()).containsExactly(item);
    dues.remove(item);
    assertThat(listed()).isEmpty();
  }

  @Test
  void the_watermark_only_rises() throws Exception {
    long start = dues.watermark().orElse(0);
    var next = new AtomicLong(start);
    Race.run(
        4,
        () -> {
          dues.raiseWatermark(next.incrementAndGet());
          return true;
        });
    assertThat(dues.watermark()).hasValue(start + 4);
    dues.raiseWatermark(start + 2);
    assertThat(dues.watermark()).hasValue(start + 4);
  }

  @Test
  void what_has_been_noted_only_grows_and_noting_again_changes_nothing() {
    dues.raiseNotedTo(1_000);
    dues.raiseNotedTo(500);
    assertThat(dues.notedTo().orElseThrow()).isGreaterThanOrEqualTo(1_000);
    dues.raiseNotedTo(Long.MAX_VALUE);
    assertThat(dues.notedTo()).hasValue(Long.MAX_VALUE);
  }
}
