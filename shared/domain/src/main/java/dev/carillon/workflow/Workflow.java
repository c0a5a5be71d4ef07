package dev.carillon.workflow;

import dev.carillon.channel.Channel;
import dev.carillon.condition.Conditions;
import dev.carillon.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One version of a workflow; immutable, so it may be cached by its version for ever.
 *
 * @param conditions whether a run begins at all
 * @param tree its steps
 * @param source the {@code workflow.json} this was read from, its files read in
 */
public record Workflow(
    WorkflowKey key,
    VersionId version,
    String name,
    List<String> categories,
    Conditions conditions,
    StepTree tree,
    Json.Obj source) {

  static final String TRIGGER = "trigger";
  static final String AUDIENCE = "audience";

  /** How often a recipient is sent through the workflow. */
  public enum Frequency {
    EVERY_TRIGGER,
    ONCE_PER_RECIPIENT,
    ONCE_PER_RECIPIENT_PER_TENANT;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    static List<String> names() {
      return Arrays.stream(values()).map(Frequency::wireName).toList();
    }
  }

  public Workflow {
    categories = List.copyOf(categories);
  }

  public Workflow(
      WorkflowKey key,
      VersionId version,
      String name,
      List<String> categories,
      Conditions conditions,
      List<Step> steps,
      Json.Obj source) {
    this(key, version, name, categories, conditions, new StepTree(steps), source);
  }

  public Frequency frequency() {
    String name = source.text("trigger_frequency").orElse("");
    return Arrays.stream(Frequency.values())
        .filter(frequency -> frequency.wireName().equals(name))
        .findFirst()
        .orElse(Frequency.EVERY_TRIGGER);
  }

  /** Whether a recipient who unsubscribed from commercial messages is left out. */
  public boolean commercial() {
    return isSet("is_commercial");
  }

  /** Whether its messages go out whatever the recipient's preferences say. */
  public boolean overridePreferences() {
    return isSet("override_preferences");
  }

  /** Whether its mail goes to suppressed addresses too. */
  public boolean overrideSuppression() {
    return isSet(Channel.OVERRIDE_SUPPRESSION);
  }

  /** The audience whose new members it is triggered for; empty when calls alone trigger it. */
  public Optional<String> entryAudience() {
    return entryAudience(source);
  }

  /** As {@link #entryAudience()}, of a {@code workflow.json} that may serve. */
  public static Optional<String> entryAudience(Json.Obj source) {
    return Optional.of(source.object(TRIGGER))
        .filter(it -> it.text("type").equals(Optional.of(AUDIENCE)))
        .flatMap(it -> it.text("audience_key"));
  }

  private boolean isSet(String setting) {
    return Json.TRUE.equals(source.object("settings").fields().get(setting));
  }

  /** The JSON schema that the data of a trigger must fit; empty when any will do. */
  public Optional<Json.Obj> dataSchema() {
    return source.fields().get("trigger_data_json_schema") instanceof Json.Obj schema
        ? Optional.of(schema)
        : Optional.empty();
  }

  /** The outermost steps, in order; those of branches and cohorts are within them. */
  public List<Step> steps() {
    return tree.steps();
  }

  /** Every step, wherever it is, in the order of the file. */
  public List<Step> allSteps() {
    return tree.all();
  }

  /** The step of that name, wherever it is; empty when this version has none. */
  public Optional<Step> step(StepRef ref) {
    return tree.step(ref);
  }

  /**
   * What follows {@code ref} once it is done: the next step of its row; behind the last of a branch
   * what follows the branch step, unless the branch terminates. Empty when the run ends there, or
   * when this version has no such step.
   */
  public Optional<Step> after(StepRef ref) {
    return tree.after(ref);
  }

  /**
   * Where a branch or cohort begins: at its first step; if it has none, at what follows the step
   * that branches. Empty when the run ends, as at a branch without steps that terminates.
   *
   * @param way which of {@link Step#ways()}, from 0
   * @throws IllegalArgumentException when this version has no such step
   * @throws IndexOutOfBoundsException when the step has no such way
   */
  public Optional<Step> into(StepRef ref, int way) {
    return tree.into(ref, way);
  }

  /**
   * The batch step at which a run goes on that a throttle holds back: the next of the throttle's
   * row. Empty for whatever is not a throttle with {@link Step.OnExceeded#BATCH}. A run within the
   * budget ends there.
   */
  public Optional<Step> overflowBatch(StepRef throttle) {
    return tree.overflowBatch(throttle);
  }
}
