package dev.carillon.fetch;

import dev.carillon.outbound.Bounds;
import dev.carillon.outbound.GuardedHttp;
import dev.carillon.outbound.Resolve;
import dev.carillon.runtime.Environment;
import java.time.Duration;

/** The way outside through the guarded client. */
public final class GuardedFetch {
  /** Knock's limit on a fetch; the answer becomes data of the run, so it is no larger than that. */
  private static final Bounds BOUNDS =
      new Bounds(Duration.ofSeconds(5), Duration.ofSeconds(15), 1024 * 1024, 1024 * 1024);

  private GuardedFetch() {}

  /** As the environment of the function says: {@code CARILLON_ALLOWED_HOSTS} and the gateway. */
  public static SendFetch of(Environment environment) {
    var http =
        environment.late(
            () ->
                new GuardedHttp(
                    BOUNDS,
                    GuardedHttp.hosts(environment.find("CARILLON_ALLOWED_HOSTS").orElse("")),
                    environment.find("CARILLON_EGRESS_GATEWAY"),
                    Resolve.SYSTEM));
    return request -> http.get().send(request);
  }
}
