package dev.carillon.functions.api.outcome;

import dev.carillon.batch.Batches;
import dev.carillon.run.Run;
import dev.carillon.run.Run.State;
import dev.carillon.run.Wait;
import java.util.Optional;

/** The batch that a run collects into. */
public final class HeldBatch {
  private HeldBatch() {}

  /** As it stands; empty when the run holds none. */
  public static Optional<Batches.Standing> of(Run run, Batches batches) {
    return run.state() instanceof State.Waiting(var wait)
            && wait.kind() instanceof Wait.Kind.Collect(var batch, var generation)
        ? batches.find(run.environment(), batch, generation)
        : Optional.empty();
  }
}
