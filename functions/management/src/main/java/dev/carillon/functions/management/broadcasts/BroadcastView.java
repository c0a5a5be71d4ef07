package dev.carillon.functions.management.broadcasts;

import dev.carillon.broadcast.Broadcast;
import dev.carillon.broadcast.Broadcast.Stage;
import dev.carillon.content.ContentType;
import dev.carillon.edge.view.CompleteContent;
import dev.carillon.edge.view.Times;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.json.Json;
import java.time.Instant;
import java.util.Optional;

/** A broadcast as answers show it. */
final class BroadcastView {
  private BroadcastView() {}

  /**
   * @param valid whether nothing is wrong with it
   * @param members how many were reached so far
   */
  static Json.Obj of(
      EnvironmentEntry environment, Broadcast broadcast, boolean valid, long members) {
    var content = new BroadcastContent(broadcast.content());
    Json.Obj view =
        CompleteContent.of(ContentType.WORKFLOW, content.written())
            .with("settings", content.settings())
            .with("key", broadcast.key())
            .with("environment", environment.slug())
            .with("status", status(broadcast.stage()))
            .with("valid", Json.of(valid))
            .with("sha", content.version().toString())
            .with("scheduled_at", Times.of(due(broadcast)))
            .with("archived_at", Json.NULL)
            .with("created_at", Times.of(broadcast.createdAt()))
            .with("updated_at", Times.of(broadcast.updatedAt()));
    return switch (broadcast.stage()) {
      case Stage.Draft(), Stage.Scheduled _ -> view.with("sent_at", Json.NULL);
      // Beyond Knock: since when it goes out, and how many users were reached, by tenant.
      case Stage.Sending(_, var since) ->
          view.with("sent_at", Json.NULL)
              .with("sending_at", Times.of(since))
              .with("members_count", Json.of(members));
      case Stage.Sent(_, var since, var at, var all) ->
          view.with("sent_at", Times.of(at))
              .with("sending_at", Times.of(since))
              .with("members_count", Json.of(all));
    };
  }

  private static Optional<Instant> due(Broadcast broadcast) {
    return broadcast
        .stage()
        .asked()
        .map(plan -> plan.at())
        .or(() -> new BroadcastContent(broadcast.content()).scheduledAt());
  }

  /** Knock has three words; it is sent once everybody was reached, not before. */
  private static String status(Stage stage) {
    return switch (stage) {
      case Stage.Draft() -> "draft";
      case Stage.Scheduled _, Stage.Sending _ -> "scheduled";
      case Stage.Sent _ -> "sent";
    };
  }
}
