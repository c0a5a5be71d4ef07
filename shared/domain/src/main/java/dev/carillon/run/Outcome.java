package dev.carillon.run;

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
}
