package dev.carillon.bench.cost;

import dev.carillon.json.Json;
import java.math.BigDecimal;
import java.util.Map;

/**
 * What something used of AWS.
 *
 * @param queueRequests sends, and the receives and deletes of Lambda's pollers
 * @param billedMillis of Lambda, as this machine took them
 */
record Usage(
    double writeUnits,
    double readUnits,
    long queueRequests,
    long schedulerCalls,
    long invocations,
    long billedMillis,
    double gigabyteSeconds,
    Edge edge) {

  /** Requests of the HTTP API, and messages to and from sockets. */
  record Edge(long apiRequests, long socketMessages) {}

  /** It runs every minute whatever happens: a price by the month. */
  private static final String SWEEPER = "wake";

  /**
   * What the statistics of the stack say happened between two looks.
   *
   * @param memory megabytes of each function; a caller that is not among them is no function
   * @param apiRequests that were made meanwhile
   */
  static Usage between(
      Json.Obj before, Json.Obj after, Map<String, Integer> memory, long apiRequests) {
    double writes = 0;
    double reads = 0;
    long queue = 0;
    long scheduler = 0;
    long invocations = 0;
    long millis = 0;
    double gigabyteSeconds = 0;
    long sockets = 0;
    for (var function : memory.entrySet()) {
      if (function.getKey().equals(SWEEPER)) {
        continue;
      }
      var then = before.object(function.getKey());
      var now = after.object(function.getKey());
      writes += number(now, "write_units") - number(then, "write_units");
      reads += number(now, "read_units") - number(then, "read_units");
      invocations += Math.round(number(now, "invocations") - number(then, "invocations"));
      double billed = number(now, "billed_ms") - number(then, "billed_ms");
      millis += Math.round(billed);
      gigabyteSeconds += billed / 1_000 * function.getValue() / 1_024;
      queue += calls(now, "sqs:") - calls(then, "sqs:");
      scheduler += calls(now, "scheduler:") - calls(then, "scheduler:");
      sockets += calls(now, "execute-api:") - calls(then, "execute-api:");
    }
    return new Usage(
        writes,
        reads,
        queue,
        scheduler,
        invocations,
        millis,
        gigabyteSeconds,
        new Edge(apiRequests, sockets));
  }

  long apiRequests() {
    return edge.apiRequests();
  }

  long socketMessages() {
    return edge.socketMessages();
  }

  private static double number(Json.Obj json, String name) {
    return json.get(name).orElse(Json.of(0)) instanceof Json.Num(BigDecimal value)
        ? value.doubleValue()
        : 0;
  }

  private static long calls(Json.Obj function, String service) {
    return function.object("calls").fields().entrySet().stream()
        .filter(call -> call.getKey().startsWith(service))
        .map(Map.Entry::getValue)
        .mapToLong(count -> count instanceof Json.Num(var value) ? value.longValue() : 0)
        .sum();
  }
}
