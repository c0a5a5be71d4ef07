package dev.carillon.workflow;

import dev.carillon.workflow.Step.Batch;
import dev.carillon.workflow.Step.OnExceeded;
import dev.carillon.workflow.Step.StepPath;
import dev.carillon.workflow.Step.Throttle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The steps of a workflow and the ways through them. All that can be asked is worked out once, when
 * the tree is made; a question costs one look-up.
 */
public final class StepTree {

  /**
   * A step and how it goes on.
   *
   * @param after what follows once the step is done, its ways included; empty: the run ends
   * @param into where each of its ways begins; empty: the run ends
   */
  private record Node(Step step, Optional<Step> after, List<Optional<Step>> into) {}

  private final List<Step> steps;
  private final List<Step> all;
  private final Map<StepRef, Node> nodes = new HashMap<>();

  /** By throttle step, the batch step that its overflow goes to. */
  private final Map<StepRef, Step> overflows = new HashMap<>();

  /**
   * @throws IllegalArgumentException when two steps have the same ref
   */
  public StepTree(List<Step> steps) {
    this.steps = List.copyOf(steps);
    this.all = flat(this.steps);
    link(this.steps, Optional.empty());
  }

  /** The steps of the row, each with those within its ways behind it. */
  static List<Step> flat(List<Step> row) {
    return row.stream().flatMap(StepTree::withThoseWithin).toList();
  }

  private static Stream<Step> withThoseWithin(Step step) {
    return Stream.concat(
        Stream.of(step), step.ways().stream().flatMap(way -> flat(way.steps()).stream()));
  }

  /** Goes backwards, so that what follows a step is known when the step is reached. */
  private void link(List<Step> row, Optional<Step> behind) {
    Optional<Step> after = behind;
    Optional<Step> batch = Optional.empty();
    for (Step step : row.reversed()) {
      var into = new ArrayList<Optional<Step>>();
      for (StepPath way : step.ways()) {
        Optional<Step> end = way.terminates() ? Optional.empty() : after;
        into.add(way.steps().stream().findFirst().or(() -> end));
        link(way.steps(), end);
      }
      if (nodes.put(step.ref(), new Node(step, after, List.copyOf(into))) != null) {
        throw new IllegalArgumentException("Two steps are called " + step.ref());
      }
      if (step instanceof Batch) {
        batch = Optional.of(step);
      } else if (step instanceof Throttle throttle && throttle.onExceeded() == OnExceeded.BATCH) {
        batch.ifPresent(it -> overflows.put(step.ref(), it));
      }
      after = Optional.of(step);
    }
  }

  /** The outermost row. */
  public List<Step> steps() {
    return steps;
  }

  /** Every step, those within ways included, in the order of the file. */
  public List<Step> all() {
    return all;
  }

  Optional<Step> step(StepRef ref) {
    return node(ref).map(Node::step);
  }

  Optional<Step> after(StepRef ref) {
    return node(ref).flatMap(Node::after);
  }

  Optional<Step> into(StepRef ref, int way) {
    return node(ref)
        .orElseThrow(() -> new IllegalArgumentException("There is no step " + ref))
        .into()
        .get(way);
  }

  Optional<Step> overflowBatch(StepRef throttle) {
    return Optional.ofNullable(overflows.get(throttle));
  }

  private Optional<Node> node(StepRef ref) {
    return Optional.ofNullable(nodes.get(ref));
  }

  /** Trees of equal steps are equal. */
  @Override
  public boolean equals(Object other) {
    return other instanceof StepTree that && steps.equals(that.steps);
  }

  @Override
  public int hashCode() {
    return steps.hashCode();
  }

  @Override
  public String toString() {
    return steps.toString();
  }
}
