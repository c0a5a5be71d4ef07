package dev.carillon.webhook;

import dev.carillon.content.AnnounceCommits;
import dev.carillon.content.Commit;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.task.Tasks;
import dev.carillon.task.WebhooksTask;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells the endpoints of an environment of commits: a task for each commit and endpoint, sent
 * before the commit is made, which looks for it until it is. A branch has no endpoints.
 */
public final class TellOfCommits implements AnnounceCommits {
  private final WebhookEndpoints endpoints;
  private final Tasks tasks;
  private final InstantSource clock;

  public TellOfCommits(WebhookEndpoints endpoints, Tasks tasks, InstantSource clock) {
    this.endpoints = endpoints;
    this.tasks = tasks;
    this.clock = clock;
  }

  @Override
  public void announce(EnvironmentId environment, List<Commit> commits) {
    Instant now = clock.instant();
    var owed = new ArrayList<Tasks.Sending>();
    for (WebhookHearing hearing : endpoints.hearing(environment)) {
      for (Commit commit : commits) {
        if (concerns(hearing, commit)) {
          owed.add(
              new Tasks.Sending(
                  new WebhooksTask.Offer(
                      environment,
                      hearing.id(),
                      new WebhooksTask.Subject.OfCommit(commit.id()),
                      now),
                  Duration.ZERO));
        }
      }
    }
    if (!owed.isEmpty()) {
      tasks.send(owed);
    }
  }

  private static boolean concerns(WebhookHearing hearing, Commit commit) {
    Optional<Committable> what = Committable.of(commit.content().type());
    return what.isPresent()
        && hearing.concerns(what.get().committed(), what.get().subject(commit.content().key()));
  }
}
