package dev.carillon.testing.calls;

import dev.carillon.feed.Feeds;
import dev.carillon.message.Message;
import dev.carillon.message.Messages;
import dev.carillon.run.Run;
import dev.carillon.run.Runs;
import dev.carillon.task.Tasks;
import dev.carillon.timer.MinuteSchedules;
import dev.carillon.timer.Timer;
import dev.carillon.timer.Timers;
import dev.carillon.trigger.Triggers;
import java.util.Set;

/**
 * What a call of a port looks at or changes. Two calls of which neither can notice the other lead
 * to the same in either order, so that one order is enough to try.
 *
 * @param port where
 * @param key which of what is kept there; {@link #ALL} for any of it
 * @param changes false when it only looks
 */
public record PortAccess(String port, Object key, boolean changes) {
  private static final Object ALL = "all of it";

  /** What nobody can notice: queues keep no order, and alarms are told apart by their minute. */
  private static final PortAccess UNNOTICED = new PortAccess("", ALL, false);

  private static final Set<String> LOOKING =
      Set.of(
          "activities",
          "all",
          "cancelled",
          "claimed",
          "content",
          "contents",
          "fannedOut",
          "find",
          "findAll",
          "glimpse",
          "glimpsed",
          "library",
          "live",
          "minutes",
          "newestFirst",
          "notedTo",
          "of",
          "ofTrigger",
          "page",
          "parts",
          "values",
          "version",
          "watermark",
          "waitsUnder");

  public static PortAccess of(PortCall call) {
    if (call.port() == Tasks.class || call.port() == MinuteSchedules.class) {
      return UNNOTICED;
    }
    String method = call.method().getName();
    String port = call.port() == Feeds.class ? "Messages" : call.port().getSimpleName();
    return new PortAccess(port, key(call, method), !LOOKING.contains(method));
  }

  private static Object key(PortCall call, String method) {
    Object[] arguments = call.arguments() == null ? new Object[0] : call.arguments();
    if (call.port() == Runs.class || call.port() == Messages.class) {
      return switch (method) {
        case "find", "content", "glimpse", "glimpsed" -> arguments[1];
        case "save", "create" ->
            arguments[0] instanceof Run run ? run.id() : ((Message) arguments[0]).id();
        default -> ALL;
      };
    }
    if (call.port() == Timers.class && arguments.length == 1 && arguments[0] instanceof Timer due) {
      return due.name();
    }
    if (call.port() == Triggers.class) {
      return switch (method) {
        case "cancel", "cancelled" -> "tombstones";
        case "fannedOut", "markFannedOut" -> "marks";
        case "keepUntil" -> "retention";
        default -> "triggers";
      };
    }
    return ALL;
  }

  /** Whether their order may matter. */
  public boolean meets(PortAccess other) {
    return port.equals(other.port)
        && (changes || other.changes)
        && (key.equals(other.key) || key.equals(ALL) || other.key.equals(ALL));
  }
}
