package dev.carillon.memory.contract.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import dev.carillon.message.MessageId;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.run.RunEvent;
import dev.carillon.run.RunState;
import dev.carillon.run.Runs;
import dev.carillon.run.SkipReason;
import dev.carillon.run.StepOutcome;
import dev.carillon.run.Wait;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TraceContext;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class RunsContract {
  private static final Duration RETENTION = Duration.ofDays(30);

  private final EnvironmentId environment = Samples.environment();
  private final MutableClock clock = new MutableClock(Samples.NOW);
  private Runs runs;

  protected abstract Runs runs(MutableClock clock, Duration retention);

  @BeforeEach
  void prepare() {
    runs = runs(clock, RETENTION);
  }

  @Test
  void a_stored_run_is_found_whole() {
    var step = new StepRef("delay_1");
    Run run =
        Samples.run(environment, Samples.NOW)
            .logged(
                new LogEntry(
                    Samples.later(1),
                    RunEvent.DELAY_STARTED,
                    true,
                    Optional.of(step),
                    "delay",
                    2,
                    Samples.DATA))
            .logged(
                new LogEntry(
                    Samples.later(2),
                    RunEvent.STEP_FAILED,
                    false,
                    Optional.empty(),
                    "",
                    1,
                    Json.Obj.EMPTY))
            .with(step, new StepOutcome.Done())
            .with(new StepRef("a"), new StepOutcome.Skipped(SkipReason.CONDITIONS_NOT_MET))
            .with(
                new StepRef("b"),
                new StepOutcome.Sent(
                    List.of(
                        MessageId.of(
                            Samples.NOW,
                            RunId.of(Samples.triggerId(Samples.NOW), RecipientId.user("u")),
                            step,
                            Samples.FEED))))
            .in(
                new Run.State.Waiting(
                    new Wait("w1", 3, step, Samples.later(60), 29, new Wait.Kind.Retry(2))),
                Samples.later(3));
    assertThat(runs.save(run)).isTrue();
    assertThat(runs.find(environment, run.id())).contains(run.stored());
  }

  @Test
  void a_run_that_elapses_or_was_cancelled_is_found_as_such() {
    var wait = new Wait("w", 0, new StepRef("d"), Samples.NOW, -5, new Wait.Kind.Elapse());
    Run waiting =
        Samples.run(environment, Samples.NOW).in(new Run.State.Waiting(wait), Samples.NOW);
    runs.save(waiting);
    assertThat(runs.find(environment, waiting.id())).contains(waiting.stored());
    Run toEnd = waiting.in(new Run.State.Waiting(wait.ended()), Samples.NOW);
    assertThat(runs.save(toEnd.stored())).isTrue();
    assertThat(runs.find(environment, waiting.id())).contains(toEnd.stored().stored());
    Run cancelled = waiting.stored().stored().in(new Run.State.Cancelled(), Samples.later(5));
    assertThat(runs.save(cancelled)).isTrue();
    assertThat(runs.find(environment, waiting.id())).contains(cancelled.stored());
  }

  @Test
  void a_run_that_is_midway_is_found_as_such() {
    for (boolean open : new boolean[] {true, false}) {
      var midway = new Run.State.AtStep(new StepRef("email_1"), open);
      Run run = Samples.run(Samples.environment(), Samples.NOW).in(midway, Samples.NOW);
      runs.save(run);
      assertThat(runs.find(run.environment(), run.id())).contains(run.stored());
    }
  }

  @Test
  void a_run_says_what_made_its_trigger() {
    for (Trigger.Source source :
        List.of(
            new Trigger.Source.Api(),
            new Trigger.Source.OfSchedule(ScheduleId.of("a call", 0)),
            new Trigger.Source.OfEvent("shop", "sev_1"),
            new Trigger.Source.OfStep(
                RunId.of(Samples.triggerId(Samples.NOW), RecipientId.user("u")),
                new StepRef("trigger_1"),
                3,
                RunId.of(Samples.triggerId(Samples.NOW), RecipientId.user("root"))),
            new Trigger.Source.Api(
                Optional.of(new EnvironmentId("branch-1")),
                Optional.of(new TraceContext("0af7651916cd43dd8448eb211c80319c", false))),
            new Trigger.Source.OfStep(
                RunId.of(Samples.triggerId(Samples.NOW), RecipientId.user("u")),
                new StepRef("trigger_1"),
                1,
                RunId.of(Samples.triggerId(Samples.NOW), RecipientId.user("u")),
                Optional.of(new EnvironmentId("branch-1")),
                Optional.of(new TraceContext("0af7651916cd43dd8448eb211c80319c", true))))) {
      Run run = Samples.run(environment, Samples.NOW);
      Run made = run.carrying(RunState.NOTHING.from(source));
      runs.save(made);
      assertThat(runs.find(environment, run.id())).contains(made.stored());
    }
  }

  @Test
  void a_run_on_its_way_is_not_stored() {
    Run run = Samples.run(environment, Samples.NOW).in(new Run.State.Processing(), Samples.NOW);
    assertThatThrownBy(() -> runs.save(run)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void only_who_read_the_last_revision_may_store() {
    Run run = Samples.run(environment, Samples.NOW);
    assertThat(runs.save(run)).isTrue();
    assertThat(runs.save(run)).isFalse();
    assertThat(runs.save(run.stored())).isTrue();
    assertThat(runs.save(run.stored())).isFalse();
    assertThat(runs.find(environment, run.id()).orElseThrow().revision()).isEqualTo(2);
    Run never = Samples.run(environment, Samples.NOW).stored();
    assertThat(runs.save(never)).isFalse();
    assertThat(runs.find(environment, never.id())).isEmpty();
  }

  @Test
  void of_two_that_store_at_once_one_wins() throws Exception {
    for (int round = 0; round < 10; round++) {
      Run run = Samples.run(environment, Samples.NOW);
      assertThat(Race.winners(2, () -> runs.save(run))).isOne();
      assertThat(Race.winners(4, () -> runs.save(run.stored()))).isOne();
    }
  }

  @Test
  void runs_of_another_environment_are_not_seen() {
    Run run = Samples.run(environment, Samples.NOW);
    runs.save(run);
    EnvironmentId other = Samples.environment();
    assertThat(runs.find(other, run.id())).isEmpty();
    assertThat(all(other, 10)).isEmpty();
    assertThat(runs.ofTrigger(other, run.trigger(), Optional.empty()).items()).isEmpty();
  }

  @Test
  void a_run_is_kept_for_its_retention_after_it_last_moved() {
    Run run = Samples.run(environment, Samples.NOW);
    runs.save(run);
    clock.advance(RETENTION.minusMinutes(1));
    assertThat(runs.find(environment, run.id())).isPresent();
    clock.advance(Duration.ofMinutes(2));
    assertThat(runs.find(environment, run.id())).isEmpty();
    assertThat(all(environment, 10)).isEmpty();
  }

  @Test
  void a_run_that_waits_is_kept_for_its_retention_after_its_wait() {
    Run run =
        Samples.run(environment, Samples.NOW)
            .in(
                new Run.State.Waiting(
                    new Wait(
                        "w",
                        0,
                        new StepRef("d"),
                        Samples.NOW.plus(Duration.ofDays(90)),
                        1,
                        new Wait.Kind.Elapse())),
                Samples.NOW);
    runs.save(run);
    clock.advance(Duration.ofDays(119));
    assertThat(runs.find(environment, run.id())).isPresent();
    clock.advance(Duration.ofDays(2));
    assertThat(runs.find(environment, run.id())).isEmpty();
  }

  @Test
  void a_list_is_newest_first_over_hours_in_pages_of_any_size() {
    List<Run> expected = spread();
    for (int size : new int[] {1, 7, 50}) {
      assertThat(all(environment, size)).isEqualTo(expected);
    }
  }

  @Test
  void a_page_before_a_position_holds_the_nearest_newer_ones() {
    List<Run> expected = spread();
    String position = expected.get(20).id().toString();
    var page =
        runs.newestFirst(
            environment,
            TimeRange.ALL,
            _ -> true,
            new PageRequest(Optional.empty(), Optional.of(position), 5));
    assertThat(page.items()).isEqualTo(expected.subList(15, 20));
    assertThat(page.next()).contains(expected.get(19).id().toString());
    var newest =
        runs.newestFirst(
            environment,
            TimeRange.ALL,
            _ -> true,
            new PageRequest(Optional.empty(), Optional.of(expected.getFirst().id().toString()), 5));
    assertThat(newest.items()).isEmpty();
  }

  @Test
  void a_list_holds_what_is_wanted_of_the_time_that_is_wanted() {
    List<Run> expected = spread();
    var range = new TimeRange(expected.get(25).id().time(), expected.get(10).id().time());
    assertThat(Samples.walk(4, page -> runs.newestFirst(environment, range, _ -> true, page)))
        .isEqualTo(expected.stream().filter(run -> range.contains(run.id().time())).toList());
    Run one = expected.get(17);
    assertThat(
            Samples.walk(
                4, page -> runs.newestFirst(environment, TimeRange.ALL, one::equals, page)))
        .containsExactly(one);
  }

  @Test
  void any_text_will_do_as_a_position() {
    spread();
    for (String position : List.of("", " ", "#", "~", "zzz", "é", "\u0000", "x".repeat(5000))) {
      runs.newestFirst(
          environment,
          TimeRange.ALL,
          _ -> true,
          new PageRequest(Optional.of(position), Optional.empty(), 5));
      runs.newestFirst(
          environment,
          TimeRange.ALL,
          _ -> true,
          new PageRequest(Optional.empty(), Optional.of(position), 5));
      runs.newestFirst(
          environment,
          RecipientId.user("ada"),
          TimeRange.ALL,
          _ -> true,
          new PageRequest(Optional.of(position), Optional.empty(), 5));
    }
  }

  @Test
  void the_runs_of_one_recipient_are_listed_whatever_its_id() {
    var byRecipient = new ArrayList<Run>();
    for (String id : Samples.IDS) {
      Run run = Samples.run(environment, Samples.triggerId(Samples.NOW), RecipientId.user(id));
      runs.save(run);
      byRecipient.add(run.stored());
    }
    for (Run run : byRecipient) {
      assertThat(
              Samples.walk(
                  2,
                  page ->
                      runs.newestFirst(
                          environment, run.recipient(), TimeRange.ALL, _ -> true, page)))
          .containsExactly(run);
    }
  }

  @Test
  void one_recipients_list_pages_like_any_other() {
    List<Run> expected = spread();
    assertThat(
            Samples.walk(
                7,
                page ->
                    runs.newestFirst(
                        environment,
                        RecipientId.user("ada"),
                        TimeRange.ALL,
                        run -> !run.equals(expected.get(3)),
                        page)))
        .isEqualTo(expected.stream().filter(run -> !run.equals(expected.get(3))).toList());
  }

  @Test
  void all_runs_of_a_trigger_and_no_others_are_found() {
    TriggerId trigger = Samples.triggerId(Samples.NOW);
    var expected = new HashSet<RunId>();
    for (int i = 0; i < 250; i++) {
      Run run = Samples.run(environment, trigger, RecipientId.user("u" + i));
      runs.save(run);
      expected.add(run.id());
    }
    runs.save(Samples.run(environment, Samples.triggerId(Samples.NOW), RecipientId.user("u1")));
    var found = new ArrayList<RunId>();
    Optional<String> cursor = Optional.empty();
    do {
      var page = runs.ofTrigger(environment, trigger, cursor);
      page.items().forEach(run -> found.add(run.id()));
      cursor = page.next();
    } while (cursor.isPresent());
    assertThat(found).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Forty runs of one recipient over three days, newest first. */
  private List<Run> spread() {
    var stored = new ArrayList<Run>();
    for (int i = 0; i < 40; i++) {
      Run run = Samples.run(environment, Samples.later(i < 20 ? i : i * 6_000L));
      assertThat(runs.save(run)).isTrue();
      stored.add(run.stored());
    }
    stored.sort(Comparator.comparing((Run run) -> run.id().toString()).reversed());
    return stored;
  }

  private List<Run> all(EnvironmentId of, int size) {
    return Samples.walk(size, page -> runs.newestFirst(of, TimeRange.ALL, _ -> true, page));
  }

  /** Of log, outcomes and data more than a megabyte each, which stays one when compressed. */
  private Run large() {
    var random = new Random(7);
    Json.Obj megabyte = Json.object().with("text", noise(random, 1_250_000));
    Run run =
        Samples.run(environment, Samples.NOW)
            .with(new StepRef("wait_1"), new StepOutcome.Awaited(true, megabyte))
            .carrying(
                RunState.NOTHING.withData(Json.object().with("text", noise(random, 1_250_000))));
    for (int i = 0; i < 50; i++) {
      run =
          run.logged(
              LogEntry.ofRun(
                  Samples.later(i),
                  RunEvent.FETCH_COMPLETED,
                  true,
                  Json.object().with("body", noise(random, 25_000))));
    }
    return run.in(new Run.State.Completed(), Samples.later(60));
  }

  /** Six and a half bits in each character. */
  private static String noise(Random random, int length) {
    var text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) ('!' + random.nextInt(90)));
    }
    return text.toString();
  }

  @Test
  void a_run_of_three_megabytes_is_found_and_listed_whole() {
    Run run = large();
    assertThat(runs.save(run)).isTrue();
    assertThat(runs.save(run)).isFalse();
    assertThat(runs.find(environment, run.id())).contains(run.stored());
    assertThat(all(environment, 10)).containsExactly(run.stored());
    assertThat(
            runs.newestFirst(
                    environment, run.recipient(), TimeRange.ALL, _ -> true, PageRequest.first(5))
                .items())
        .containsExactly(run.stored());
    assertThat(runs.ofTrigger(environment, run.trigger(), Optional.empty()).items())
        .containsExactly(run.stored());
  }

  @Test
  void a_large_run_that_is_stored_again_is_whole_each_time() {
    Run first = large();
    runs.save(first);
    Run longer =
        first
            .stored()
            .logged(LogEntry.ofRun(Samples.later(90), RunEvent.RUN_HELD, true, Json.Obj.EMPTY));
    assertThat(runs.save(longer)).isTrue();
    assertThat(runs.find(environment, first.id())).contains(longer.stored());
    Run small = longer.stored().outline();
    assertThat(runs.save(small)).isTrue();
    assertThat(runs.find(environment, first.id())).contains(small.stored());
    assertThat(runs.save(longer)).isFalse();
    assertThat(runs.find(environment, first.id())).contains(small.stored());
  }

  @Test
  void what_is_wanted_is_asked_about_the_outline_whatever_the_size() {
    Run small =
        Samples.run(environment, Samples.later(5))
            .logged(
                LogEntry.ofRun(
                    Samples.later(6), RunEvent.RECIPIENT_MISSING, false, Json.Obj.EMPTY));
    Run large = large();
    runs.save(small);
    runs.save(large);
    var seen = new ArrayList<Run>();
    var page = runs.newestFirst(environment, TimeRange.ALL, seen::add, PageRequest.first(5));
    assertThat(page.items()).containsExactly(small.stored(), large.stored());
    assertThat(seen).containsExactlyInAnyOrder(small.stored().outline(), large.stored().outline());
  }
}
