package dev.carillon.testing.engine;

import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.step;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.batch.Activity;
import dev.carillon.batch.Batches;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.page.Page;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.run.RunVariables;
import dev.carillon.run.Wait;
import dev.carillon.task.TaskQueue;
import dev.carillon.testing.calls.PortCall;
import dev.carillon.testing.calls.WarmHandlers;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.testing.scenarios.Scenarios;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What closing a large batch costs the function that does it. Alone, because time and memory are
 * those of the process.
 */
@Isolated
class BigBatchCostTest {
  private static final int FIELDS = 10;
  private static final long KILOBYTE = 1_024;

  /** Between two looks at the memory; each is a full collection. */
  private static final int PAGES_BETWEEN_LOOKS = 10;

  /** What an activity weighs at least: texts of 256 characters, a byte each. */
  private static final long TEXTS_OF_AN_ACTIVITY = FIELDS * 256;

  /** An id as a text, its record and its place in a linked set, in bytes. */
  private static final long AN_ACTOR = 300;

  private Duration longest = Duration.ZERO;
  private boolean watching;
  private int pages;
  private long atFirst;
  private long most;

  @Test
  @Tag("timed")
  void the_invocation_that_closes_ten_thousand_activities_takes_at_most_two_seconds() {
    close(10, 10);
    longest = Duration.ZERO;
    close(10_000, 500);

    System.out.printf("10,000 activities closed in %,d ms%n", longest.toMillis());
    assertThat(longest).isLessThanOrEqualTo(Duration.ofSeconds(2));
  }

  /**
   * Kept are the hundred activities that templates see, read anew here as from a table, and who
   * acted: the actors are counted, so their ids cannot be let go.
   */
  @Test
  void closing_keeps_the_hundred_activities_that_templates_see_and_the_ids_of_the_actors() {
    close(10, 10);
    watching = true;
    // Two pages may be alive, the last and the next, beside the hundred that are kept.
    long kept = 3 * 100 * 2 * TEXTS_OF_AN_ACTIVITY;
    long thousand = closed(1_000, 500, kept + 500 * AN_ACTOR);
    long tenThousand = closed(10_000, 500, kept + 500 * AN_ACTOR);
    long everybodyElse = closed(10_000, 10_000, kept + 10_000 * AN_ACTOR);

    System.out.printf(
        "memory while closing 1,000 activities: %,d KB, 10,000: %,d KB, by 10,000 actors: %,d KB%n",
        thousand / KILOBYTE, tenThousand / KILOBYTE, everybodyElse / KILOBYTE);
    assertThat(thousand).isLessThan(kept + 500 * AN_ACTOR);
    assertThat(tenThousand).isLessThan(kept + 500 * AN_ACTOR);
    assertThat(everybodyElse).isLessThan(kept + 10_000 * AN_ACTOR);
    assertThat(kept + 10_000 * AN_ACTOR).isLessThan(10_000 * TEXTS_OF_AN_ACTIVITY / 4);
  }

  /**
   * Closes a batch of so many, again if need be: what threads that tests before this one left
   * behind allocate between a collection and a look is not kept by the close, and is not there each
   * time.
   */
  private long closed(int activities, int actors, long bound) {
    long grown = Long.MAX_VALUE;
    for (int look = 0; look < 3 && grown >= bound; look++) {
      grown = Math.min(grown, close(activities, actors));
    }
    return grown;
  }

