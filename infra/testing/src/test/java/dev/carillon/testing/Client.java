package dev.carillon.testing;

/** A product that repeats a call which was not answered, or with a 5xx, under one key. */
final class Client {
  private static final int TRIES = 3;

  private final InProcessEngine engine;

  Client(InProcessEngine engine) {
    this.engine = engine;
  }

  CallAnswer call(Call call) {
    for (int i = 1; i < TRIES; i++) {
      try {
        CallAnswer answer = engine.call(call);
        if (answer.status() < 500) {
          return answer;
        }
      } catch (Killed _) {
        // No answer: once more.
      }
    }
    return engine.call(call);
  }

  /** As {@link #call}, for what must succeed. */
  CallAnswer must(Call call) {
    CallAnswer answer = call(call);
    if (!answer.ok()) {
      throw new AssertionError(
          call.method() + " " + call.path() + ": " + answer.status() + " " + answer.body());
    }
    return answer;
  }
}
