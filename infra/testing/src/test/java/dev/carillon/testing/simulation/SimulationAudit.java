package dev.carillon.testing.simulation;

import dev.carillon.message.Message;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.EndState;
import dev.carillon.testing.scenarios.EndTotals;
import dev.carillon.testing.scenarios.Scenarios;
import dev.carillon.testing.simulation.ClientCall.Wish;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether everything that was asked for came to its end, once. */
public final class SimulationAudit {
  private final InProcessEngine engine;
  private final ClientScript story;
  private final List<String> wrong = new ArrayList<>();
  private final List<Request> requests = new ArrayList<>();
  private int postsUntilHealed;
  private int mailsUntilHealed;

  public SimulationAudit(InProcessEngine engine, ClientScript story) {
    this.engine = engine;
    this.story = story;
  }

  public void unexpected(String what) {
    wrong.add(what);
  }

  private record Request(Message message, long machine) {}

  /** A machine makes a request for that message. */
  public void offered(Message message, long machine) {
    requests.add(new Request(message, machine));
  }

  private void nothingWasSentAfterItsCancellation() {
    Stream.concat(
            engine.webhook().offers().stream().skip(postsUntilHealed),
            engine.email().offers().stream().skip(mailsUntilHealed))
        .forEach(offer -> offered(offer.message(), Long.MAX_VALUE - 1));
    for (Request request : requests) {
      Message message = request.message();
      if (request.machine() > story.cancelledAt(message.source().trigger(), message.recipient())
          && !speaksForOthers(message.source().run())) {
        wrong.add("sent after it was cancelled: " + message.id());
      }
    }
  }

  /** Whether the run closed a batch, which is not its own matter alone. */
  private boolean speaksForOthers(RunId id) {
    return engine
        .ports()
        .runs()
        .find(InProcessEngine.ENVIRONMENT, id)
        .flatMap(run -> run.carried().batch())
        .filter(batch -> batch.activities().stream().anyMatch(it -> !it.run().equals(id)))
        .isPresent();
  }

  /** From now on whatever is requested comes after all that clients asked for. */
  public void healed() {
    postsUntilHealed = engine.webhook().offers().size();
    mailsUntilHealed = engine.email().offers().size();
  }

  public int runs() {
    return Scenarios.runs(engine).size();
  }

  public List<String> wrong() {
    wrong.addAll(EndState.wrong(engine));
    runsAreThoseAskedFor();
    nobodyIsCancelledUnasked();
    new EndTotals(engine).wrong(wrong::add);
    nothingWasSentAfterItsCancellation();
    return wrong;
  }

  /** Those who were cancelled were asked to be. */
  private void nobodyIsCancelledUnasked() {
    for (Run run : Scenarios.runs(engine)) {
      boolean asked = story.cancelledAt(run.trigger(), run.recipient()) < Long.MAX_VALUE;
      boolean child = run.workflow().value().equals("child");
      if (run.state() instanceof Run.State.Cancelled && !asked && !child) {
        wrong.add("cancelled, and nobody asked for it: " + run.id());
      }
    }
  }

  /** Each exactly once; beside them only children, and what schedules are answerable for. */
  private void runsAreThoseAskedFor() {
    Set<RunId> wanted = new HashSet<>();
    Set<TriggerId> triggers = new HashSet<>();
    story
        .wishing(Wish.Trigger.class)
        .forEach(
            (asking, wish) ->
                asking
                    .trigger()
                    .ifPresent(
                        id -> {
                          if (!triggers.add(id)) {
                            wrong.add("two calls were taken for one");
                          }
                          wish.reached().forEach(it -> wanted.add(RunId.of(id, it)));
                        }));
    List<Run> scheduled = new ArrayList<>();
    List<Run> entries = new ArrayList<>();
    for (Run run : Scenarios.runs(engine)) {
      if (isScheduled(run)) {
        scheduled.add(run);
      } else if (trigger(run).source() instanceof Trigger.Source.OfAudience) {
        entries.add(run);
      } else if (!wanted.remove(run.id()) && !run.workflow().value().equals("child")) {
        wrong.add("nobody asked for " + run.id());
      }
    }
    wanted.forEach(id -> wrong.add("lost: " + id));
    schedulesOccurred(scheduled);
    AudiencePlot.check(engine, story, entries, wrong::add);
  }

  private boolean isScheduled(Run run) {
    return trigger(run).source() instanceof Trigger.Source.OfSchedule;
  }

  private Trigger trigger(Run run) {
    return engine.ports().triggers().find(InProcessEngine.ENVIRONMENT, run.trigger()).orElseThrow();
  }

  /** Each schedule is there once, or gone if it was deleted, and occurred as often as it was to. */
  private void schedulesOccurred(List<Run> runs) {
    Map<Occurring, Long> times =
        runs.stream()
            .map(run -> new Occurring(trigger(run).data().text("text"), run.recipient()))
            .collect(Collectors.groupingBy(it -> it, Collectors.counting()));
    story
        .wishing(Wish.Schedule.class)
        .forEach(
            (asking, wish) ->
                wish.people()
                    .forEach(
                        it -> {
                          var occurring = new Occurring(Optional.of(wish.text()), it);
                          long occurred = Optional.ofNullable(times.remove(occurring)).orElse(0L);
                          boolean deleted = story.isUnscheduled(asking);
                          if (occurred > wish.most() || occurred < wish.least() && !deleted) {
                            wrong.add(occurring + " occurred " + occurred + " times");
                          }
                          if (story.schedules(wish, it).count() != (deleted ? 0 : 1)) {
                            wrong.add(occurring + " is not there once");
                          }
                        }));
    times.keySet().forEach(it -> wrong.add("nobody scheduled " + it));
  }

  private record Occurring(Optional<String> text, RecipientId recipient) {}
}
