package dev.carillon.local.functions;

/** How an invocation ended. */
public sealed interface InvocationResult {

  /** What a handler answered, unless it is more than Lambda passes on. */
  static InvocationResult of(byte[] answer) {
    return answer.length > LocalFunctions.ANSWER_LIMIT
        ? new Failed(
            "Function.ResponseSizeTooLarge",
            "Response payload size exceeded maximum allowed payload size (6291556 bytes).")
        : new Returned(answer);
  }

  /** The handler returned; {@code payload} is what it wrote. */
  record Returned(byte[] payload) implements InvocationResult {}

  /** The handler threw, could not be started, or answered more than Lambda passes on. */
  record Failed(String errorType, String message) implements InvocationResult {
    /** What an invocation comes to when the stack stops amid it. */
    public static Failed stopping() {
      return new Failed("Interrupted", "The stack is stopping");
    }
  }

  /** The handler ran past the function's timeout. It may still be running. */
  record TimedOut(String message) implements InvocationResult {}

  /** Lambda would have refused the event: it is larger than {@link LocalFunctions#EVENT_LIMIT}. */
  record EventTooLarge() implements InvocationResult {}
}
