package dev.carillon.functions.api.outcome;

import dev.carillon.batch.Batches;
import dev.carillon.run.Wait;
import java.util.Optional;

/** What a run waits for, as a sentence. */
public final class WaitWords {
  private WaitWords() {}

  /**
   * @param batch the batch that the run holds, as it stands; empty when it holds none
   */
  public static String sentence(Wait wait, Optional<Batches.Standing> batch) {
    String step = "the step " + wait.step();
    return switch (wait.kind()) {
      case Wait.Kind.Elapse() -> "It waits at " + step + " until " + wait.dueAt() + ".";
      case Wait.Kind.Retry(var attempt) ->
          "Try " + attempt + " of " + step + " is to be at " + wait.dueAt() + ".";
      case Wait.Kind.Hold() ->
          "Quiet hours hold it before " + step + " until " + wait.dueAt() + ".";
      case Wait.Kind.Collect _ ->
          "It collects at "
              + step
              + " until "
              + batch.map(Batches.Standing::closeAt).orElse(wait.dueAt())
              + batch.map(it -> "; the batch holds " + it.items() + " by now").orElse("")
              + ".";
      case Wait.Kind.Listen(var source) ->
          "It waits at " + step + " for an event " + source + " until " + wait.dueAt() + ".";
    };
  }
}
