package dev.carillon.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.due.DueItem;
import dev.carillon.json.Json;
import dev.carillon.run.Run;
import dev.carillon.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An hour in which nothing that wakes anything arrives. */
class LostWakesTest {
  private static final Duration OUTAGE = Duration.ofHours(1);
  private static final Duration GRACE = Duration.ofMinutes(5);

  /** Three quarters of an hour before the windows open. */
  private static final Instant START = Instant.parse("2026-01-05T11:15:00Z");

  private static final Instant END = START.plus(OUTAGE);

  private final Engine engine = Engine.at(START);

  @Test
  void every_run_goes_on_within_five_minutes_of_an_hour_of_lost_wakes() {
    engine.push(
        Map.of(
            path("delayed"), Plots.workflow(Plots.delay("minutes", 10), Plots.post(1)),
            path("far"), Plots.workflow(Plots.delay("minutes", 45), Plots.post(1)),
            path("digest"), Plots.ALL.get("digest"),
            path("listening"), Plots.ALL.get("listening"),
            path("held"), Scenarios.windowed(Scenarios.HELD_MAIL),
            path("scheduled"), Plots.workflow(Plots.post(1))));
    engine.lose(task -> engine.now().isBefore(END) && wakes(task));
    for (String workflow : List.of("delayed", "far", "digest", "listening", "held")) {
      engine.call(Call.trigger(workflow, Given.toMany(500)).once(workflow));
    }
    engine.call(Call.trigger("digest", Given.toMany(500)).once("again"));
    schedule();
    engine.advance(OUTAGE.dividedBy(2));
    assertThat(overdueAt(engine.now()))
        .as("waits that nothing woke")
        .hasSizeGreaterThanOrEqualTo(1_500);

    engine.advance(OUTAGE.dividedBy(2));
    engine.advance(GRACE);

    assertThat(overdueAt(engine.now())).as("waits that are over").isEmpty();
    assertThat(Scenarios.runs(engine))
        .hasSize(6 * 500 + 50)
        .allMatch(run -> run.state() instanceof Run.State.Completed);
    // One for each, the two digests of each person in one.
    assertThat(engine.webhook().accepted()).hasSize(4 * 500 + 50);
    assertThat(engine.email().accepted()).as("held until noon").hasSize(500);
    System.out.printf(
        "lost wakes: %,d runs, all gone on %s after the outage%n",
        Scenarios.runs(engine).size(), latest());
  }

  private static String path(String workflow) {
    return "workflows/" + workflow + "/workflow.json";
  }

  /** Whatever comes because it is time. */
  private static boolean wakes(Task task) {
    return switch (task) {
      case Task.Advance advance -> advance.wake().isPresent();
      case Task.Deliver deliver -> deliver.minute().isPresent();
      case Task.Drain _, Task.Occur _ -> true;
      case Task.Sweep _, Task.Fanout _, Task.Cancel _, Task.Signal _ -> false;
    };
  }

  /** Fifty people are told in half an hour, once. */
  private void schedule() {
    var people = IntStream.rangeClosed(1, 50).mapToObj(i -> (Json) Json.of("u" + i)).toList();
    var answer =
        engine.call(
            Call.post(
                "/v1/schedules",
                Json.object()
                    .with("workflow", "scheduled")
                    .with("recipients", Json.array(people))
                    .with("scheduled_at", START.plus(Duration.ofMinutes(30)).toString())));
    assertThat(answer.ok()).as(answer.body().toString()).isTrue();
  }

  private List<DueItem> overdueAt(Instant now) {
    return engine.ports().dues().all().stream().filter(it -> it.dueAt().isBefore(now)).toList();
  }

  private Duration latest() {
    return engine.webhook().accepted().stream()
        .map(offer -> Duration.between(END, offer.at()))
        .max(Duration::compareTo)
        .orElseThrow();
  }
}
