package dev.carillon.infra.settings;

/** The queues, each named after the function that works it off. */
public enum WorkQueue {
  FANOUT("Fanout"),
  STEPS("Steps"),
  DELIVERY("Delivery"),
  WAKE("Wake"),
  CALLBACKS("Callbacks"),
  ENGAGE("Engage"),
  BROADCAST("Broadcast"),
  WEBHOOKS("Webhooks");

  /** After so many seconds Lambda gives a batch up. */
  public static final int TIMEOUT_SECONDS = 60;

  /**
   * How long a task is hidden from a second reader: six times the timeout, as Lambda asks for, so
   * that there is room for throttled tries.
   */
  public static final int VISIBILITY_SECONDS = 6 * TIMEOUT_SECONDS;

  private final String function;

  WorkQueue(String function) {
    this.function = function;
  }

  /** The id of the function's construct. */
  public String function() {
    return function;
  }
}
