package dev.carillon.functions.fanout.source;

import dev.carillon.accept.TriggerWorkflow;
import dev.carillon.accept.TriggerWorkflow.Answer;
import dev.carillon.accept.event.ResolveAction;
import dev.carillon.accept.event.SourceAction;
import dev.carillon.bulk.BulkRow;
import dev.carillon.channel.Channels;
import dev.carillon.edge.IdentificationReader;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.PublishEvents;
import dev.carillon.functions.fanout.DoBulkRow;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.runtime.Log;
import dev.carillon.source.ActionMapping;
import dev.carillon.source.Source;
import dev.carillon.source.SourceEvent;
import dev.carillon.source.SourceEvent.ActionOutcome;
import dev.carillon.source.SourceEvent.State;
import dev.carillon.source.SourceEvents;
import dev.carillon.source.Sources;
import dev.carillon.task.FanoutTask;
import dev.carillon.trigger.Trigger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Does what a stored event of a source is mapped to, action by action, in their fixed order. Each
 * is named after the event and its place, so a task that comes again does nothing twice; what
 * became of them is stored last, by a write that is conditional on nobody having done so.
 */
public final class CarryOutEvent {
  /** Bytes of what is kept of an action beside the event, so that both fit into one item. */
  private static final int LARGEST_PAYLOAD = 4 * 1024;

  private final Sources sources;
  private final SourceEvents events;
  private final DoBulkRow rows;
  private final ChangeMembers members;
  private final TriggerWorkflow trigger;
  private final Channels channels;
  private final PublishEvents tell;
  private final InstantSource clock;
  private final Log log;

  public CarryOutEvent(
      Sources sources,
      SourceEvents events,
      DoBulkRow rows,
      ChangeMembers members,
      TriggerWorkflow trigger,
      Channels channels,
      PublishEvents tell,
      InstantSource clock,
      Log log) {
    this.sources = sources;
    this.events = events;
    this.rows = rows;
    this.members = members;
    this.trigger = trigger;
    this.channels = channels;
    this.tell = tell;
    this.clock = clock;
    this.log = log;
  }

  public void handle(FanoutTask.OfSource task) {
    Optional<SourceEvent> event = events.find(task.environment(), task.source(), task.event());
    Optional<Source> source = sources.find(task.environment(), task.source());
    if (event.isEmpty() || !event.get().state().equals(new State.Received())) {
      log.decision("source.nothing", "event", task.event());
      return;
    }
    State state =
        source.map(it -> became(it, event.get())).orElseGet(() -> new State.Done(List.of()));
    events.save(event.get().with(state));
    said(event.get(), state);
  }

  private State became(Source source, SourceEvent event) {
    boolean told = event.identity().isPresent() && source.settings().enforceIdempotency();
    if (told) {
      String first = events.claim(event, clock.instant());
      if (!first.equals(event.id())) {
        return new State.Repeated(first);
      }
    }
    var resolve =
        new ResolveAction(new IdentificationReader(() -> channels.all(event.environment())));
    Json.Obj context = event.context();
    var outcomes = new ArrayList<ActionOutcome>();
    for (ActionMapping mapping : source.actionsOf(event.type())) {
      ResolveAction.Resolved resolved = resolve.resolve(mapping, context);
      Optional<String> problem =
          switch (resolved.result()) {
            case ResolveAction.Result.Refused(var why) -> Optional.of(why);
            case ResolveAction.Result.Ready(var action) ->
                problem(event, action, event.id() + " " + outcomes.size());
          };
      outcomes.add(
          new ActionOutcome(
              mapping.type(),
              mapping.parameters(),
              Optional.of(resolved.payload())
                  .filter(it -> JsonText.bytes(it).length <= LARGEST_PAYLOAD),
              problem));
    }
    tell.ofSource(event);
    // What did nothing may be sent again; what did anything is not done a second time.
    if (told && !outcomes.isEmpty() && outcomes.stream().noneMatch(ActionOutcome::ok)) {
      events.release(event);
    }
    return new State.Done(outcomes);
  }

  /** Empty when it is done. */
  private Optional<String> problem(SourceEvent event, SourceAction action, String cause) {
    return switch (action) {
      case SourceAction.Write(var some) -> problem(event, some, cause);
      case SourceAction.AddMember add -> {
        Optional<String> problem =
            add.user()
                .identification()
                .flatMap(
                    said ->
                        problem(
                            event, List.of(new BulkRow.Identify(add.user().id(), said)), cause));
        yield problem.or(() -> members.add(event.environment(), add.audience(), add.member()));
      }
      case SourceAction.RemoveMember(var audience, var member) ->
          members.remove(event.environment(), audience, member);
      case SourceAction.Start start -> problem(event.environment(), event, start, cause);
    };
  }

  private Optional<String> problem(SourceEvent event, List<BulkRow> some, String cause) {
    for (int i = 0; i < some.size(); i++) {
      var problem =
          rows.problem(event.environment(), event.receivedAt(), some.get(i), cause + " " + i);
      if (problem.isPresent()) {
        return problem.map(it -> it.id() + " " + it.reason());
      }
    }
    return Optional.empty();
  }

  private Optional<String> problem(
      EnvironmentId environment, SourceEvent event, SourceAction.Start start, String cause) {
    Answer answer =
        trigger.handle(
            new TriggerWorkflow.Command(
                environment,
                start.workflow(),
                start.request(),
                new TriggerWorkflow.Cause(
                    cause,
                    Optional.of(event.receivedAt()),
                    new Trigger.Source.OfEvent(event.source(), event.id())),
                Optional.empty()));
    return switch (answer) {
      case Answer.Accepted _, Answer.Repeated _ -> Optional.empty();
      case Answer.Conflicting _ -> Optional.of("its idempotency key was used for something else");
      case Answer.NoSuchWorkflow _ -> Optional.of("key: there is no workflow of that key");
      case Answer.Inactive _ -> Optional.of("key: the workflow is not active");
      case Answer.NoSuchActor _ -> Optional.of("actor: nobody with that id has been identified");
      case Answer.Expired _ -> Optional.of("its messages would be expired already");
      case Answer.InvalidData(var problems) ->
          Optional.of("data: " + problems.getFirst().path() + " " + problems.getFirst().sentence());
    };
  }

  private void said(SourceEvent event, State state) {
    switch (state) {
      case State.Done(var outcomes) ->
          log.decision(
              "source.done",
              "environment",
              event.environment().value(),
              "source",
              event.source(),
              "event",
              event.id(),
              "actions",
              outcomes.size(),
              "failed",
              outcomes.stream().filter(it -> !it.ok()).count());
      case State.Repeated(var first) ->
          log.decision("source.repeated", "event", event.id(), "first", first);
      case State.Received() -> throw new IllegalStateException("It was carried out");
    }
  }
}