  /** Closes a batch of so many and says by how much the memory in use had grown meanwhile. */
  private long close(int activities, int actors) {
    var warm = new WarmHandlers(ports -> ports, this::pass);
    var engine =
        new InProcessEngine(
            EngineFixtures.MONDAY, (ports, around) -> timed(warm.on(ports, around)), 10);
    engine.workflow(
        "flow",
        "{'name': 'Flow', 'steps': [%s, %s]}"
            .formatted(
                step(
                    "batch",
                    "'batch_window': {'unit': 'hours', 'value': 1}, 'batch_items_render_limit':"
                        + " 100, 'batch_order': 'desc'"),
                mail("{{total_activities}} by {{total_actors}}"))
            .replace('\'', '"'));
    engine.call(
        Call.trigger(
            "flow",
            GuideEngine.json(
                "{'recipients': [{'id': 'elmo', 'email': 'e@e.example'}],"
                    + " 'actor': {'id': 'actor0'}}")));
    engine.settle();
    fill(engine, Scenarios.runs(engine).getFirst(), activities, actors);
    pages = 0;
    most = 0;
    engine.advance(Duration.ofHours(1));

    assertThat(engine.email().accepted())
        .extracting(offer -> offer.words().text("subject_line").orElseThrow())
        .containsExactly(activities + " by " + actors);
    return most - atFirst;
  }

  private Handlers timed(Handlers handlers) {
    Map<TaskQueue, RequestStreamHandler> readers = new EnumMap<>(handlers.readers());
    readers.computeIfPresent(
        TaskQueue.STEPS,
        (_, steps) ->
            (in, out, context) -> {
              long before = System.nanoTime();
              steps.handleRequest(in, out, context);
              Duration took = Duration.ofNanos(System.nanoTime() - before);
              longest = took.compareTo(longest) > 0 ? took : longest;
            });
    return new Handlers(
        handlers.intake(),
        handlers.feeds(),
        handlers.management(),
        handlers.api(),
        readers,
        handlers.callbacks(),
        handlers.tracking(),
        handlers.engage(),
        handlers.sockets());
  }

  private Object pass(PortCall call) throws Throwable {
    Object answer = call.make();
    if (!watching || !call.name().equals("Batches.activities")) {
      return answer;
    }
    if (pages == 0) {
      atFirst = inUse();
    } else if (pages % PAGES_BETWEEN_LOOKS == PAGES_BETWEEN_LOOKS - 1) {
      most = Math.max(most, inUse());
    }
    pages++;
    Page<?> page = (Page<?>) answer;
    return new Page<>(
        page.items().stream().map(Activity.class::cast).map(BigBatchCostTest::anew).toList(),
        page.next());
  }

  /** With data and an actor of its own, as one that was read from a table has. */
  private static Activity anew(Activity stored) {
    return new Activity(
        stored.id(),
        stored.run(),
        stored.trigger(),
        stored.recipient(),
        stored.actor().map(actor -> RecipientId.user(String.valueOf(actor.id().toCharArray()))),
        stored.at(),
        stored.cancellable(),
        (Json.Obj) JsonText.parse(JsonText.bytes(stored.data())));
  }

  private static long inUse() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  /** Brings the rest straight into the batch. */
  private static void fill(InProcessEngine engine, Run holder, int activities, int actors) {
    if (!(holder.state() instanceof Run.State.Waiting(var wait))
        || !(wait.kind() instanceof Wait.Kind.Collect(var batch, _))) {
      throw new IllegalStateException("It holds no batch");
    }
    var terms =
        new Batches.Terms(
            wait.dueAt(), Optional.empty(), Optional.empty(), Integer.MAX_VALUE, false);
    Json.Obj data = Json.object();
    for (int field = 0; field < FIELDS; field++) {
      data = data.with("text" + field, "x".repeat(256));
    }
    for (int n = 1; n < activities; n++) {
      var trigger = TriggerId.of(EngineFixtures.MONDAY.plusMillis(n), "trigger " + n);
      var run = RunId.of(trigger, holder.recipient());
      var activity =
          new Activity(
              RunVariables.activityId(trigger, run),
              run,
              trigger,
              holder.recipient(),
              Optional.of(RecipientId.user("actor" + n % actors)),
              trigger.time(),
              false,
              data);
      engine
          .ports()
          .batches()
          .join(InProcessEngine.ENVIRONMENT, batch, activity, terms, engine.now());
    }
  }
}
