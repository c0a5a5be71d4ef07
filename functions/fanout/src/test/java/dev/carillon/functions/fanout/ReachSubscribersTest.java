package dev.carillon.functions.fanout;

import static dev.carillon.functions.fanout.FanoutFixture.LOCAL;
import static dev.carillon.functions.fanout.FanoutFixture.TRIGGER;
import static dev.carillon.functions.fanout.FanoutFixture.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.recipient.RecipientId;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.StepsTask;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.workflow.StepRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReachSubscribersTest {
  private static final RecipientId ORG = new RecipientId("orgs", "o");
  private static final RecipientId TEAM_1 = new RecipientId("teams", "t1");
  private static final RecipientId TEAM_2 = new RecipientId("teams", "t2");
  private static final RecipientId ADA = RecipientId.user("ada");
  private static final RecipientId BOB = RecipientId.user("bob");
  private static final RecipientId CARL = RecipientId.user("carl");

  private final FanoutFixture hall = new FanoutFixture();

  private static RecipientId[] users(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> RecipientId.user(prefix + i))
        .toArray(RecipientId[]::new);
  }

  /** Through which object each run starts; the empty id of a run whose recipient is named. */
  private static Map<RecipientId, Optional<RecipientId>> vias(List<StepsTask.Advance> starts) {
    var vias = new HashMap<RecipientId, Optional<RecipientId>>();
    for (StepsTask.Advance start : starts) {
      Optional<RecipientId> before = vias.put(start.recipient(), start.via());
      assertThat(before).as("of %s", start.recipient()).isIn(null, start.via());
    }
    return vias;
  }

  private static Optional<RecipientId> via(RecipientId object) {
    return Optional.of(object);
  }

  private static final Optional<RecipientId> BY_NAME = Optional.empty();

  @Test
  void an_object_gets_a_run_of_its_own_and_each_of_its_subscribers_gets_one() {
    hall.subscribed(TEAM_1, users("u", 250)).given(List.of(named(TEAM_1), named("ada")));
    var starts = hall.fanOut();
    assertThat(starts).hasSize(252);
    var vias = vias(starts);
    assertThat(vias).hasSize(252).containsEntry(TEAM_1, BY_NAME).containsEntry(ADA, BY_NAME);
    assertThat(vias).containsEntry(RecipientId.user("u249"), via(TEAM_1));
    assertThat(hall.ports.triggers().fannedOut(LOCAL, TRIGGER)).isTrue();
    assertThat(hall.roster()).hasSize(250).doesNotContainKeys(TEAM_1, ADA);
  }

  @Test
  void subscribers_are_reached_a_hundred_to_a_page_and_the_last_page_is_the_end() {
    hall.subscribed(TEAM_1, users("u", 250)).given(List.of(named(TEAM_1)));
    hall.start.handle(FanoutFixture.fanout(0));
    for (int page = 0; page < 3; page++) {
      var next = lastFanout();
      assertThat(next.from()).isZero();
      assertThat(next.place().orElseThrow().page()).isEqualTo(page);
      assertThat(hall.ports.triggers().fannedOut(LOCAL, TRIGGER)).isFalse();
      hall.start.handle(next);
    }
    assertThat(hall.ports.triggers().fannedOut(LOCAL, TRIGGER)).isTrue();
    assertThat(hall.ports.tasks().sent()).hasSize(1 + 250 + 3);
  }

  private FanoutTask.Start lastFanout() {
    return hall.ports.tasks().sent().stream()
        .map(it -> it.task())
        .filter(FanoutTask.Start.class::isInstance)
        .map(FanoutTask.Start.class::cast)
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  @Test
  void a_subscriber_that_is_an_object_passes_it_on_and_its_subscribers_do_not() {
    var deep = new RecipientId("rooms", "deep");
    hall.subscribed(ORG, TEAM_1, TEAM_2, ADA)
        .subscribed(TEAM_1, BOB, deep)
        .subscribed(TEAM_2, CARL)
        .subscribed(deep, RecipientId.user("nobody"))
        .given(List.of(named(ORG)));
    assertThat(vias(hall.fanOut()))
        .isEqualTo(
            Map.of(
                ORG, BY_NAME,
                TEAM_1, via(ORG),
                TEAM_2, via(ORG),
                ADA, via(ORG),
                BOB, via(TEAM_1),
                deep, via(TEAM_1),
                CARL, via(TEAM_2)));
    assertThat(hall.ports.triggers().fannedOut(LOCAL, TRIGGER)).isTrue();
  }

  @Test
  void hundreds_of_objects_subscribed_to_one_are_all_gone_through_over_their_pages() {
    RecipientId[] teams =
        IntStream.range(0, 150)
            .mapToObj(i -> new RecipientId("teams", "t" + i))
            .toArray(RecipientId[]::new);
    hall.subscribed(ORG, teams).subscribed(ORG, users("direct", 120));
    for (int i = 0; i < teams.length; i++) {
      hall.subscribed(teams[i], RecipientId.user("member" + i), ADA);
    }
    hall.subscribed(teams[70], users("crowd", 230));
    var vias = vias(hall.given(List.of(named(ORG))).fanOut());
    assertThat(vias).hasSize(1 + 150 + 120 + 150 + 1 + 230);
    assertThat(vias)
        .containsEntry(RecipientId.user("member149"), via(new RecipientId("teams", "t149")))
        .containsEntry(RecipientId.user("crowd229"), via(new RecipientId("teams", "t70")));
    assertThat(hall.roster()).hasSize(vias.size() - 1);
  }

  @Test
  void objects_subscribed_in_a_circle_come_to_an_end() {
    hall.subscribed(ORG, TEAM_1, ORG, ADA)
        .subscribed(TEAM_1, TEAM_2, ORG, TEAM_1)
        .subscribed(TEAM_2, TEAM_1, BOB)
        .given(List.of(named(ORG)));
    assertThat(vias(hall.fanOut()).keySet()).containsExactlyInAnyOrder(ORG, TEAM_1, TEAM_2, ADA);
    assertThat(hall.ports.triggers().fannedOut(LOCAL, TRIGGER)).isTrue();
  }

  @Test
  void two_objects_that_subscribe_to_each_other_and_are_named_get_a_run_each() {
    hall.subscribed(TEAM_1, TEAM_2, ADA)
        .subscribed(TEAM_2, TEAM_1, BOB)
        .given(List.of(named(TEAM_1), named(TEAM_2)));
    assertThat(vias(hall.fanOut()))
        .isEqualTo(Map.of(TEAM_1, BY_NAME, TEAM_2, BY_NAME, ADA, via(TEAM_1), BOB, via(TEAM_2)));
  }

  @Test
  void a_subscriber_that_is_named_too_has_one_run_as_the_one_that_is_named() {
    hall.subscribed(TEAM_1, ADA, BOB).given(List.of(named(TEAM_1), named("ada")));
    var starts = hall.fanOut();
    assertThat(starts).hasSize(3);
    assertThat(vias(starts)).containsEntry(ADA, BY_NAME).containsEntry(BOB, via(TEAM_1));
    assertThat(hall.roster()).containsOnlyKeys(BOB);
  }

  @Test
  void who_subscribes_to_two_objects_is_reached_through_the_one_that_is_named_first() {
    hall.subscribed(TEAM_1, ADA, BOB)
        .subscribed(TEAM_2, ADA, CARL)
        .given(List.of(named(TEAM_2), named(TEAM_1)));
    assertThat(vias(hall.fanOut()))
        .containsEntry(ADA, via(TEAM_2))
        .containsEntry(BOB, via(TEAM_1))
        .containsEntry(CARL, via(TEAM_2))
        .hasSize(5);
  }

  @Test
  void the_nearer_subscription_comes_before_the_farther() {
    hall.subscribed(ORG, TEAM_1, ADA).subscribed(TEAM_1, ADA, BOB).given(List.of(named(ORG)));
    assertThat(vias(hall.fanOut())).containsEntry(ADA, via(ORG)).containsEntry(BOB, via(TEAM_1));
    var other = new FanoutFixture();
    other
        .subscribed(ORG, TEAM_1)
        .subscribed(TEAM_1, ADA)
        .subscribed(TEAM_2, ADA)
        .given(List.of(named(ORG), named(TEAM_2)));
    assertThat(vias(other.fanOut())).containsEntry(ADA, via(TEAM_2));
  }

  @Test
  void who_subscribes_to_two_members_is_reached_through_the_first_of_them() {
    hall.subscribed(ORG, TEAM_1, TEAM_2)
        .subscribed(TEAM_2, ADA)
        .subscribed(TEAM_1, ADA)
        .given(List.of(named(ORG)));
    assertThat(vias(hall.fanOut())).containsEntry(ADA, via(TEAM_1));
  }

  @Test
  void the_actor_is_left_out_as_a_subscriber_and_not_when_it_is_named() {
    hall.subscribed(ORG, ADA, BOB, TEAM_1)
        .subscribed(TEAM_1, ADA, CARL)
        .given(List.of(named(ORG)), Optional.of(named("ada")), Optional.empty());
    assertThat(vias(hall.fanOut())).containsOnlyKeys(ORG, BOB, TEAM_1, CARL);
    var other = new FanoutFixture();
    other
        .subscribed(ORG, ADA, BOB)
        .given(List.of(named(ORG), named("ada")), Optional.of(named("ada")), Optional.empty());
    assertThat(vias(other.fanOut())).containsEntry(ADA, BY_NAME).hasSize(3);
  }

  @Test
  void a_schedule_reaches_no_subscribers() {
    var schedule = new ScheduleId(UUID.fromString("11111111-2222-8333-8444-555555555555"));
    hall.subscribed(ORG, ADA)
        .given(
            List.of(named(ORG)),
            Optional.empty(),
            Optional.empty(),
            new Trigger.Source.OfSchedule(schedule));
    assertThat(vias(hall.fanOut())).containsOnlyKeys(ORG);
    assertThat(hall.ports.triggers().fannedOut(LOCAL, TRIGGER)).isTrue();
  }

  @Test
  void a_step_of_another_workflow_reaches_subscribers_as_a_call_does() {
    hall.subscribed(ORG, ADA)
        .given(
            List.of(named(ORG)),
            Optional.empty(),
            Optional.empty(),
            new Trigger.Source.OfStep(RunId.of(TRIGGER, BOB), new StepRef("trigger_1")));
    assertThat(vias(hall.fanOut())).containsOnlyKeys(ORG, ADA);
  }

  @Test
  void the_subscribers_of_a_tenant_are_reached_like_those_of_any_object() {
    var tenant = new RecipientId(RecipientId.TENANTS, "acme");
    hall.subscribed(tenant, ADA).given(List.of(named(tenant)));
    assertThat(vias(hall.fanOut())).containsEntry(ADA, via(tenant));
  }

  @Test
  void objects_without_subscribers_are_looked_at_twenty_to_a_task() {
    hall.given(
        IntStream.range(0, 100).mapToObj(i -> named(new RecipientId("teams", "t" + i))).toList());
    assertThat(hall.fanOut()).hasSize(100);
    assertThat(
            hall.ports.tasks().sent().stream().filter(it -> it.task() instanceof FanoutTask.Start))
        .hasSize(1 + 4);
    assertThat(hall.ports.triggers().fannedOut(LOCAL, TRIGGER)).isTrue();
    assertThat(hall.roster()).isEmpty();
  }

  @Test
  void pages_of_subscribers_that_are_all_named_lead_on_to_those_that_are_not() {
    RecipientId[] many = users("u", 130);
    hall.subscribed(TEAM_1, many);
    var named = new ArrayList<Trigger.Named>(List.of(named(TEAM_1)));
    hall.ports
        .subscriptions()
        .of(LOCAL, TEAM_1, Optional.empty())
        .items()
        .forEach(it -> named.add(named(it.recipient())));
    var starts = hall.given(named).fanOut();
    assertThat(starts).hasSize(131).doesNotHaveDuplicates();
    assertThat(hall.roster()).hasSize(30);
  }

  @Test
  void a_page_done_twice_means_whom_it_meant_first_and_leads_on_to_the_same_page() {
    hall.subscribed(TEAM_1, users("u", 150)).given(List.of(named(TEAM_1)));
    hall.start.handle(FanoutFixture.fanout(0));
    FanoutTask.Start first = lastFanout();
    var dying = new Interrupted(4, Interrupted.When.BEFORE).on(hall.ports);
    try {
      dying.handle(first);
    } catch (Interrupted.Death _) {
      // After it was noted and before anything was sent.
    }
    assertThat(hall.roster()).hasSize(100);
    hall.ports
        .subscriptions()
        .of(LOCAL, TEAM_1, Optional.empty())
        .items()
        .forEach(it -> hall.ports.subscriptions().remove(LOCAL, TEAM_1, it.recipient()));
    assertThat(vias(hall.fanOut(hall.start)).keySet()).contains(TEAM_1);
    hall.ports.tasks().send(first);
    assertThat(vias(hall.fanOut(hall.start)).keySet()).isSubsetOf(hall.roster().keySet());
    assertThat(hall.roster()).hasSize(150);
  }

  @Test
  void a_task_that_comes_again_after_its_page_was_handed_over_sends_nothing() {
    hall.subscribed(TEAM_1, users("u", 150)).given(List.of(named(TEAM_1)));
    hall.start.handle(FanoutFixture.fanout(0));
    FanoutTask.Start first = lastFanout();
    hall.start.handle(first);
    FanoutTask.Start second = lastFanout();
    hall.start.handle(second);
    int sent = hall.ports.tasks().sent().size();
    hall.start.handle(first);
    hall.start.handle(second);
    assertThat(hall.ports.tasks().sent()).hasSize(sent);
  }

  @ParameterizedTest
  @EnumSource
  void killed_at_any_call_it_reaches_the_same_and_each_through_the_same(Interrupted.When when) {
    var faultless = tree(new FanoutFixture());
    var counting = new Interrupted(-1, when);
    faultless.ports.tasks().send(FanoutFixture.fanout(0));
    var expected = vias(faultless.fanOut(counting.on(faultless.ports)));
    assertThat(expected).hasSize(1 + 1 + 250 + 2 + 102 + 2);
    assertThat(counting.calls()).isGreaterThan(20);
    for (int at = 1; at <= counting.calls(); at++) {
      var struck = tree(new FanoutFixture());
      struck.ports.tasks().send(FanoutFixture.fanout(0));
      var starts = struck.fanOut(new Interrupted(at, when).on(struck.ports));
      assertThat(vias(starts)).as("%s call %d", when, at).isEqualTo(expected);
      assertThat(struck.roster()).isEqualTo(faultless.roster());
      assertThat(struck.ports.triggers().fannedOut(LOCAL, TRIGGER)).isTrue();
      assertThat(starts).hasSizeLessThanOrEqualTo(expected.size() + 2 + 200);
    }
  }

  /**
   * A dozen subscribers to ten pages, so that a crowd is split; a member has a crowd of its own.
   */
  private static FanoutFixture crowds(FanoutFixture hall) {
    hall.ports.subscriptions().pagesOf(1);
    return hall.subscribed(ORG, users("u", 9))
        .subscribed(ORG, TEAM_1, TEAM_2)
        .subscribed(TEAM_1, users("m", 8))
        .subscribed(TEAM_1, users("u", 2))
        .subscribed(TEAM_2, ADA, CARL, RecipientId.user("m1"))
        .given(List.of(named(ORG), named(new RecipientId("orgs", "p"))));
  }

  @Test
  void a_crowd_is_gone_through_in_pieces_and_what_comes_after_it_waits_for_all() {
    var hall = crowds(new FanoutFixture());
    hall.ports.tasks().send(FanoutFixture.fanout(0));
    var vias = vias(hall.fanOut());
    assertThat(vias).hasSize(1 + 1 + 9 + 2 + 8 + 2);
    assertThat(vias)
        .containsEntry(RecipientId.user("u1"), via(ORG))
        .containsEntry(RecipientId.user("m1"), via(TEAM_1))
        .containsEntry(RecipientId.user("m7"), via(TEAM_1))
        .containsEntry(ADA, via(TEAM_2));
    assertThat(hall.ports.triggers().fannedOut(LOCAL, TRIGGER)).isTrue();
    assertThat(hall.roster()).hasSize(9 + 2 + 8 + 2);
  }

  @Test
  void pieces_are_done_in_any_order_and_each_twice_and_everybody_has_one_run() {
    for (int seed = 0; seed < 40; seed++) {
      var chance = new Random(seed);
      var struck = crowds(new FanoutFixture());
      var waiting = new ArrayList<>(List.of(FanoutFixture.fanout(0)));
      var starts = new ArrayList<StepsTask.Advance>();
      while (!waiting.isEmpty()) {
        var task = waiting.remove(chance.nextInt(waiting.size()));
        struck.start.handle(task);
        if (chance.nextBoolean()) {
          struck.start.handle(task);
        }
        for (var next = struck.ports.tasks().receive();
            next.isPresent();
            next = struck.ports.tasks().receive()) {
          switch (next.get().task()) {
            case StepsTask.Advance start -> starts.add(start);
            case FanoutTask.Start start -> waiting.add(start);
            default -> throw new IllegalStateException("Not to be expected: " + next.get());
          }
          struck.ports.tasks().acknowledge(next.get());
        }
      }
      assertThat(vias(starts)).as("seed %d", seed).hasSize(1 + 1 + 9 + 2 + 8 + 2);
      assertThat(struck.ports.triggers().fannedOut(LOCAL, TRIGGER)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void killed_at_any_call_crowds_are_reached_whole(Interrupted.When when) {
    var faultless = crowds(new FanoutFixture());
    var counting = new Interrupted(-1, when);
    faultless.ports.tasks().send(FanoutFixture.fanout(0));
    var expected = vias(faultless.fanOut(counting.on(faultless.ports)));
    for (int at = 1; at <= counting.calls(); at++) {
      var struck = crowds(new FanoutFixture());
      struck.ports.tasks().send(FanoutFixture.fanout(0));
      var starts = struck.fanOut(new Interrupted(at, when).on(struck.ports));
      assertThat(vias(starts)).as("%s call %d", when, at).isEqualTo(expected);
      assertThat(struck.roster()).isEqualTo(faultless.roster());
      assertThat(struck.ports.triggers().fannedOut(LOCAL, TRIGGER)).isTrue();
    }
  }

  /** 5,000 in a moment; {@code -Dtests.subscribers=100000} takes minutes, and ends the same. */
  @Test
  void killed_at_random_again_and_again_it_reaches_every_subscriber_of_a_large_object_once() {
    int count = Integer.getInteger("tests.subscribers", 5_000);
    var chance = new Random(7);
    hall.subscribed(TEAM_1, users("u", count)).given(List.of(named(TEAM_1)));
    hall.ports.tasks().send(FanoutFixture.fanout(0));
    var started = new HashMap<RecipientId, Integer>();
    int deaths = 0;
    for (var next = hall.ports.tasks().receive();
        next.isPresent();
        next = hall.ports.tasks().receive()) {
      switch (next.get().task()) {
        case StepsTask.Advance task -> started.merge(task.recipient(), 1, Integer::sum);
        case FanoutTask.Start task -> {
          try {
            var when = Interrupted.When.values()[chance.nextInt(3)];
            // A page makes about six calls, so every third is killed.
            new Interrupted(1 + chance.nextInt(18), when).on(hall.ports).handle(task);
          } catch (Interrupted.Death _) {
            deaths++;
            hall.ports.tasks().send(task);
          }
        }
        default -> throw new IllegalStateException("Not to be expected: " + next.get());
      }
      hall.ports.tasks().acknowledge(next.get());
    }
    assertThat(started).hasSize(count + 1);
    assertThat(deaths).isGreaterThan(count / 1_000);
    assertThat(hall.ports.triggers().fannedOut(LOCAL, TRIGGER)).isTrue();
    // A page that was killed after it was sent is sent again; its runs find themselves there.
    assertThat(started.values().stream().mapToInt(it -> it).sum())
        .isLessThanOrEqualTo(count + 1 + 101 * deaths);
  }

  /** Two named objects, 250 direct subscribers, two members of which one has a crowd. */
  private static FanoutFixture tree(FanoutFixture hall) {
    return hall.subscribed(ORG, users("u", 250))
        .subscribed(ORG, TEAM_1, TEAM_2)
        .subscribed(TEAM_1, users("m", 102))
        .subscribed(TEAM_1, users("u", 3))
        .subscribed(TEAM_2, ADA, CARL, RecipientId.user("m1"))
        .subscribed(new RecipientId("orgs", "p"), users("u", 2))
        .given(List.of(named(ORG), named(new RecipientId("orgs", "p"))));
  }
}
