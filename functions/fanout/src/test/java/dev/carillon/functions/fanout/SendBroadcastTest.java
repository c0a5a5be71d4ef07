package dev.carillon.functions.fanout;

import static dev.carillon.functions.fanout.FanoutFixture.LOCAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.audience.Audience;
import dev.carillon.audience.Audience.Segment;
import dev.carillon.audience.Audiences.Member;
import dev.carillon.broadcast.Broadcast;
import dev.carillon.broadcast.Broadcast.Stage;
import dev.carillon.broadcast.BroadcastPlan;
import dev.carillon.condition.Conditions.Condition;
import dev.carillon.condition.Operator;
import dev.carillon.functions.fanout.broadcast.ReachAudience;
import dev.carillon.functions.fanout.broadcast.SendBroadcast;
import dev.carillon.json.Json;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Task;
import dev.carillon.task.Tasks;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.trigger.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SendBroadcastTest {
  private static final String EVERYBODY = "everybody";
  private static final int CROWD = 3_500;

  private final FanoutFixture hall = new FanoutFixture();
  private final Instant due = hall.clock.instant().plus(Duration.ofMinutes(5));
  private final ReachAudience reach = ReachAudience.on(hall.ports);
  private final SendBroadcast send = SendBroadcast.on(hall.ports, reach);

  private FanoutTask.SendOut scheduled() {
    Instant now = hall.clock.instant();
    var plan = new BroadcastPlan(1, due, FanoutFixture.VERSION, EVERYBODY);
    var draft = Broadcast.draft(LOCAL, "new-year", Json.Obj.EMPTY, now);
    hall.ports.broadcasts().save(draft.scheduled(plan, now));
    Timer timer = Timer.ofBroadcast(LOCAL, "new-year", plan);
    hall.ports.timers().put(timer);
    return (FanoutTask.SendOut) timer.task();
  }

  private void members(int count) {
    hall.ports.audiences().put(LOCAL, EVERYBODY, new Audience.Static());
    for (int i = 0; i < count; i++) {
      member("user-" + i, Optional.empty());
    }
  }

  private void member(String user, Optional<String> tenant) {
    hall.ports
        .audiences()
        .add(
            LOCAL,
            EVERYBODY,
            new Member(RecipientId.user(user), tenant.map(TenantId::new)),
            hall.clock.instant());
  }

  private Broadcast stored() {
    return hall.ports.broadcasts().find(LOCAL, "new-year").orElseThrow();
  }

  private void play(Task task) {
    switch (task) {
      case FanoutTask.SendOut of -> send.handle(of);
      case FanoutTask.ReachMembers of -> reach.handle(of);
      default -> {}
    }
  }

  /** Plays what is queued, but for what is lost; a start of runs is left to others. */
  private void playAll(Predicate<Task> lost) {
    for (var next = hall.ports.tasks().receive();
        next.isPresent();
        next = hall.ports.tasks().receive()) {
      if (!lost.test(next.get().task())) {
        play(next.get().task());
      }
      hall.ports.tasks().acknowledge(next.get());
    }
  }

  private List<Trigger> triggers() {
    return hall
        .ports
        .triggers()
        .newestFirst(LOCAL, TimeRange.ALL, PageRequest.first(10_000))
        .items()
        .stream()
        .map(id -> hall.ports.triggers().find(LOCAL, id).orElseThrow())
        .toList();
  }

  private List<RecipientId> reached() {
    return triggers().stream()
        .flatMap(it -> it.recipients().stream())
        .map(Trigger.Named::id)
        .toList();
  }

  private void atItsTime() {
    hall.clock.advance(Duration.ofMinutes(5));
  }

  @Test
  void it_reaches_everybody_once_and_is_sent_then() {
    members(CROWD);
    FanoutTask.SendOut task = scheduled();
    atItsTime();
    send.handle(task);
    assertThat(stored().stage()).isInstanceOf(Stage.Sending.class);
    playAll(_ -> false);
    assertThat(reached()).hasSize(CROWD).doesNotHaveDuplicates();
    assertThat(triggers())
        .as("never more than a page at once")
        .allMatch(it -> it.recipients().size() <= 100)
        .allMatch(it -> it.source().equals(new Trigger.Source.OfBroadcast("new-year", EVERYBODY)))
        .allMatch(it -> it.workflow().isBroadcast() && it.version().equals(FanoutFixture.VERSION));
    assertThat(stored().stage())
        .isInstanceOfSatisfying(
            Stage.Sent.class,
            sent -> {
              assertThat(sent.members()).isEqualTo(CROWD);
              assertThat(sent.since()).isEqualTo(due);
            });
    assertThat(hall.ports.timers().all()).isEmpty();
  }

  @Test
  void a_user_is_reached_once_for_each_tenant() {
    members(1);
    member("user-0", Optional.of("acme"));
    member("user-0", Optional.of("globex"));
    member("user-1", Optional.of("acme"));
    FanoutTask.SendOut task = scheduled();
    atItsTime();
    send.handle(task);
    playAll(_ -> false);
    Map<String, Long> times =
        triggers().stream()
            .flatMap(
                it ->
                    it.recipients().stream()
                        .map(
                            named ->
                                named.id().id()
                                    + it.tenantId().map(of -> " in " + of.value()).orElse("")))
            .collect(Collectors.groupingBy(it -> it, Collectors.counting()));
    assertThat(times)
        .isEqualTo(
            Map.of(
                "user-0", 1L, "user-0 in acme", 1L, "user-0 in globex", 1L, "user-1 in acme", 1L));
  }

  @Test
  void a_dynamic_audience_is_who_its_conditions_hold_of() {
    var pro =
        new Segment(List.of(new Condition("recipient.plan", Operator.EQUAL_TO, Json.of("pro"))));
    hall.ports.audiences().put(LOCAL, EVERYBODY, new Audience.Dynamic(List.of(pro)));
    for (int i = 0; i < 400; i++) {
      Json.Obj plan = Json.object().with("plan", i % 4 == 0 ? "pro" : "free");
      hall.ports
          .recipients()
          .identify(
              LOCAL,
              RecipientId.user("user-" + i),
              new Identification(plan, Optional.empty(), Map.of(), Map.of()),
              "c",
              hall.clock.instant());
    }
    FanoutTask.SendOut task = scheduled();
    atItsTime();
    send.handle(task);
    playAll(_ -> false);
    assertThat(reached()).hasSize(100).doesNotHaveDuplicates();
    assertThat(reached()).allMatch(it -> Integer.parseInt(it.id().substring(5)) % 4 == 0);
  }

  @Test
  void an_audience_that_is_gone_by_then_has_nobody_in_it() {
    FanoutTask.SendOut task = scheduled();
    atItsTime();
    send.handle(task);
    playAll(_ -> false);
    assertThat(triggers()).isEmpty();
    assertThat(stored().stage())
        .isInstanceOfSatisfying(Stage.Sent.class, it -> assertThat(it.members()).isZero());
  }

  @Test
  void it_does_not_go_before_its_time() {
    members(1);
    FanoutTask.SendOut task = scheduled();
    send.handle(task);
    assertThat(stored().stage()).isInstanceOf(Stage.Scheduled.class);
    assertThat(hall.ports.tasks().sent())
        .containsExactly(new Tasks.Sending(task, Duration.ofMinutes(5)));
  }

  @Test
  void one_that_was_called_off_does_not_go() {
    members(1);
    FanoutTask.SendOut task = scheduled();
    hall.ports.broadcasts().save(stored().at(new Stage.Draft(), hall.clock.instant()));
    atItsTime();
    send.handle(task);
    assertThat(stored().stage()).isEqualTo(new Stage.Draft());
    assertThat(hall.ports.tasks().sent()).isEmpty();
    assertThat(hall.ports.timers().all()).as("what is left of it is cleared away").isEmpty();
  }

  @Test
  void copies_of_every_task_reach_nobody_twice_and_end() {
    members(CROWD);
    FanoutTask.SendOut task = scheduled();
    atItsTime();
    send.handle(task);
    send.handle(task);
    int played = 0;
    for (var next = hall.ports.tasks().receive();
        next.isPresent();
        next = hall.ports.tasks().receive()) {
      play(next.get().task());
      play(next.get().task());
      played++;
      hall.ports.tasks().acknowledge(next.get());
    }
    assertThat(reached()).hasSize(CROWD).doesNotHaveDuplicates();
    assertThat(stored().stage())
        .isInstanceOfSatisfying(Stage.Sent.class, it -> assertThat(it.members()).isEqualTo(CROWD));
    assertThat(played).as("copies of a page do not each bring a page").isLessThan(400);
  }

  @Test
  void whom_a_page_means_stands_whoever_comes_and_goes_before_it_is_done_again() {
    members(CROWD);
    FanoutTask.SendOut task = scheduled();
    atItsTime();
    send.handle(task);
    var again = new ArrayList<Task>();
    for (var next = hall.ports.tasks().receive();
        next.isPresent();
        next = hall.ports.tasks().receive()) {
      Task done = next.get().task();
      play(done);
      again.add(done);
      hall.ports.tasks().acknowledge(next.get());
      if (done instanceof FanoutTask.ReachMembers) {
        for (RecipientId left : reached().subList(0, Math.min(3, reached().size()))) {
          hall.ports.audiences().remove(LOCAL, EVERYBODY, new Member(left, Optional.empty()));
        }
        play(done);
      }
    }
    assertThat(reached()).doesNotHaveDuplicates();
    assertThat(reached()).as("nobody who stayed was left out").hasSize(CROWD);
  }

  @Test
  void a_part_that_was_forgotten_goes_on_from_where_it_got_to_when_the_sweeper_wakes_it() {
    members(CROWD);
    FanoutTask.SendOut task = scheduled();
    atItsTime();
    send.handle(task);
    // Everything behind the first page of each part is lost, as are all pages of one part.
    playAll(
        it ->
            it instanceof FanoutTask.ReachMembers of
                && (of.place().page() > 0 || of.place().part() == 3));
    int before = reached().size();
    assertThat(before).isLessThan(CROWD);
    assertThat(stored().stage()).isInstanceOf(Stage.Sending.class);
    assertThat(hall.ports.timers().all()).as("the sweeper finds it").hasSize(1);

    hall.clock.advance(Duration.ofMinutes(3));
    send.handle(swept());
    assertThat(reaching()).as("others may yet be on their way").containsOnly(3);
    playAll(it -> it instanceof FanoutTask.ReachMembers of && of.place().page() > 0);

    hall.clock.advance(Duration.ofHours(1));
    send.handle(swept());
    assertThat(hall.ports.timers().all()).as("until all are through").hasSize(1);
    assertThat(reaching()).hasSizeGreaterThan(10);
    playAll(_ -> false);
    assertThat(reached()).hasSize(CROWD).doesNotHaveDuplicates();
    assertThat(stored().stage()).isInstanceOf(Stage.Sent.class);
  }

  /** As the sweeper does it: listed under the present minute, then taken from the old one. */
  private FanoutTask.SendOut swept() {
    Timer listed = hall.ports.timers().all().getFirst();
    Timer moved = listed.listedAt(Minutes.of(hall.clock.instant()));
    hall.ports.timers().put(moved);
    hall.ports.timers().remove(listed);
    return (FanoutTask.SendOut) moved.task();
  }

  private List<Integer> reaching() {
    return hall.ports.tasks().queued().stream()
        .flatMap(
            it ->
                it instanceof FanoutTask.ReachMembers of
                    ? Stream.of(of.place().part())
                    : Stream.empty())
        .toList();
  }

  @Test
  void a_timer_that_the_sweeper_moved_is_cleared_away_once_it_is_sent() {
    members(1);
    FanoutTask.SendOut task = scheduled();
    atItsTime();
    send.handle(task);
    playAll(_ -> false);
    long moved = Minutes.of(due) + 4;
    Timer timer = new Timer(LOCAL, new Timer.Subject.OfBroadcast("new-year"), 1, due, moved);
    hall.ports.timers().put(timer);
    send.handle((FanoutTask.SendOut) timer.task());
    assertThat(hall.ports.timers().all()).isEmpty();
  }
}
