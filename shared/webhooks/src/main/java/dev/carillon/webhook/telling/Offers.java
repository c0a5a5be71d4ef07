package dev.carillon.webhook.telling;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.task.Tasks;
import dev.carillon.task.WebhooksTask;
import dev.carillon.webhook.WebhookEventType;
import dev.carillon.webhook.WebhookHearing;
import dev.carillon.webhook.WebhookSubject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The tasks by which endpoints are told: one for each event and endpoint. */
final class Offers {
  private Offers() {}

  /** Something to be told, and what filters ask of it. */
  record Told(WebhookEventType type, WebhookSubject of, WebhooksTask.Subject subject) {}

  /** Empty when nobody is to hear of any of it. */
  static List<Tasks.Sending> to(
      List<WebhookHearing> endpoints, EnvironmentId environment, List<Told> all, Instant now) {
    var sendings = new ArrayList<Tasks.Sending>();
    for (WebhookHearing hearing : endpoints) {
      for (Told it : all) {
        if (hearing.concerns(it.type(), it.of())) {
          sendings.add(
              new Tasks.Sending(
                  new WebhooksTask.Offer(environment, hearing.id(), it.subject(), now),
                  Duration.ZERO));
        }
      }
    }
    return List.copyOf(sendings);
  }
}
