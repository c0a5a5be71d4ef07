package dev.carillon.local.functions;

/** How an invocation ended. */
public sealed interface InvocationResult {

  /** The handler returned; {@code payload} is what it wrote. */
  record Returned(byte[] payload) implements InvocationResult {}

  /** The handler threw, could not be started, or answered more than Lambda passes on. */
  record Failed(String errorType, String message) implements InvocationResult {}

  /** The handler ran past the function's timeout. It may still be running. */
  record TimedOut(String message) implements InvocationResult {}

  /** Lambda would have refused the event: it is larger than {@link LocalFunctions#EVENT_LIMIT}. */
  record EventTooLarge() implements InvocationResult {}
}
