package dev.carillon.testing.engine;

import dev.carillon.functions.webhooks.SendWebhook;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.OutboundResult;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The endpoints that hear of events: each takes whatever it is told, with status 200, unless told
 * what to answer instead. Safe to use from several threads.
 */
public final class FakeEndpoints implements SendWebhook {
  /** What an endpoint heard, and what it said. */
  public record Heard(Instant at, OutboundRequest request, OutboundResult said) {
    public String event() {
      return request.headers().get("webhook-id");
    }

    public String type() {
      return request.headers().get("x-knock-event");
    }

    public boolean taken() {
      return said instanceof OutboundResult.Answered answered
          && answered.status() >= 200
          && answered.status() <= 299;
    }
  }

  private static final OutboundResult OK = FakeOutside.json(200, "{}");

  private final InstantSource clock;
  private final Map<String, Function<OutboundRequest, OutboundResult>> saying = new HashMap<>();
  private final List<Heard> heard = new ArrayList<>();

  FakeEndpoints(InstantSource clock) {
    this.clock = clock;
  }

  /** From now on the endpoint at that URL answers so. */
  public synchronized FakeEndpoints at(
      String url, Function<OutboundRequest, OutboundResult> answer) {
    saying.put(url, answer);
    return this;
  }

  @Override
  public OutboundResult send(OutboundRequest request) {
    Function<OutboundRequest, OutboundResult> answer;
    synchronized (this) {
      answer = saying.getOrDefault(request.url(), _ -> OK);
    }
    OutboundResult said = answer.apply(request);
    synchronized (this) {
      heard.add(new Heard(clock.instant(), request, said));
    }
    return said;
  }

  /** All calls to the endpoint at that URL, in order. */
  public synchronized List<Heard> heard(String url) {
    return heard.stream().filter(it -> it.request().url().equals(url)).toList();
  }
}
