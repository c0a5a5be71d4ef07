package dev.carillon.testing;

import dev.carillon.message.Message;
import dev.carillon.run.Run;
import dev.carillon.trigger.RunId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether everything that was asked for came to its end, once. */
final class Audit {
  private final Engine engine;
  private final Story story;
  private final List<String> wrong = new ArrayList<>();
  private final List<Request> requests = new ArrayList<>();
  private int offersUntilHealed;

  Audit(Engine engine, Story story) {
    this.engine = engine;
    this.story = story;
  }

  void unexpected(String what) {
    wrong.add(what);
  }

  private record Request(Message message, long machine) {}

  /** A machine makes a request for that message. */
  void offered(Message message, long machine) {
    requests.add(new Request(message, machine));
  }

  private void nothingWasSentAfterItsCancellation() {
    engine.webhook().offers().stream()
        .skip(offersUntilHealed)
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
        .find(Engine.ENVIRONMENT, id)
        .flatMap(run -> run.carried().batch())
        .filter(batch -> batch.activities().stream().anyMatch(it -> !it.run().equals(id)))
        .isPresent();
  }

  /** From now on whatever is requested comes after all that clients asked for. */
  void healed() {
    offersUntilHealed = engine.webhook().offers().size();
  }

  int runs() {
    return Scenarios.runs(engine).size();
  }

  List<String> wrong() {
    wrong.addAll(EndState.wrong(engine));
    runsAreThoseAskedFor();
    nobodyIsCancelledUnasked();
    new Totals(engine).wrong(wrong::add);
    nothingWasSentAfterItsCancellation();
    return wrong;
  }

  /** Whoever was cancelled was asked to be. */
  private void nobodyIsCancelledUnasked() {
    for (Run run : Scenarios.runs(engine)) {
      boolean asked = story.cancelledAt(run.trigger(), run.recipient()) < Long.MAX_VALUE;
      boolean child = run.workflow().value().equals("child");
      if (run.state() instanceof Run.State.Cancelled && !asked && !child) {
        wrong.add("cancelled, and nobody asked for it: " + run.id());
      }
    }
  }

  private void runsAreThoseAskedFor() {
    Set<RunId> wanted = new HashSet<>();
    story
        .accepted()
        .forEach(
            (trigger, asking) ->
                asking.recipients.forEach(it -> wanted.add(RunId.of(trigger, it))));
    for (Run run : Scenarios.runs(engine)) {
      if (!wanted.remove(run.id()) && !run.workflow().value().equals("child")) {
        wrong.add("nobody asked for " + run.id());
      }
    }
    wanted.forEach(id -> wrong.add("lost: " + id));
    if (story.accepted().size() < story.triggers().size()) {
      wrong.add("two calls were taken for one");
    }
  }
}
