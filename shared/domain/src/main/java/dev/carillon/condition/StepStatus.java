package dev.carillon.condition;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where the messages of an earlier step stand, as conditions ask about it. */
public sealed interface StepStatus {

  /** The step has not run, or its messages are past their retention: every comparison fails. */
  record Unknown() implements StepStatus {}

  /** The step ran and made no message. */
  record Skipped() implements StepStatus {}

  /** The step made these messages, at least one. */
  record Made(List<Standing> messages) implements StepStatus {
    public Made {
      messages = List.copyOf(messages);
      if (messages.isEmpty()) {
        throw new IllegalArgumentException("A step that made messages made at least one");
      }
    }
  }

  /**
   * One message.
   *
   * @param delivery the delivery status by its name in the API
   * @param engagement the engagement statuses by theirs
   */
  record Standing(String delivery, Set<String> engagement) {
    public Standing {
      engagement = Set.copyOf(engagement);
    }
  }

  /**
   * The order in which statuses compare, lowest first. Not the order in which they follow one
   * another: it is Knock's published precedence. Skipped stands below everything.
   */
  List<Set<String>> PRECEDENCE =
      List.of(
          Set.of("skipped"),
          Set.of("undelivered"),
          Set.of("bounced"),
          Set.of("delivery_attempted"),
          Set.of("queued"),
          Set.of("not_sent"),
          Set.of("sent"),
          Set.of("delivered"),
          Set.of("seen"),
          Set.of("read"),
          Set.of("interacted", "link_clicked"),
          Set.of("archived"));

  /** The names that mean one status and not another. */
  Map<String, List<String>> BUT_NOT =
      Map.of(
          "seen_not_read", List.of("seen", "read"),
          "read_not_link_clicked", List.of("read", "link_clicked"));

  /** The place of a status in {@link #PRECEDENCE}; empty for a name that is none. */
  static Optional<Integer> rank(String status) {
    for (int i = 0; i < PRECEDENCE.size(); i++) {
      if (PRECEDENCE.get(i).contains(status)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
