package dev.carillon.workflow;

import dev.carillon.condition.Conditions;
import dev.carillon.condition.ConditionsReader.Place;
import dev.carillon.json.Json;
import dev.carillon.window.Limit;
import dev.carillon.window.Period;
import dev.carillon.window.TimeUnit;
import dev.carillon.window.Window;
import dev.carillon.workflow.Step.EventSource;
import dev.carillon.workflow.Step.WaitForEvent;
import java.util.List;
import java.util.Optional;

/** Reads the step that waits for an event. */
final class WaitForEventReader {
  /** What Knock's editor puts in. */
  private static final Window DEFAULT_WAIT = new Window.Fixed(new Period(15, TimeUnit.MINUTES));

  private static final List<String> MESSAGE_EVENTS =
      List.of(
          "created",
          "queued",
          "sent",
          "not_sent",
          "delivered",
          "delivery_attempted",
          "undelivered",
          "bounced",
          "read",
          "unread",
          "seen",
          "unseen",
          "archived",
          "unarchived",
          "interacted",
          "link_clicked");

  private WaitForEventReader() {}

  static Optional<WaitForEvent> read(StepRef ref, Conditions conditions, WorkflowFields settings) {
    int before = settings.problems().count();
    Conditions match = settings.conditions(Place.EVENT, "match_conditions");
    boolean asks = !match.isEmpty() || settings.problems().count() > before;
    Window expiresAfter =
        settings.window("expires_after", Optional.empty(), Limit.EVENT).orElse(DEFAULT_WAIT);
    boolean haltsOnMatch = settings.says("on_match", "halt", "continue");
    boolean haltsOnTimeout = !settings.says("on_timeout", "continue", "halt");
    if (!(settings.value("event").orElse(Json.NULL) instanceof Json.Obj)) {
      settings.refuse("event", "This step needs an event to wait for, as an object.");
      return Optional.empty();
    }
    return source(settings, settings.object("event"), asks)
        .map(
            source ->
                new WaitForEvent(
                    ref, conditions, source, match, expiresAfter, haltsOnMatch, haltsOnTimeout));
  }

  private static Optional<EventSource> source(
      WorkflowFields settings, WorkflowFields event, boolean asks) {
    return switch (event.text("event_type").orElse("")) {
      case "message" -> message(settings, event, asks);
      case "workflow" -> {
        needsConditions(settings, asks);
        yield named(event, "source_key", List.of("started", "completed"))
            .map(it -> new EventSource.OfWorkflow(it.key(), it.event()));
      }
      case "audience" ->
          named(event, "audience_key", List.of(EventSources.ENTER, EventSources.EXIT))
              .map(it -> new EventSource.OfAudience(it.key(), it.event()));
      case "integration_source" -> {
        Optional<String> source =
            event.required("integration_source_key", "An event needs the key of its source.");
        Optional<String> key = event.required("event_key", "An event needs its key.");
        yield source.flatMap(it -> key.map(name -> new EventSource.OfSource(it, name)));
      }
      case "recipient" -> {
        Optional<String> key = event.among("event_key", List.of("updated"));
        yield Optional.of(new EventSource.OfRecipient(key.orElse("updated")));
      }
      default -> {
        event.refuse(
            "event_type",
            "This must be message, workflow, recipient, audience or integration_source.");
        yield Optional.empty();
      }
    };
  }

  private static Optional<EventSource> message(
      WorkflowFields settings, WorkflowFields event, boolean asks) {
    needsConditions(settings, asks);
    Optional<String> type = event.among("source_type", List.of("workflow", "broadcast", "guide"));
    return named(event, "source_key", MESSAGE_EVENTS)
        .map(
            it ->
                type.filter(kind -> !kind.equals("workflow"))
                    .<EventSource>map(
                        kind -> new EventSource.OfOtherMessage(kind, it.key(), it.event()))
                    .orElseGet(() -> new EventSource.OfMessage(it.key(), it.event())));
  }

  private record Named(String key, String event) {}

  private static Optional<Named> named(WorkflowFields event, String keyField, List<String> events) {
    Optional<String> key = event.required(keyField, "An event needs the key of what it is of.");
    if (event.value("event_key").isEmpty()) {
      event.refuse("event_key", "An event needs its key.");
    }
    Optional<String> name = event.among("event_key", events);
    return key.flatMap(it -> name.map(what -> new Named(it, what)));
  }

  /** A recipient gets many messages and runs: which one is meant, only conditions can say. */
  private static void needsConditions(WorkflowFields settings, boolean asks) {
    if (!asks) {
      settings.refuse(
          "match_conditions", "Waiting for a message or a workflow needs conditions on the event.");
    }
  }
}
