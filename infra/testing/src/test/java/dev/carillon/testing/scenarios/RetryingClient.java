package dev.carillon.testing.scenarios;

import dev.carillon.testing.calls.ProcessKilled;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.InProcessEngine;

/** A product that repeats a call which was not answered, or with a 5xx, under one key. */
public final class RetryingClient {
  private static final int TRIES = 3;

  private final InProcessEngine engine;

  public RetryingClient(InProcessEngine engine) {
    this.engine = engine;
  }

  public CallAnswer call(Call call) {
    for (int i = 1; i < TRIES; i++) {
      try {
        CallAnswer answer = engine.call(call);
        if (answer.status() < 500) {
          return answer;
        }
      } catch (ProcessKilled _) {
        // No answer: once more.
      }
    }
    return engine.call(call);
  }

  /** As {@link #call}, for what must succeed. */
  public CallAnswer must(Call call) {
    CallAnswer answer = call(call);
    if (!answer.ok()) {
      throw new AssertionError(
          call.method() + " " + call.path() + ": " + answer.status() + " " + answer.body());
    }
    return answer;
  }
}
