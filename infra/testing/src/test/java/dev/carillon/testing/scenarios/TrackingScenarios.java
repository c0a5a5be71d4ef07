package dev.carillon.testing.scenarios;

import dev.carillon.json.Json;
import dev.carillon.message.Message;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.run.Run;
import dev.carillon.run.Wait;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.tracking.Tracked;
import dev.carillon.tracking.TrackedLink;
import dev.carillon.tracking.TrackedMail;
import dev.carillon.tracking.TrackingEvent;
import dev.carillon.tracking.link.LinkTarget;
import dev.carillon.tracking.visitor.RequestFacts;
import dev.carillon.tracking.visitor.Visitor;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Stories of what people do with a tracked mail. */
public final class TrackingScenarios {
  private static final String CLICKED =
      """
      {"name": "Clicked", "steps": [
        {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email",
         "channel_overrides": {"link_tracking": true, "open_tracking": true},
         "template": {"subject": "Look", "html_body": "<a href=\\"https://app.example/\\">Look</a>"}},
        {"type": "wait_for_event", "ref": "wait_1",
         "settings": {"event": {"event_type": "message", "source_type": "workflow", "source_key": "clicked", "event_key": "link_clicked"},
                      "match_conditions": [{"operator": "and", "conditions": [{"variable": "event.step_ref", "operator": "equal_to", "argument": "email_1"}]}],
                      "expires_after": {"unit": "hours", "value": 2}, "on_timeout": "continue"}},
        {"type": "channel", "ref": "feed_1", "channel_type": "in_app_feed", "channel_key": "feed",
         "template": {"markdown_body": "{{refs.wait_1.matched}}", "action_url": "https://app.example/"}}]}
      """;

  private TrackingScenarios() {}

  /**
   * A mail is opened and its link clicked once the run waits for that; then an item tells of it.
   */
  public static Scenario clicked() {
    return new Scenario(
        "a mail is opened and clicked",
        new WorkflowKey("clicked"),
        CLICKED,
        _ -> {},
        engine -> {
          Set<String> done = new HashSet<>();
          engine.client(() -> act(engine, done));
          new RetryingClient(engine)
              .must(
                  Call.trigger(
                          "clicked",
                          Json.object()
                              .with("recipients", Json.array(List.of(Scenarios.person("ana")))))
                      .once("clicked-1"));
        },
        Duration.ofHours(3),
        List.of(Scenarios.ANA));
  }

  private static boolean act(InProcessEngine engine, Set<String> done) {
    boolean listens =
        engine
            .ports()
            .runs()
            .newestFirst(
                InProcessEngine.ENVIRONMENT, TimeRange.ALL, _ -> true, PageRequest.first(10))
            .items()
            .stream()
            .anyMatch(
                run ->
                    run.state() instanceof Run.State.Waiting(var wait)
                        && wait.kind() instanceof Wait.Kind.Listen);
    if (!listens) {
      return false;
    }
    boolean any = false;
    for (var offer : engine.email().accepted()) {
      Message message = offer.message();
      if (done.add(message.id().value())) {
        any = true;
        events(message, engine.now()).forEach(engine.ports().recordTracking()::record);
      }
    }
    return any;
  }

  /** That the mail is opened, and that its first link is clicked. */
  public static List<TrackingEvent> events(Message message, Instant at) {
    return List.of(
        event("open", new TrackedMail(message.environment(), message.id()), at),
        event(
            "click",
            new TrackedLink(
                message.environment(),
                message.id(),
                TrackedLink.Kind.LINK,
                0,
                new LinkTarget("https://app.example/")),
            at));
  }

  private static TrackingEvent event(String what, Tracked subject, Instant at) {
    return TrackingEvent.of(
        what,
        subject,
        at,
        new Visitor.Person(),
        new RequestFacts("GET", Map.of("user-agent", "Mozilla/5.0 (X11)"), Optional.empty()));
  }
}
