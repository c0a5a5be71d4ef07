package dev.carillon.run.decision;

import dev.carillon.id.ClientId;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.Trigger;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.WorkflowKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** A step that triggers another workflow. What it leaves out, or leaves blank, is as in the run. */
final class StartDecision {
  private StartDecision() {}

  static Move of(Step.TriggerWorkflow step, StepInput input) {
    try {
      return start(step, new Reading(step, input), input);
    } catch (Unusable e) {
      return new Move.Fail(e.getMessage());
    }
  }

  private static Move start(Step.TriggerWorkflow step, Reading reading, StepInput input)
      throws Unusable {
    String key = reading.text("workflow_key", Optional.of(step.workflow())).orElse("");
    if (!WorkflowKey.isValid(key)) {
      throw new Unusable("settings.workflow_key: not the key of a workflow");
    }
    return new Move.StartWorkflow(
        new WorkflowKey(key),
        reading.recipients(step.recipients()),
        reading.actor(step.actor()),
        reading.tenant(step.tenant()).or(input::tenantId),
        reading.data(step.data()),
        reading.text("cancellation_key", step.cancellationKey()).or(input::cancellationKey),
        input.settings());
  }

  /** What a setting came to cannot be used. */
  private static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message, null, false, false);
    }
  }

  private record Reading(Step step, StepInput input) {

    Optional<Json> value(String field, Optional<Step.Text> text) throws Unusable {
      if (text.isEmpty()) {
        return Optional.empty();
      }
      return switch (input.texts().say(step, "settings." + field, text.get())) {
        case Texts.Resolved.Failed(var problem) -> throw new Unusable(problem);
        case Texts.Resolved.Nothing() -> Optional.empty();
        case Texts.Resolved.Value(var value) -> Optional.of(value);
      };
    }

    Optional<String> text(String field, Optional<Step.Text> text) throws Unusable {
      return value(field, text).map(value -> value instanceof Json.Str(var it) ? it.strip() : "");
    }

    Optional<TenantId> tenant(Optional<Step.Text> text) throws Unusable {
      Optional<String> id = text("tenant", text);
      return id.isEmpty()
          ? Optional.empty()
          : Optional.of(new TenantId(checked("tenant", id.get())));
    }

    private static String checked(String field, String id) throws Unusable {
      Optional<String> problem = ClientId.problem(id);
      if (problem.isPresent()) {
        throw new Unusable("settings." + field + ": an id " + problem.get());
      }
      return id;
    }

    List<RecipientId> recipients(Optional<Step.Text> text) throws Unusable {
      Optional<Json> value = value("recipients", text);
      if (value.isEmpty()) {
        return List.of(input.recipientId());
      }
      Json decoded = decoded(value.get());
      var recipients = new LinkedHashSet<RecipientId>();
      for (Json one : decoded instanceof Json.Arr(var items) ? items : List.of(decoded)) {
        recipients.add(reference("recipients", one));
      }
      if (recipients.isEmpty()) {
        throw new Unusable("settings.recipients: nobody");
      }
      if (recipients.size() > Trigger.MOST_RECIPIENTS) {
        throw new Unusable("settings.recipients: more than " + Trigger.MOST_RECIPIENTS);
      }
      return List.copyOf(recipients);
    }

    Optional<RecipientId> actor(Optional<Step.Text> text) throws Unusable {
      Optional<Json> value = value("actor", text);
      return value.isEmpty()
          ? input.actor()
          : Optional.of(reference("actor", decoded(value.get())));
    }

    /** An id, which may be the run's own recipient or actor, or {@code {collection, id}}. */
    private RecipientId reference(String field, Json json) throws Unusable {
      if (json instanceof Json.Obj object && object.text("id").isPresent()) {
        String collection = object.text("collection").orElse(RecipientId.USERS);
        return new RecipientId(checked(field, collection), checked(field, object.text("id").get()));
      }
      Optional<String> id =
          switch (json) {
            case Json.Str(var text) when !text.isBlank() -> Optional.of(text.strip());
            case Json.Num(var number) -> Optional.of(number.toPlainString());
            case Json.Str _, Json.Obj _, Json.Arr _, Json.Bool _, Json.Null _ -> Optional.empty();
          };
      if (id.isEmpty()) {
        throw new Unusable("settings." + field + ": not an id");
      }
      // {{recipient.id}} of an object means the object, not a user of the same id.
      if (id.get().equals(input.recipientId().id())) {
        return input.recipientId();
      }
      return input
          .actor()
          .filter(actor -> actor.id().equals(id.get()))
          .orElse(RecipientId.user(checked(field, id.get())));
    }

    Json.Obj data(Optional<Step.Text> text) throws Unusable {
      if (text.isEmpty()) {
        return runData();
      }
      return switch (input.texts().json(step, "settings.data", text.get())) {
        case Texts.Resolved.Failed(var problem) -> throw new Unusable(problem);
        case Texts.Resolved.Nothing() -> runData();
        case Texts.Resolved.Value(Json.Obj data) -> data;
        case Texts.Resolved.Value _ -> throw new Unusable("settings.data: not an object in JSON");
      };
    }

    private Json.Obj runData() {
      return input.facts().scope().object("data");
    }

    private static Json decoded(Json value) {
      return value instanceof Json.Str(var text) ? JsonLiteral.parse(text).orElse(value) : value;
    }
  }
}
