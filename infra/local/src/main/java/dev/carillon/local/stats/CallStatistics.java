package dev.carillon.local.stats;

import dev.carillon.json.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
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
    Units units = Units.NONE;
    final Map<String, Long> calls = new TreeMap<>();
    final Map<String, Units> unitsByCall = new TreeMap<>();
  }

  private final Map<String, Counts> byFunction = new TreeMap<>();

  /** Counts an invocation of the function. */
  public synchronized void invoked(String function, boolean failed) {
    var counts = of(function);
    counts.invocations++;
    counts.errors += failed ? 1 : 0;
  }

  /** Counts a call as {@code dynamodb:PutItem}, whatever came of it. */
  public synchronized void called(String function, String operation) {
    of(function).calls.merge(operation, 1L, Long::sum);
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
   * {"<function>":{"invocations":1,"errors":0,"calls":{"dynamodb:PutItem":3},"read_units":1.5,
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
