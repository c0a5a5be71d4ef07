package dev.carillon.runtime;

import dev.carillon.audience.Audience;
import dev.carillon.audience.Audiences;
import dev.carillon.content.AnnounceCommits;
import dev.carillon.content.Commit;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Has every user looked at again where an audience is about to change: one task, sent before the
 * change is made and held back until it surely was, or never will be. Were nothing changed, it
 * would find nothing.
 */
public final class ReconsiderAudiences implements AnnounceCommits {
  /**
   * Longer than any function may take that changes audiences (60 seconds), and the change may stay
   * unseen by others, who would not have a user looked at.
   */
  public static final Duration DELAY = Duration.ofSeconds(60).plus(Audiences.AGE).plusSeconds(5);

  private final Audiences audiences;
  private final Tasks tasks;
  private final InstantSource clock;

  public ReconsiderAudiences(Audiences audiences, Tasks tasks, InstantSource clock) {
    this.audiences = audiences;
    this.tasks = tasks;
    this.clock = clock;
  }

  @Override
  public void announce(EnvironmentId environment, List<Commit> commits) {
    Set<String> changed =
        commits.stream()
            .map(Commit::content)
            .filter(it -> it.type() == ContentType.AUDIENCE)
            .map(ContentId::key)
            .collect(Collectors.toSet());
    if (!changed.isEmpty()) {
      reconsider(environment, changed, commits.getFirst().id().toString());
    }
  }

  /**
   * These audiences are about to be made, changed or archived. Safe to repeat.
   *
   * @param cause names the change
   */
  public void reconsider(EnvironmentId environment, Set<String> changed, String cause) {
    Instant now = clock.instant();
    var known = audiences.allNow(environment);
    Set<String> made =
        changed.stream()
            .filter(key -> !(known.get(key) instanceof Audience.Dynamic))
            .collect(Collectors.toSet());
    tasks.send(
        new FanoutTask.SettleAll(environment, cause, now, changed, made, Optional.empty()), DELAY);
  }
}
