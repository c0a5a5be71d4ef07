package dev.carillon.infra.settings;

/** The queues, each named after the function that works it off. */
public enum WorkQueue {
  FANOUT("Fanout", Pace.AT_ONCE),
  STEPS("Steps", Pace.AT_ONCE),
  DELIVERY("Delivery", Pace.AT_ONCE),
  WAKE("Wake", Pace.AT_ONCE),
  CALLBACKS("Callbacks", Pace.GATHERED),
  ENGAGE("Engage", Pace.GATHERED),
  BROADCAST("Broadcast", Pace.AT_ONCE),
  WEBHOOKS("Webhooks", Pace.AT_ONCE);

  /** How soon tasks are worked on. */
  public enum Pace {
    /** As they come, ten at most at once: somebody waits for what comes of them. */
    AT_ONCE,
    /**
     * A hundred at once, or what came within the window: reports of what has happened already,
     * which come one by one and would each cost a receive, a delete and an invocation.
     */
    GATHERED
  }

  /** After so many seconds Lambda gives a batch up. */
  public static final int TIMEOUT_SECONDS = 60;

  /** How long reports are gathered at most. */
  public static final int WINDOW_SECONDS = 5;

  /**
   * How long a task is hidden from a second reader: six times the timeout and the window, as Lambda
   * asks for, so that there is room for throttled tries.
   */
  public static final int VISIBILITY_SECONDS = 6 * TIMEOUT_SECONDS + WINDOW_SECONDS;

  private final String function;
  private final Pace pace;

  WorkQueue(String function, Pace pace) {
    this.function = function;
    this.pace = pace;
  }

  public Pace pace() {
    return pace;
  }

  /** The id of the function's construct. */
  public String function() {
    return function;
  }
}
