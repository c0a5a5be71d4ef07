package dev.carillon.local.functions;

/** How an invocation ended. */
public sealed interface Outcome {

  /** The handler returned; {@code payload} is what it wrote. */
  record Returned(byte[] payload) implements Outcome {}

  /** The handler threw, could not be started, or answered more than Lambda passes on. */
  record Failed(String errorType, String message) implements Outcome {}

  /** The handler ran past the function's timeout. It may still be running. */
  record TimedOut(String message) implements Outcome {}

  /**
   * Lambda would have refused the event: it is larger than {@link InProcessFunctions#EVENT_LIMIT}.
   */
  record EventTooLarge() implements Outcome {}
}
