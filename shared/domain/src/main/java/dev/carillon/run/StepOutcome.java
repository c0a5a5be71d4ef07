package dev.carillon.run;

import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import java.util.List;

/** What became of a step of a run. */
public sealed interface StepOutcome {
  /** It made these messages. */
  record Sent(List<MessageId> messages) implements StepOutcome {
    public Sent {
      messages = List.copyOf(messages);
    }
  }

  record Skipped(SkipReason reason) implements StepOutcome {}

  /** It did what it is for and made no messages. */
  record Done() implements StepOutcome {}

  /**
   * It waited for an event.
   *
   * @param matched whether one came
   * @param variables what the event held; empty when none came
   */
  record Awaited(boolean matched, Json.Obj variables) implements StepOutcome {}
}
