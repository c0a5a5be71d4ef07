package dev.carillon.memory.contract.waiting;

import dev.carillon.batch.Activity;
import dev.carillon.batch.BatchId;
import dev.carillon.batch.Batches;
import dev.carillon.batch.Batches.Joined;
import dev.carillon.batch.Batches.Standing;
import dev.carillon.batch.Batches.Terms;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.contract.Samples;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** One batch, and what is done with it. */
public abstract class OneBatch {
  static final Duration RETENTION = Duration.ofDays(30);
  static final RecipientId ADA = RecipientId.user("ada");

  final EnvironmentId environment = Samples.environment();
  final BatchId batch =
      BatchId.latest(ADA, Samples.WORKFLOW, new StepRef("batch_1"), Optional.of("k"));
  final MutableClock clock = new MutableClock(Samples.NOW);
  Batches batches;

  protected abstract Batches batches(MutableClock clock, Duration retention);

  @BeforeEach
  void prepare() {
    batches = batches(clock, RETENTION);
  }

  final Joined join(Activity activity, Terms terms, long second) {
    return batches.join(environment, batch, activity, terms, Samples.later(second));
  }

  final Joined keepOut(Activity activity, long second) {
    return batches.keepOut(environment, batch, activity.run(), Samples.later(second));
  }

  final Standing close(int generation, long second) {
    return batches.close(environment, batch, generation, Samples.later(second));
  }

  final Optional<Standing> find(int generation) {
    return batches.find(environment, batch, generation);
  }

  final List<Activity> inside(int generation) {
    var all = new ArrayList<Activity>();
    Optional<String> cursor = Optional.empty();
    do {
      var page = batches.activities(environment, batch, generation, cursor);
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());
    return all;
  }

  static Instant closeAt(Joined joined) {
    return switch (joined) {
      case Joined.Holds(_, var closeAt) -> closeAt;
      case Joined.Inside(_, var closeAt, _, _) -> closeAt;
      case Joined.Leads(_, var closeAt) -> closeAt;
      case Joined.Out() -> throw new AssertionError("It is out");
    };
  }

  /** One that closes then, in seconds, and stays there. */
  static Terms window(long close) {
    return new Terms(
        Samples.later(close), Optional.empty(), Optional.empty(), Integer.MAX_VALUE, false);
  }

  /** One that closes so many seconds after its last activity, and by {@code latest}. */
  static Terms sliding(long seconds, long latest) {
    return new Terms(
        Samples.later(seconds),
        Optional.of(Duration.ofSeconds(seconds)),
        Optional.of(Samples.later(latest)),
        Integer.MAX_VALUE,
        false);
  }

  static Activity activity() {
    return activity(Samples.NOW);
  }

  static Activity activity(Instant at) {
    return activity(at, Json.object().with("text", "hello"));
  }

  static Activity activity(Instant at, Json.Obj data) {
    TriggerId trigger = Samples.triggerId(at);
    RunId run = RunId.of(trigger, ADA);
    return new Activity(
        Ksuid.of(at, Digest.of("activity", run.toString())),
        run,
        trigger,
        ADA,
        Optional.empty(),
        trigger.time(),
        false,
        data);
  }

  static Activity[] activities(int count) {
    var activities = new Activity[count];
    for (int i = 0; i < count; i++) {
      activities[i] = activity();
    }
    return activities;
  }

  static List<Activity> byId(Activity... activities) {
    return Arrays.stream(activities).sorted(Comparator.comparing(Activity::id)).toList();
  }
}
