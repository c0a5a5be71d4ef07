package dev.carillon.runtime;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * One wide JSON line per decision: {@code {"at","level","function","decision",…}}.
 *
 * <p>Ids, names, counts and times only. What customers or their recipients wrote (data, addresses,
 * rendered content, keys) never goes in, and the message of an exception does not either, because
 * it may quote any of that. A value longer than {@value #LONGEST} characters is cut: no id is that
 * long, so it is not an id.
 *
 * <p>Safe to use from several threads; each line is written whole. Logging never throws.
 */
public final class Log {
  private static final int LONGEST = 300;
  private static final int FRAMES = 25;

  private final PrintStream out;
  private final InstantSource clock;
  private final Optional<String> function;

  public Log(PrintStream out, InstantSource clock, Optional<String> function) {
    this.out = out;
    this.clock = clock;
    this.function = function;
  }

  /** The log of a function: standard output, with the name that Lambda gave it. */
  public static Log of(Environment environment) {
    PrintStream out =
        environment.find(Priming.QUIET).isPresent()
            ? new PrintStream(OutputStream.nullOutputStream())
            : System.out;
    return new Log(out, environment.clock(), environment.find("AWS_LAMBDA_FUNCTION_NAME"));
  }

  /**
   * Something was decided.
   *
   * @param name what, in dots: {@code run.advanced}
   * @param idsAndValues keys and values by turns: {@code "run", run.id(), "step", 2, "why",
   *     "paused"}; numbers and booleans stay what they are, everything else is written as its text
   */
  public void decision(String name, Object... idsAndValues) {
    write("info", name, Optional.empty(), idsAndValues);
  }

  /**
   * Something failed that should not have: as {@link #decision} with the exception's class and
   * stack.
   */
  public void failure(String name, Throwable thrown, Object... idsAndValues) {
    write("error", name, Optional.of(thrown), idsAndValues);
  }

  private void write(
      String level, String name, Optional<Throwable> thrown, Object... idsAndValues) {
    var line = new LinkedHashMap<String, Json>();
    line.put("at", Json.of(clock.instant().toString()));
    line.put("level", Json.of(level));
    function.ifPresent(it -> line.put("function", Json.of(it)));
    line.put("decision", Json.of(name));
    for (int i = 0; i < idsAndValues.length; i += 2) {
      var value = i + 1 < idsAndValues.length ? json(idsAndValues[i + 1]) : Json.NULL;
      line.putIfAbsent(String.valueOf(idsAndValues[i]), value);
    }
    thrown.ifPresent(
        it -> {
          line.put("exception", Json.of(it.getClass().getName()));
          line.put("stack", stack(it));
        });
    var bytes = (JsonText.queueBody(new Json.Obj(line)) + "\n").getBytes(StandardCharsets.US_ASCII);
    out.write(bytes, 0, bytes.length);
    out.flush();
  }

  private static Json json(Object value) {
    return switch (value) {
      case null -> Json.NULL;
      case Integer number -> Json.of(number);
      case Long number -> Json.of(number);
      case Boolean truth -> Json.of(truth);
      case Optional<?> maybe -> maybe.map(Log::json).orElse(Json.NULL);
      case Object other -> Json.of(cut(String.valueOf(other)));
    };
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /** The frames of the exception and of its causes: places in code, no messages. */
  private static Json stack(Throwable thrown) {
    var frames = new ArrayList<String>();
    var depth = 0;
    for (var it = thrown; it != null && depth < 5; it = it.getCause(), depth++) {
      if (it != thrown) {
        frames.add("caused by " + it.getClass().getName());
      }
      var trace = it.getStackTrace();
      for (int i = 0; i < Math.min(trace.length, FRAMES); i++) {
        frames.add(trace[i].toString());
      }
    }
    return Json.texts(frames);
  }
}
