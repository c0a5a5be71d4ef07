package dev.carillon.workflow;

import dev.carillon.workflow.Step.EventSource;

/** The names under which events and those who wait for them meet. */
public final class EventSources {
  /** What happens to somebody who comes into an audience, and to somebody who leaves it. */
  static final String ENTER = "enter";

  static final String EXIT = "exit";

  /** That the recipient was updated. */
  public static final String UPDATED = recipient("updated");

  /** That the recipient was named, and nothing said of it; no run waits for that. */
  public static final String NAMED = recipient("named");

  private EventSources() {}

  /** The name of what a step waits for. */
  public static String of(EventSource source) {
    return switch (source) {
      case EventSource.OfMessage(var workflow, var event) -> message(workflow, event);
      case EventSource.OfOtherMessage(var kind, var key, var event) ->
          message(kind + ":" + key, event);
      case EventSource.OfWorkflow(var workflow, var event) -> workflow(workflow, event);
      case EventSource.OfRecipient(var event) -> "recipient:" + event;
      case EventSource.OfAudience(var audience, var event) -> audience(audience, event);
      case EventSource.OfSource(var key, var event) -> source(key, event);
    };
  }

  /** A message of that workflow, or of what has such a {@link WorkflowKey}, got that status. */
  public static String message(String workflow, String event) {
    return "message:" + workflow + ":" + event;
  }

  /** A run of that workflow {@code started} or {@code completed}. */
  public static String workflow(String workflow, String event) {
    return "workflow:" + workflow + ":" + event;
  }

  /** An event of that type came in by that source. */
  public static String source(String key, String type) {
    return "source:" + key + ":" + type;
  }

  /** The recipient came into that audience. */
  public static String entered(String audience) {
    return audience(audience, ENTER);
  }

  /** The recipient left that audience. */
  public static String left(String audience) {
    return audience(audience, EXIT);
  }

  private static String audience(String audience, String event) {
    return "audience:" + audience + ":" + event;
  }

  /** The recipient was {@code updated}. */
  public static String recipient(String event) {
    return "recipient:" + event;
  }
}
