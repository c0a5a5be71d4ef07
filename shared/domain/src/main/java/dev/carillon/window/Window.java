package dev.carillon.window;

import dev.carillon.time.RepeatRule;

/**
 * How long a step's window is open: how long a delay waits, a batch collects, a throttle counts. A
 * window opens at an instant; {@link Windows#close} says when it closes.
 */
public sealed interface Window {
  /** For a period from its opening. */
  record Fixed(Period period) implements Window {}

  /** Until the rule comes, by the clocks of the recipient's zone. Beyond Knock. */
  record Rule(RepeatRule rule) implements Window {}

  /** As long as the timestamp, the period or the rule says that the path leads to. */
  record Field(String path) implements Window {}

  /** As {@link Field}, but a negative period before or a positive one after that. */
  record Relative(Period offset, String path) implements Window {}
}
