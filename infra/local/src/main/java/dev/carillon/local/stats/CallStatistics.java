package dev.carillon.local.stats;

import dev.carillon.json.Json;
import dev.carillon.local.wire.AwsRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What each function did since the start. Safe for many threads. */
public final class CallStatistics {

  /** What DynamoDB bills for a call: read and write units. */
  public record Units(BigDecimal read, BigDecimal write) {
    public static final Units NONE = new Units(BigDecimal.ZERO, BigDecimal.ZERO);

    public static Units reading(BigDecimal units) {
      return new Units(units, BigDecimal.ZERO);
    }

    public static Units writing(BigDecimal units) {
      return new Units(BigDecimal.ZERO, units);
    }

    public Units plus(Units other) {
      return new Units(read.add(other.read), write.add(other.write));
    }
  }

  private static final class Counts {
    long invocations;
    long errors;
    long billedMillis;
    Units units = Units.NONE;
    final Map<String, Long> calls = new TreeMap<>();
    final Map<String, Units> unitsByCall = new TreeMap<>();
  }

  private final Map<String, Counts> byFunction = new TreeMap<>();
  private final Optional<CallRecording> recording;

  /**
   * @param recording where events and calls are written down besides
   */
  public CallStatistics(Optional<CallRecording> recording) {
    this.recording = recording;
  }

  /** The function is about to work on this event. */
  public void began(String function, byte[] event) {
    recording.ifPresent(it -> it.event(function, event));
  }

  /**
   * Counts an invocation of the function.
   *
   * @param took Lambda bills each begun millisecond
   */
  public synchronized void invoked(String function, boolean failed, Duration took) {
    var counts = of(function);
    counts.invocations++;
    counts.errors += failed ? 1 : 0;
    counts.billedMillis += took.plusNanos(999_999).toMillis();
  }

  /** Counts a call that AWS makes for the function, such as its poller's to the queue. */
  public synchronized void called(String function, String operation) {
    of(function).calls.merge(operation, 1L, Long::sum);
  }

  /** Counts a call of the function as {@code dynamodb:PutItem}, whatever came of it. */
  public void called(String function, String service, String operation, AwsRequest request) {
    recording.ifPresent(it -> it.call(function, service, operation, request));
    called(function, service + ":" + operation);
  }

  /** Adds what a call consumed. */
  public synchronized void consumed(String function, String operation, Units units) {
    var counts = of(function);
    counts.units = counts.units.plus(units);
    counts.unitsByCall.merge(operation, units, Units::plus);
  }

  /** Forgets everything. */
  public synchronized void clear() {
    byFunction.clear();
  }

  /**
   * {@code
   * {"<function>":{"invocations":1,"errors":0,"billed_ms":12,"calls":{"dynamodb:PutItem":3},"read_units":1.5,
   * "write_units":3,"units":{"dynamodb:PutItem":{"read":0,"write":3}}}}}
   */
  public synchronized Json.Obj json() {
    var functions = new LinkedHashMap<String, Json>();
    byFunction.forEach(
        (function, counts) -> {
          var calls = new LinkedHashMap<String, Json>();
          counts.calls.forEach((operation, number) -> calls.put(operation, Json.of(number)));
          var units = new LinkedHashMap<String, Json>();
          counts.unitsByCall.forEach(
              (operation, consumed) ->
                  units.put(
                      operation,
                      Json.object()
                          .with("read", number(consumed.read()))
                          .with("write", number(consumed.write()))));
          functions.put(
              function,
              Json.object()
                  .with("invocations", Json.of(counts.invocations))
                  .with("errors", Json.of(counts.errors))
                  .with("billed_ms", Json.of(counts.billedMillis))
                  .with("calls", new Json.Obj(calls))
                  .with("read_units", number(counts.units.read()))
                  .with("write_units", number(counts.units.write()))
                  .with("units", new Json.Obj(units)));
        });
    return new Json.Obj(functions);
  }

  private static Json.Num number(BigDecimal units) {
    return new Json.Num(units.stripTrailingZeros());
  }

  private Counts of(String function) {
    return byFunction.computeIfAbsent(function, _ -> new Counts());
  }
}
