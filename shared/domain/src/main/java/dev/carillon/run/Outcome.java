package dev.carillon.run;

import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import java.util.List;

/** What became of a step of a run. */
public sealed interface Outcome {
  /** It made these messages. */
  record Sent(List<MessageId> messages) implements Outcome {
    public Sent {
      messages = List.copyOf(messages);
    }
  }

  record Skipped(String reason) implements Outcome {}

  /** It did what it is for and made no messages. */
  record Done() implements Outcome {}

  /**
   * It waited for an event.
   *
   * @param matched whether one came
   * @param variables what the event held; empty when none came
   */
  record Heard(boolean matched, Json.Obj variables) implements Outcome {}
}
