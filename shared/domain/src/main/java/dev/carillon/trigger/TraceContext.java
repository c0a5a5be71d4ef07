package dev.carillon.trigger;

import dev.carillon.id.Digest;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which distributed trace a trigger and all that comes of it belong to, as W3C Trace Context names
 * it (level 1).
 *
 * @param id 32 lower-case hexadecimal digits, not all zero
 * @param sampled whether the caller keeps a record of the trace, so that others may want to
 */
public record TraceContext(String id, boolean sampled) {
  /** The header that carries it, in calls to us and in ours to others. */
  public static final String HEADER = "traceparent";

  private static final Pattern ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");

  private static final Pattern PARENT =
      Pattern.compile(
          "(?<version>(?!ff)[0-9a-f]{2})-(?<id>(?!0{32})[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}"
              + "-(?<flags>[0-9a-f]{2})(?<rest>-.*)?");

  /** The length of a span's id. */
  private static final int SPAN = 16;

  public TraceContext {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("Not the id of a trace: " + id);
    }
  }

  /**
   * That of a trigger whose caller sent none: the trigger's id is the trace's. It counts as
   * sampled, as our log lines are its record.
   */
  public static TraceContext of(TriggerId trigger) {
    return new TraceContext(trigger.toString().replace("-", ""), true);
  }

  /**
   * What a caller's header says. Empty for what the specification says to ignore: anything but its
   * grammar, ids that are all zero, version {@code ff}. Of a version to come the parts that version
   * {@code 00} knows are read.
   */
  public static Optional<TraceContext> parent(String header) {
    Matcher parts = PARENT.matcher(header.strip());
    if (!parts.matches() || (parts.group("version").equals("00") && parts.group("rest") != null)) {
      return Optional.empty();
    }
    int flags = Integer.parseInt(parts.group("flags"), 16);
    return Optional.of(new TraceContext(parts.group("id"), (flags & 1) == 1));
  }

  /**
   * The header of a request that we make.
   *
   * @param request names the request; the span's id is made of it, so that the same request made
   *     again is the same span
   */
  public String header(String... request) {
    return bearing(span(request));
  }

  /**
   * The header of a request that is that span.
   *
   * @param span 16 lower-case hexadecimal digits
   */
  public String bearing(String span) {
    return "00-" + id + "-" + span + "-" + flags();
  }

  /** The id of the span of a run, of which the spans of all that it does come. */
  public static String spanOf(RunId run) {
    return span("run", run.toString());
  }

  /**
   * The id of a span, 16 hexadecimal digits.
   *
   * @param of names what it is of; the same names give the same id
   */
  public static String span(String... of) {
    String[] named = Arrays.copyOf(of, of.length + 1);
    named[of.length] = "span";
    return Digest.of(named).hex().substring(0, SPAN);
  }

  /** As it is stored: {@code <id>-<flags>}. */
  @Override
  public String toString() {
    return id + "-" + flags();
  }

  /**
   * What {@link #toString} wrote.
   *
   * @throws IllegalArgumentException when it did not
   */
  public static TraceContext parse(String stored) {
    int end = stored.length() - 3;
    return new TraceContext(stored.substring(0, Math.max(0, end)), stored.endsWith("-01"));
  }

  private String flags() {
    return sampled ? "01" : "00";
  }
}
