package dev.carillon.runtime;

import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * All that a function's Wiring reads from the outside: its variables (SDK region, endpoints and
 * credentials included) and its clock. Several functions can live in one JVM, each with its own,
 * which {@link System#getenv()} would not allow.
 *
 * @param clock its instants are cut to microseconds, so that what is stored is what responses show
 * @param connections opens a connection to an AWS endpoint that is in this very process; empty, as
 *     in Lambda: endpoints are reached over the network
 */
public record Environment(
    Map<String, String> variables,
    InstantSource clock,
    Optional<Function<URI, HttpURLConnection>> connections) {

  public Environment {
    // A view, so that a local stack sees what is asked for.
    variables = Collections.unmodifiableMap(variables);
    InstantSource exact = clock;
    clock = () -> exact.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** Its AWS endpoints are reached over the network. */
  public Environment(Map<String, String> variables, InstantSource clock) {
    this(variables, clock, Optional.empty());
  }

  /**
   * The process's own variables and the system clock: what a function has inside Lambda. A local
   * stack names in {@code CARILLON_CLOCK} the file that says how far it has moved its time.
   */
  public static Environment ofProcess() {
    String moved = System.getenv("CARILLON_CLOCK");
    return new Environment(
        System.getenv(), moved == null ? InstantSource.system() : MovedClock.by(Path.of(moved)));
  }

  /**
   * Whether what is made now goes into the snapshot that SnapStart restores the function from. What
   * is made by then costs no request anything.
   */
  public boolean isForSnapshot() {
    return find("AWS_LAMBDA_INITIALIZATION_TYPE").equals(Optional.of("snap-start"));
  }

  /** What a first request may do without: made when it is asked for, or now for a snapshot. */
  public <T> Late<T> late(Supplier<T> make) {
    var late = new Late<T>(make);
    if (isForSnapshot()) {
      late.get();
    }
    return late;
  }

  /**
   * The variable's value.
   *
   * @throws IllegalStateException when it is absent or blank; the message names it
   */
  public String require(String name) {
    return find(name)
        .orElseThrow(
            () -> new IllegalStateException("Environment variable " + name + " is not set"));
  }

  /** The variable's value; empty when it is absent or blank. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }
}
