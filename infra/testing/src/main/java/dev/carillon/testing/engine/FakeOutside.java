package dev.carillon.testing.engine;

import dev.carillon.fetch.SendFetch;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.OutboundResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The services that fetch steps ask: each answers with status 200 and an empty object, unless told
 * what to answer instead. Safe to use from several threads.
 */
public final class FakeOutside implements SendFetch {
  private final Deque<OutboundResult> next = new ArrayDeque<>();
  private final List<OutboundRequest> requests = new ArrayList<>();
  private final Consumer<Duration> passing;
  private OutboundResult always = json(200, "{}");
  private Duration taking = Duration.ZERO;

  /**
   * @param passing lets time pass while a service takes its time
   */
  public FakeOutside(Consumer<Duration> passing) {
    this.passing = passing;
  }

  /** An answer with that status and body. */
  public static OutboundResult json(int status, String body) {
    return new OutboundResult.Answered(
        status,
        Map.of("content-type", List.of("application/json")),
        body.getBytes(StandardCharsets.UTF_8),
        OutboundResult.End.WHOLE);
  }

  /** Says this to the next requests, one each, before anything else. */
  public synchronized FakeOutside says(OutboundResult... answers) {
    next.addAll(List.of(answers));
    return this;
  }

  /** Says this to every request from now on. */
  public synchronized FakeOutside saysAlways(OutboundResult answer) {
    always = answer;
    return this;
  }

  /** From now on each answer takes that long. */
  public synchronized FakeOutside takes(Duration time) {
    taking = time;
    return this;
  }

  @Override
  public synchronized OutboundResult send(OutboundRequest request) {
    requests.add(request);
    if (taking.isPositive()) {
      passing.accept(taking);
    }
    return next.isEmpty() ? always : next.poll();
  }

  /** All requests, in order. */
  public synchronized List<OutboundRequest> requests() {
    return List.copyOf(requests);
  }
}
