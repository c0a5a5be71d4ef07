package dev.carillon.storage.dynamo.run;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TraceContext;
import dev.carillon.trigger.Trigger;
import dev.carillon.workflow.StepRef;
import java.util.List;
import java.util.Optional;

/** What made a trigger, among the fields of the trigger and of its runs. */
final class SourceDocument {
  private static final String SCHEDULE = "q";
  private static final String STEP = "o";
  private static final String BROADCAST = "oc";
  private static final String EVENT = "oe";
  private static final String AUDIENCE = "oa";
  private static final String BRANCH = "ob";
  private static final String TRACE = "ot";

  private SourceDocument() {}

  /** Most come from a call, which needs no field. */
  static void write(Trigger.Source source, DocumentFields fields) {
    fields.put(BRANCH, source.onBranch(), branch -> Json.of(branch.value()));
    fields.put(TRACE, source.trace(), trace -> Json.of(trace.toString()));
    switch (source) {
      case Trigger.Source.Api _ -> {}
      case Trigger.Source.OfSchedule(var schedule) -> fields.put(SCHEDULE, schedule.toString());
      case Trigger.Source.OfBroadcast(var broadcast, var audience) ->
          fields.put(BROADCAST, Json.texts(List.of(broadcast, audience)));
      case Trigger.Source.OfEvent(var from, var event) ->
          fields.put(EVENT, Json.texts(List.of(from, event)));
      case Trigger.Source.OfAudience(var audience) -> fields.put(AUDIENCE, audience);
      case Trigger.Source.OfStep(var run, var step, var inARow, var root, _, _) ->
          fields.put(
              STEP,
              Json.texts(
                  root.equals(run)
                      ? List.of(run.toString(), step.value(), Integer.toString(inARow))
                      : List.of(
                          run.toString(),
                          step.value(),
                          Integer.toString(inARow),
                          root.toString())));
    }
  }

  static Trigger.Source read(Json.Obj document) {
    Optional<String> schedule = document.text(SCHEDULE);
    if (schedule.isPresent()) {
      return new Trigger.Source.OfSchedule(ScheduleId.parse(schedule.get()));
    }
    Optional<String> audience = document.text(AUDIENCE);
    if (audience.isPresent()) {
      return new Trigger.Source.OfAudience(audience.get());
    }
    List<Json> broadcast = document.list(BROADCAST);
    if (!broadcast.isEmpty()) {
      return new Trigger.Source.OfBroadcast(
          DocumentFields.text(broadcast.get(0)), DocumentFields.text(broadcast.get(1)));
    }
    List<Json> event = document.list(EVENT);
    if (!event.isEmpty()) {
      return new Trigger.Source.OfEvent(
          DocumentFields.text(event.get(0)), DocumentFields.text(event.get(1)));
    }
    Optional<EnvironmentId> branch = document.text(BRANCH).map(EnvironmentId::new);
    Optional<TraceContext> trace = document.text(TRACE).map(TraceContext::parse);
    List<Json> step = document.list(STEP);
    return step.isEmpty()
        ? new Trigger.Source.Api(branch, trace)
        : new Trigger.Source.OfStep(
            RunId.parse(DocumentFields.text(step.get(0))),
            new StepRef(DocumentFields.text(step.get(1))),
            Integer.parseInt(DocumentFields.text(step.get(2))),
            RunId.parse(DocumentFields.text(step.get(step.size() > 3 ? 3 : 0))),
            branch,
            trace);
  }
}
