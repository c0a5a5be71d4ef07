package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.functions.delivery.Provider.Said.Accepted;
import dev.carillon.functions.delivery.Provider.Said.Deferred;
import dev.carillon.functions.delivery.Provider.Said.Refused;
import dev.carillon.functions.delivery.Provider.Said.Unknown;
import dev.carillon.json.Json;
import dev.carillon.message.Attempt.Answer;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.outbound.GuardedHttp;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.url.RequestUrl;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A customer's own endpoint. Every request bears the id of the message, the same on each attempt,
 * so that the receiver can tell a repetition.
 */
final class WebhookCall implements Provider {
  private static final String MESSAGE_HEADER = "x-carillon-message-id";
  private static final String ATTEMPT_HEADER = "x-carillon-attempt";

  private final GuardedHttp http;
  private final Set<String> plainHosts;
  private final Duration patience;

  /**
   * @param plainHosts {@code host:port} that may be called without TLS; everybody else is called by
   *     https only
   * @param patience the client's own limit for one call
   */
  WebhookCall(GuardedHttp http, Set<String> plainHosts, Duration patience) {
    this.http = http;
    this.plainHosts = Set.copyOf(plainHosts);
    this.patience = patience;
  }

  @Override
  public Duration patience() {
    return patience;
  }

  @Override
  public Said offer(Message message, MessageContent content, Channel channel) {
    Json.Obj request = content.rendered();
    String url =
        RequestUrl.of(request.text("url").orElse(""), parameters(request.object("query_params")));
    if (!secure(url)) {
      return new Refused(Optional.empty(), "not_https");
    }
    // A header of ours that the template writes in other letters must not be there twice.
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request
        .object("headers")
        .fields()
        .forEach(
            (name, value) -> {
              if (value instanceof Json.Str(var text)) {
                headers.put(name, text);
              }
            });
    headers.put(MESSAGE_HEADER, message.id().value());
    headers.put(ATTEMPT_HEADER, Integer.toString(message.attempts().size()));
    byte[] body = request.text("body").orElse("").getBytes(StandardCharsets.UTF_8);
    if (body.length > 0) {
      headers.putIfAbsent("content-type", "application/json");
    }
    String method = request.text("method").orElse("post").toUpperCase(Locale.ROOT);
    return said(http.send(new OutboundRequest(method, url, headers, body)));
  }

  private static Said said(OutboundResult outcome) {
    return switch (outcome) {
      case OutboundResult.Answered answered -> {
        var answer =
            new Answer(answered.status(), new String(answered.body(), StandardCharsets.UTF_8));
        yield answered.status() >= 200 && answered.status() < 300
            ? new Accepted(answer, Optional.empty(), DeliveryStatus.DELIVERED)
            : Provider.refusal(answer, retryAfter(answered));
      }
      case OutboundResult.Refused(var reason) ->
          new Refused(Optional.empty(), "refused_" + reason.name().toLowerCase(Locale.ROOT));
      case OutboundResult.NotReached(var obstacle) ->
          new Deferred(
              Optional.empty(),
              "not_reached_" + obstacle.name().toLowerCase(Locale.ROOT),
              Optional.empty());
      case OutboundResult.TimedOut() -> new Unknown("timeout");
      case OutboundResult.Broken() -> new Unknown("no_answer");
    };
  }

  /** Whole seconds only; a date would depend on the receiver's clock. */
  private static Optional<Duration> retryAfter(OutboundResult.Answered answered) {
    return answered
        .header("retry-after")
        .map(String::strip)
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }

  private boolean secure(String url) {
    if (url.toLowerCase(Locale.ROOT).startsWith("https:")) {
      return true;
    }
    try {
      URI uri = URI.create(url);
      int port = uri.getPort() < 0 ? 80 : uri.getPort();
      return "http".equalsIgnoreCase(uri.getScheme())
          && plainHosts.contains(uri.getHost() + ":" + port);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static List<RequestUrl.Parameter> parameters(Json.Obj parameters) {
    return parameters.fields().entrySet().stream()
        .map(field -> new RequestUrl.Parameter(field.getKey(), text(field.getValue())))
        .toList();
  }

  private static String text(Json value) {
    return value instanceof Json.Str(var text) ? text : String.valueOf(Json.plain(value));
  }
}
