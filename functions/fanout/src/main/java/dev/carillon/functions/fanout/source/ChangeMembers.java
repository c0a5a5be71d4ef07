package dev.carillon.functions.fanout.source;

import dev.carillon.audience.Audience;
import dev.carillon.audience.Audiences;
import dev.carillon.audience.Audiences.Member;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.PublishEvents;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Puts users into static audiences and takes them out, and tells the runs that wait for it. What is
 * repeated is told again, as the same event.
 */
public final class ChangeMembers {
  private final Audiences audiences;
  private final PublishEvents tell;
  private final InstantSource clock;

  public ChangeMembers(Audiences audiences, PublishEvents tell, InstantSource clock) {
    this.audiences = audiences;
    this.tell = tell;
    this.clock = clock;
  }

  /** Empty when the member is in; otherwise why it cannot be. */
  Optional<String> add(EnvironmentId environment, String key, Member member) {
    return problem(environment, key)
        .or(
            () -> {
              Instant now = clock.instant();
              audiences.add(environment, key, member, now);
              audiences
                  .addedAt(environment, key, member)
                  .ifPresent(at -> tell.entered(environment, key, member, at));
              return Optional.empty();
            });
  }

  /** Empty when the member is out; otherwise why it cannot be taken out. */
  Optional<String> remove(EnvironmentId environment, String key, Member member) {
    return problem(environment, key)
        .or(
            () -> {
              // Told first: a task that dies in between comes again, and finds the member still in.
              audiences
                  .addedAt(environment, key, member)
                  .ifPresent(at -> tell.left(environment, key, member, at));
              audiences.remove(environment, key, member);
              return Optional.empty();
            });
  }

  private Optional<String> problem(EnvironmentId environment, String key) {
    Optional<Audience> audience = audiences.find(environment, key);
    if (audience.isEmpty()) {
      return Optional.of("key: there is no audience of that key");
    }
    return audience
        .filter(Audience.Dynamic.class::isInstance)
        .map(_ -> "key: conditions decide who is in this audience");
  }
}
