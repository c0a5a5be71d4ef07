package dev.carillon.functions.fanout.source;

import dev.carillon.audience.Audience;
import dev.carillon.audience.Audiences;
import dev.carillon.audience.Audiences.Member;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.PutMembers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Puts users into static audiences and takes them out, as far as there are such audiences. */
public final class ChangeMembers {
  /** A task may come again after as long as a queue keeps it. */
  private static final Duration AGAIN = Duration.ofDays(14);

  private final Audiences audiences;
  private final PutMembers put;
  private final InstantSource clock;

  public ChangeMembers(Audiences audiences, PutMembers put, InstantSource clock) {
    this.audiences = audiences;
    this.put = put;
    this.clock = clock;
  }

  /** Empty when the member is in; otherwise why it cannot be. */
  Optional<String> add(EnvironmentId environment, String key, Member member) {
    Optional<String> problem = problem(environment, key);
    if (problem.isEmpty()) {
      put.add(environment, key, List.of(member), clock.instant(), AGAIN);
    }
    return problem;
  }

  /** Empty when the member is out; otherwise why it cannot be taken out. */
  Optional<String> remove(EnvironmentId environment, String key, Member member) {
    Optional<String> problem = problem(environment, key);
    if (problem.isEmpty()) {
      put.remove(environment, key, List.of(member));
    }
    return problem;
  }

  private Optional<String> problem(EnvironmentId environment, String key) {
    Optional<Audience> audience = audiences.findNow(environment, key);
    if (audience.isEmpty()) {
      return Optional.of("key: there is no audience of that key");
    }
    return audience
        .filter(Audience.Dynamic.class::isInstance)
        .map(_ -> "key: conditions decide who is in this audience");
  }
}
