package dev.carillon.local.stats;

import dev.carillon.json.Json;

/** What each function did since the start. */
public final class Stats {

  /** Counts an invocation of the function. */
  public void invoked(String function, boolean failed) {
    throw new UnsupportedOperationException();
  }

  /**
   * {@code {"<function>":{"invocations":1,"errors":0,"calls":{"dynamodb:PutItem":3},"read_units":1.5,
   * "write_units":3,"units":{"dynamodb:PutItem":3}}}}
   */
  public Json.Obj json() {
    throw new UnsupportedOperationException();
  }
}
