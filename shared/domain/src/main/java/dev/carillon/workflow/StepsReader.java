package dev.carillon.workflow;

import dev.carillon.condition.Conditions;
import dev.carillon.condition.ConditionsReader.Place;
import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the steps of a workflow: what all kinds have in common, and which kind each is. */
final class StepsReader {
  private final Set<StepRef> refs = new HashSet<>();

  /**
   * The steps in the field {@code steps}, as far as they could be read.
   *
   * @param depth within how many branches they are
   */
  List<Step> row(WorkflowFields holder, int depth) {
    List<Json> items = holder.list("steps");
    var steps = new ArrayList<Step>();
    for (int i = 0; i < items.size(); i++) {
      String place = "steps[" + i + "]";
      if (!(items.get(i) instanceof Json.Obj item)) {
        holder.refuse(place, "A step is an object.");
        continue;
      }
      Optional<StepRef> ref = item.text("ref").filter(text -> !text.isBlank()).map(StepRef::new);
      if (ref.isEmpty()) {
        holder.refuse(place + ".ref", "A step needs a ref.");
        continue;
      }
      WorkflowFields fields = new WorkflowFields(item, holder.problems().of(ref.get()));
      if (!refs.add(ref.get())) {
        fields.refuse("ref", "Another step has this ref.");
      }
      step(ref.get(), fields, depth).ifPresent(steps::add);
    }
    return steps;
  }

  private Optional<? extends Step> step(StepRef ref, WorkflowFields fields, int depth) {
    Conditions conditions = fields.conditions(Place.STEP, "conditions");
    String type = fields.text("type").orElse("");
    return switch (type) {
      case "channel" -> ChannelStepReader.channel(ref, conditions, fields);
      case "delay" -> WaitReader.delay(ref, conditions, fields.object("settings"));
      case "batch" -> WaitReader.batch(ref, conditions, fields.object("settings"));
      case "throttle" -> WaitReader.throttle(ref, conditions, fields.object("settings"));
      case "wait_for_event" -> WaitForEventReader.read(ref, conditions, fields.object("settings"));
      case "branch" -> new BranchReader(this, depth).branch(ref, fields);
      case "random_cohort" -> new BranchReader(this, depth).cohorts(ref, conditions, fields);
      case "http_fetch" -> ActionReader.fetch(ref, conditions, fields.object("settings"));
      case "trigger_workflow" -> ActionReader.trigger(ref, conditions, fields.object("settings"));
      case "update_data" -> ActionReader.data(ref, conditions, fields.object("settings"));
      case "update_user" -> ActionReader.user(ref, conditions, fields.object("settings"));
      case "update_object" -> ActionReader.object(ref, conditions, fields.object("settings"));
      case "update_tenant" -> ActionReader.tenant(ref, conditions, fields.object("settings"));
      default -> {
        fields.refuse(
            "type",
            type.isEmpty()
                ? "A step needs a type."
                : "Steps of type \"" + type + "\" are not supported yet.");
        yield Optional.empty();
      }
    };
  }
}
