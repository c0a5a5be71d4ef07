package dev.carillon.functions.webhooks;

import dev.carillon.json.text.JsonText;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.webhook.stream.CollectorHeaders;
import dev.carillon.webhook.stream.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The deployment's collector of traces, asked by OTLP over HTTP in JSON. */
final class Collector {
  /** What a collector wants to be asked again for (OTLP 1.5, "Retryable Response Codes"). */
  private static final Set<Integer> FOR_NOW = Set.of(429, 502, 503, 504);

  private final Supplier<Optional<String>> url;
  private final CollectorHeaders headers;
  private final SendWebhook send;

  Collector(Supplier<Optional<String>> url, CollectorHeaders headers, SendWebhook send) {
    this.url = url;
    this.headers = headers;
    this.send = send;
  }

  boolean wanted() {
    return url.get().isPresent();
  }

  /**
   * Hands it these spans.
   *
   * @param spans at least one
   * @return the first one's id, or with what status the collector will never take them
   * @throws IllegalStateException when it did not take them, for now
   */
  String export(List<Span> spans) {
    String first = spans.getFirst().id();
    var all = new LinkedHashMap<String, String>(headers.find());
    all.put("content-type", "application/json");
    OutboundResult result =
        send.send(
            new OutboundRequest(
                "POST", url.get().orElseThrow(), all, JsonText.bytes(Span.request(spans))));
    return switch (result) {
      case OutboundResult.Answered answered when !FOR_NOW.contains(answered.status()) ->
          answered.status() >= 200 && answered.status() <= 299
              ? first
              : "refused with " + answered.status();
      case OutboundResult.Answered answered -> throw notTaken(first, "status " + answered.status());
      case OutboundResult.TimedOut _,
          OutboundResult.NotReached _,
          OutboundResult.Refused _,
          OutboundResult.Broken _ ->
          throw notTaken(first, result.toString());
    };
  }

  private static IllegalStateException notTaken(String span, String why) {
    return new IllegalStateException("The collector did not take " + span + ": " + why);
  }
}
