package dev.carillon.workflow;

import dev.carillon.condition.Conditions;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.workflow.Step.Fetch;
import dev.carillon.workflow.Step.Text;
import dev.carillon.workflow.Step.TriggerWorkflow;
import dev.carillon.workflow.Step.UpdateData;
import dev.carillon.workflow.Step.UpdateRecipient;
import dev.carillon.workflow.Step.Updated;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the steps that ask, trigger or change something. */
final class ActionReader {
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final List<String> WITH_BODY = List.of("POST", "PUT");
  private static final Pattern WEB = Pattern.compile("(?i)\\s*https?://.+");
  private static final Pattern GID = Pattern.compile("gid://Object/([^/]+)/.+");

  /**
   * The run's data, as Knock's editor writes it for a child to inherit: Liquid, but it says the
   * same as nothing.
   */
  private static final Pattern INHERITED =
      Pattern.compile("\\s*\\{\\{-?\\s*data\\s*\\|\\s*json\\s*-?}}\\s*");

  private ActionReader() {}

  static Optional<Fetch> fetch(StepRef ref, Conditions conditions, WorkflowFields settings) {
    String method = settings.text("method").orElse("GET").strip().toUpperCase(Locale.ROOT);
    if (!METHODS.contains(method)) {
      settings.refuse("method", "This must be get, post, put, patch or delete.");
    }
    Optional<String> url = settings.required("url", "A fetch needs a URL.");
    if (url.filter(text -> isFixed(text) && !WEB.matcher(text).matches()).isPresent()) {
      settings.refuse("url", "A URL begins with http:// or https://.");
    }
    Json.Obj request = Json.object().with("method", method);
    for (String field : List.of("url", "headers", "query_params", "body")) {
      if (!field.equals("body") || WITH_BODY.contains(method)) {
        request = request.with(field, settings.json().fields().getOrDefault(field, Json.NULL));
      }
    }
    return Optional.of(
        new Fetch(
            ref,
            conditions,
            request,
            settings.text("response_path").map(String::strip),
            template(settings, "signing_key")));
  }

  static Optional<TriggerWorkflow> trigger(
      StepRef ref, Conditions conditions, WorkflowFields settings) {
    Optional<String> workflow =
        settings.required("workflow_key", "This step needs the key of a workflow.");
    if (workflow.filter(key -> isFixed(key) && !WorkflowKey.isValid(key)).isPresent()) {
      settings.refuse("workflow_key", "No workflow can have this key.");
    }
    Optional<Text> recipients = template(settings, "recipients");
    Optional<Text> actor = template(settings, "actor");
    Optional<Text> tenant = template(settings, "tenant");
    Optional<Text> data =
        settings
            .text("data")
            .filter(text -> !INHERITED.matcher(text).matches())
            .map(text -> object(settings, "data", text));
    Optional<Text> cancellationKey = template(settings, "cancellation_key");
    return workflow.map(
        key ->
            new TriggerWorkflow(
                ref,
                conditions,
                new Text.Template(key),
                recipients,
                actor,
                tenant,
                data,
                cancellationKey));
  }

  static Optional<UpdateData> data(StepRef ref, Conditions conditions, WorkflowFields settings) {
    return settings
        .required("data", "This step needs data to lay over that of the run.")
        .map(text -> new UpdateData(ref, conditions, object(settings, "data", text)));
  }

  static Optional<UpdateRecipient> user(
      StepRef ref, Conditions conditions, WorkflowFields settings) {
    return update(
        ref, conditions, settings, Updated.USER, targetOrCurrent(settings, Optional.of("$users")));
  }

  static Optional<UpdateRecipient> tenant(
      StepRef ref, Conditions conditions, WorkflowFields settings) {
    return update(
        ref,
        conditions,
        settings,
        Updated.TENANT,
        targetOrCurrent(settings, Optional.of("$tenants")));
  }

  static Optional<UpdateRecipient> object(
      StepRef ref, Conditions conditions, WorkflowFields settings) {
    return update(ref, conditions, settings, Updated.OBJECT, target(settings, Optional.empty()));
  }

  private static Optional<UpdateRecipient> update(
      StepRef ref,
      Conditions conditions,
      WorkflowFields settings,
      Updated kind,
      Optional<Text> target) {
    return settings
        .required("update_properties", "This step needs properties to update.")
        .map(
            properties ->
                new UpdateRecipient(
                    ref,
                    conditions,
                    kind,
                    target,
                    object(settings, "update_properties", properties)));
  }

  private static Optional<Text> targetOrCurrent(
      WorkflowFields settings, Optional<String> collection) {
    // Without a mode, what the step names is what it means.
    String otherwise = settings.value("recipient_gid").isPresent() ? "reference" : "current";
    return settings
            .among("recipient_mode", List.of("current", "reference"))
            .orElse(otherwise)
            .equals("reference")
        ? target(settings, collection)
        : Optional.empty();
  }

  /**
   * @param collection that of the target; empty when it may be any
   */
  private static Optional<Text> target(WorkflowFields settings, Optional<String> collection) {
    Optional<String> target =
        settings.required("recipient_gid", "This step needs to be told what it updates.");
    if (target.filter(text -> isFixed(text) && !isIn(text.strip(), collection)).isPresent()) {
      settings.refuse(
          "recipient_gid",
          "This must be gid://Object/" + collection.orElse("{collection}") + "/{id}.");
    }
    return target.map(Text.Template::new);
  }

  private static boolean isIn(String gid, Optional<String> collection) {
    var parts = GID.matcher(gid);
    return parts.matches() && collection.map(parts.group(1)::equals).orElse(true);
  }

  /** A template of an object in JSON. */
  private static Text object(WorkflowFields settings, String field, String text) {
    if (isFixed(text) && JsonLiteral.parse(text).filter(Json.Obj.class::isInstance).isEmpty()) {
      settings.refuse(field, "This must be an object in JSON, or a template of one.");
    }
    return new Text.Template(text);
  }

  private static Optional<Text> template(WorkflowFields settings, String field) {
    return settings.text(field).map(Text.Template::new);
  }

  /** Whether it renders to itself, so that it can be judged now. */
  private static boolean isFixed(String text) {
    return !text.contains("{{");
  }
}
