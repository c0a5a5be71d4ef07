package dev.carillon.functions.steps.waiting;

import dev.carillon.batch.Activity;
import dev.carillon.batch.BatchId;
import dev.carillon.batch.Batches;
import dev.carillon.batch.Collected;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.page.Page;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.run.RunState;
import dev.carillon.trigger.Triggers;
import dev.carillon.workflow.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a closed batch came to, page by page: of ten thousand activities it keeps the few that
 * templates see, and counts the rest. An activity whose run was cancelled while the batch was open
 * does not count. Those that are kept get the data of their triggers, whole: the run goes on for
 * them, and they may be gone by then.
 */
public final class CloseBatch {
  /**
   * How many characters of data a run goes on with from a batch, as JSON: what fits into the memory
   * of a function several times over (1 GB). A trigger may bring 4 MB; a hundred of those are more
   * than any template shows.
   */
  static final int MOST_CHARACTERS = 16_000_000;

  private final Batches batches;
  private final Triggers triggers;

  public CloseBatch(Batches batches, Triggers triggers) {
    this.batches = batches;
    this.triggers = triggers;
  }

  /**
   * @param run with what it goes on with; it carries no batch when nothing is left in it
   * @param own whether the run's own activity still counts
   * @param leftOut how many of those that templates would see their data was too large for; they
   *     count all the same
   */
  public record Closed(Run run, int total, boolean own, int leftOut) {}

  public Closed close(Run run, Step.Batch step, BatchId batch, int generation) {
    var kept = new Kept(step);
    boolean own = false;
    Optional<String> cursor = Optional.empty();
    do {
      Page<Activity> page = batches.activities(run.environment(), batch, generation, cursor);
      for (Activity activity : page.items()) {
        if (!cancelled(run, activity)) {
          kept.add(activity);
          own |= activity.run().equals(run.id());
        }
      }
      cursor = page.next();
    } while (cursor.isPresent());
    if (kept.total == 0) {
      return new Closed(run, 0, false, 0);
    }
    List<Activity> shown = whole(run, kept.nearestFirst());
    Collected collected = kept.collected(shown);
    RunState carried = run.carried().withBatch(collected).withData(merged(collected));
    return new Closed(
        run.carrying(carried), kept.total, own, kept.activities.size() - shown.size());
  }

  /**
   * The activities with their data, as many as there is room for; at least one.
   *
   * @param nearestFirst those before others that are to be left out last
   */
  private List<Activity> whole(Run run, List<Activity> nearestFirst) {
    var whole = new ArrayList<Activity>();
    long characters = 0;
    for (Activity activity : nearestFirst) {
      Json.Obj data = data(run, activity);
      characters += JsonLiteral.write(data).length();
      if (characters > MOST_CHARACTERS && !whole.isEmpty()) {
        break;
      }
      whole.add(activity.with(data));
    }
    return whole;
  }

  private Json.Obj data(Run run, Activity activity) {
    return activity.data().fields().isEmpty()
        ? triggers
            .find(run.environment(), activity.trigger())
            .map(trigger -> trigger.dataFor(activity.recipient()))
            .orElse(Json.Obj.EMPTY)
        : activity.data();
  }

  private boolean cancelled(Run run, Activity activity) {
    return activity.cancellable()
        && triggers.cancelled(run.environment(), activity.trigger(), activity.recipient());
  }

  /** Of the activities that templates see, the later laid over the earlier. */
  private static Json.Obj merged(Collected collected) {
    Json.Obj data = Json.object();
    for (Activity activity : collected.activities()) {
      data = data.merged(activity.data());
    }
    return data;
  }

  /** The first or the last activities, and how many there were. */
  private static final class Kept {
    private final Step.Batch step;
    private final Deque<Activity> activities = new ArrayDeque<>();
    private final Set<RecipientId> everybody = new LinkedHashSet<>();
    private int total;

    Kept(Step.Batch step) {
      this.step = step;
    }

    void add(Activity activity) {
      total++;
      activity.actor().ifPresent(this::add);
      switch (step.order()) {
        case FIRST -> {
          if (activities.size() < step.renderLimit()) {
            activities.add(activity);
          }
        }
        case LAST -> {
          activities.add(activity);
          if (activities.size() > step.renderLimit()) {
            activities.removeFirst();
          }
        }
      }
    }

    /** Each stands at the first or at the last of what they did. */
    private void add(RecipientId actor) {
      if (step.order() == Step.Order.LAST) {
        everybody.remove(actor);
      }
      everybody.add(actor);
    }

    /** The activities, from the end that the order keeps. */
    List<Activity> nearestFirst() {
      return switch (step.order()) {
        case FIRST -> List.copyOf(activities);
        case LAST -> List.copyOf(activities.reversed());
      };
    }

    /**
     * The actors by the same order and limit as the activities.
     *
     * @param shown the activities, nearest first
     */
    Collected collected(List<Activity> shown) {
      List<RecipientId> all = new ArrayList<>(everybody);
      int from =
          switch (step.order()) {
            case FIRST -> 0;
            case LAST -> Math.max(0, all.size() - step.renderLimit());
          };
      return new Collected(
          step.order() == Step.Order.LAST ? shown.reversed() : shown,
          total,
          all.subList(from, Math.min(all.size(), from + step.renderLimit())),
          all.size());
    }
  }
}
