package dev.carillon.functions.fanout;

import dev.carillon.task.FanoutTask;
import java.util.List;
import java.util.Optional;

/** Where a fan-out goes on after a page. */
sealed interface Onward {

  /** With these tasks, beside each other. */
  record To(List<FanoutTask.Start> tasks) implements Onward {}

  /**
   * Behind the object, once all its pieces have been gone through.
   *
   * @param at where this piece came to its end
   */
  record PieceEnds(FanoutTask.Start at) implements Onward {}

  /** Nowhere: everybody has been reached. */
  record Over() implements Onward {}

  static Onward to(Optional<FanoutTask.Start> task) {
    return task.<Onward>map(Onward::to).orElseGet(Over::new);
  }

  static Onward to(FanoutTask.Start task) {
    return new To(List.of(task));
  }

  /** The only task; empty when there is none, or when there are several. */
  default Optional<FanoutTask.Start> single() {
    return switch (this) {
      case To(var tasks) when tasks.size() == 1 -> Optional.of(tasks.getFirst());
      case To _, PieceEnds _, Over _ -> Optional.empty();
    };
  }
}
