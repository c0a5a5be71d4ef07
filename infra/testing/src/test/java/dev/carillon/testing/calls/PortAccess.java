package dev.carillon.testing.calls;

import dev.carillon.feed.Feeds;
import dev.carillon.functions.delivery.SendMessage;
import dev.carillon.message.Message;
import dev.carillon.message.Messages;
import dev.carillon.run.Run;
import dev.carillon.run.Runs;
import dev.carillon.task.Tasks;
import dev.carillon.timer.MinuteSchedules;
import dev.carillon.timer.Timer;
import dev.carillon.timer.Timers;
import dev.carillon.trigger.CancellableWait;
import dev.carillon.trigger.Triggers;
import java.util.List;
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
          "announced",
          "awaited",
          "before",
          "cancelled",
          "claimed",
          "content",
          "contents",
          "fannedOut",
          "find",
          "findAll",
          "glimpse",
          "glimpsed",
          "hearing",
          "isWatched",
          "library",
          "lists",
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
          "watchers",
          "watermark",
          "waitsUnder");

  /** What triggers keep beside themselves: lists of their own. */
  private static final Set<String> OF_WAITS = Set.of("listWait", "unlistWait", "waitsUnder");

  public static PortAccess of(PortCall call) {
    if (call.port() == Tasks.class || call.port() == MinuteSchedules.class) {
      return UNNOTICED;
    }
    String method = call.method().getName();
    return new PortAccess(place(call, method), key(call, method), !LOOKING.contains(method));
  }

  private static String place(PortCall call, String method) {
    // A provider remembers how the message stood in the store when it was asked.
    if (call.port() == Feeds.class || call.port() == SendMessage.class) {
      return "Messages";
    }
    String port = call.port().getSimpleName();
    return call.port() == Triggers.class && OF_WAITS.contains(method) ? port + ", waits" : port;
  }

  private static Object key(PortCall call, String method) {
    Object[] arguments = call.arguments() == null ? new Object[0] : call.arguments();
    if (call.port() == SendMessage.class) {
      return ((Message) arguments[0]).id();
    }
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
        case "cancel", "cancelled", "cancelUnder" -> "tombstones";
        // What is cancelled under a key are the triggers that were accepted by then.
        case "accept" -> ALL;
        case "fannedOut", "markFannedOut" -> "marks";
        case "keepUntil" -> "retention";
        case "listWait", "unlistWait" -> listed((CancellableWait) arguments[0]);
        case "waitsUnder" -> ALL;
        default -> "triggers";
      };
    }
    return ALL;
  }

  private static Object listed(CancellableWait wait) {
    return List.of(wait.trigger(), wait.recipient(), wait.waitId());
  }

  /** Whether their order may matter. */
  public boolean meets(PortAccess other) {
    return port.equals(other.port)
        && (changes || other.changes)
        && (key.equals(other.key) || key.equals(ALL) || other.key.equals(ALL));
  }
}
