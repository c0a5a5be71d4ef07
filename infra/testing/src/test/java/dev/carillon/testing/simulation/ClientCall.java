package dev.carillon.testing.simulation;

import dev.carillon.recipient.RecipientId;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.trigger.TriggerId;
import java.util.List;
import java.util.Optional;

/** One thing that a client of a simulation wants, and what it was answered. */
public final class ClientCall {
  private final Call call;
  private final Wish wish;
  private Optional<TriggerId> trigger = Optional.empty();
  private long answeredAt = Long.MAX_VALUE;

  public sealed interface Wish {
    /**
     * @param number tells it from the others, and is its cancellation key
     * @param reached all who are to have a run, through subscriptions too
     */
    record Trigger(int number, String workflow, List<RecipientId> reached, boolean cancellable)
        implements Wish {}

    record Cancel(ClientCall trigger, List<RecipientId> whom) implements Wish {}

    /**
     * A schedule for each.
     *
     * @param text what its triggers carry
     * @param least how often it is to occur, unless it is deleted
     * @param most how often it may occur
     */
    record Schedule(String text, List<RecipientId> people, int least, int most) implements Wish {}

    record Unschedule(ClientCall schedule) implements Wish {}

    /**
     * What is known of the user comes to fit a dynamic audience.
     *
     * @param forGood whether it is not to leave it again
     */
    record Enrol(RecipientId user, boolean forGood) implements Wish {}

    /** What is known of the user fits it no more. */
    record Resign(RecipientId user) implements Wish {}
  }

  public ClientCall(Call call, Wish wish) {
    this.call = InProcessEngine.withKey(call);
    this.wish = wish;
  }

  /**
   * @param machine the number of the first machine that is started after the answer is there
   */
  public void answered(CallAnswer answer, long machine) {
    answeredAt = machine;
    trigger = answer.body().text("workflow_run_id").map(TriggerId::parse);
  }

  public Call call() {
    return call;
  }

  public Wish wish() {
    return wish;
  }

  public boolean isAnswered() {
    return answeredAt != Long.MAX_VALUE;
  }

  /** The machine with that number and all after it were started when the answer was there. */
  public long answeredAt() {
    return answeredAt;
  }

  /** What a trigger was answered. */
  public Optional<TriggerId> trigger() {
    return trigger;
  }
}
