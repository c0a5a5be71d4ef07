package dev.carillon.edge.route;

import dev.carillon.edge.access.Caller;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.rate.CallAllowances;
import dev.carillon.rate.RateLimits;
import dev.carillon.recipient.RecipientId;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Holds calls to the tiers of their routes. A few calls of each second are let in without asking
 * anybody, so that ordinary traffic costs nothing; an instance with more takes from what all
 * instances share, several at once. Who was refused begins the next second by asking. So the rate
 * is exceeded by those few for each instance, in the first second of a rush, and not after it. Safe
 * to use from several threads.
 */
final class CallRates {
  /** Calls of a second, in one instance, that nobody is asked about, at most. */
  private static final int MOST_FREE = 5;

  /** Calls that are taken at once, at most: what an instance may make of them in two seconds. */
  private static final int MOST_AT_ONCE = 25;

  private static final int REMEMBERED = 1_000;

  private record Of(EnvironmentId environment, String what) {}

  /** How one thing that is counted stands in this instance. */
  private static final class Use {
    private long second = Long.MIN_VALUE;
    private int free;
    private int untold;
    private int left;
    private long takenIn = Long.MIN_VALUE;
    private long refusedIn = Long.MIN_VALUE;
  }

  private final CallAllowances allowances;
  private final RateLimits limits;
  private final InstantSource clock;
  private final LinkedHashMap<Of, Use> uses = new LinkedHashMap<>();

  CallRates(CallAllowances allowances, RateLimits limits, InstantSource clock) {
    this.allowances = allowances;
    this.limits = limits;
    this.clock = clock;
  }

  /** Whether the call may be made now; one that may is counted. */
  boolean admit(RouteDeclaration route, Optional<RecipientId> subject, Caller caller) {
    if (limits.isOff() || route.rate().tier().isEmpty() || caller.home().isEmpty()) {
      return true;
    }
    String what = route.key() + who(route.rate(), subject, caller);
    int perSecond = limits.perSecond(route.rate().tier().get());
    return admit(new Of(caller.environment(), what), perSecond, clock.instant().getEpochSecond());
  }

  /** Whose calls are counted together; nothing when it is those of the environment. */
  private static String who(RateRule rule, Optional<RecipientId> subject, Caller caller) {
    Optional<RecipientId> counted =
        switch (caller.credential()) {
          case Caller.Credential.OfUser(var token) -> Optional.of(token.user());
          // Everybody has the public key: one of them must not use up what is there for all.
          case Caller.Credential.PublicAlone _ -> subject;
          case Caller.Credential.Secret(), Caller.Credential.Service _ ->
              subject.filter(_ -> rule.eachUser());
        };
    return counted.map(it -> " " + it).orElse("");
  }

  /** Nobody waits for the table because another does, who may take of it himself meanwhile. */
  private boolean admit(Of of, int perSecond, long second) {
    return switch (decide(of, perSecond, second)) {
      case Decision.Known(var admitted) -> admitted;
      case Decision.Ask(var untold) -> {
        int more = Math.clamp(perSecond / 40, 1, MOST_AT_ONCE);
        int given = allowances.take(of.environment(), of.what(), second, perSecond, untold + more);
        yield taken(of, second, given - untold);
      }
    };
  }

  /** What can be said without asking anybody. */
  private sealed interface Decision {
    record Known(boolean admitted) implements Decision {}

    /**
     * @param untold calls that were let in and are to be told of
     */
    record Ask(int untold) implements Decision {}
  }

  private synchronized Decision decide(Of of, int perSecond, long second) {
    Use use = use(of);
    if (use.left > 0 && second <= use.takenIn + 1) {
      use.left--;
      return new Decision.Known(true);
    }
    use.left = 0;
    if (use.second != second) {
      use.second = second;
      use.untold = 0;
      use.free = use.refusedIn < second - 1 ? Math.clamp(perSecond / 20, 1, MOST_FREE) : 0;
    }
    if (use.free > 0) {
      use.free--;
      use.untold++;
      return new Decision.Known(true);
    }
    if (use.refusedIn == second) {
      return new Decision.Known(false);
    }
    int untold = use.untold;
    use.untold = 0;
    return new Decision.Ask(untold);
  }

  /**
   * Keeps what was given beyond the call that asked.
   *
   * @param given beside what had been let in before
   */
  private synchronized boolean taken(Of of, long second, int given) {
    Use use = use(of);
    if (given <= 0) {
      use.refusedIn = Math.max(use.refusedIn, second);
      return false;
    }
    if (use.takenIn <= second) {
      use.left = given - 1 + (use.takenIn == second ? use.left : 0);
      use.takenIn = second;
    }
    return true;
  }

  private Use use(Of of) {
    Use use = uses.remove(of); // so that it goes to the end: what was not used longest goes first
    if (uses.size() >= REMEMBERED) {
      uses.pollFirstEntry();
    }
    uses.put(of, use == null ? new Use() : use);
    return uses.get(of);
  }
}
