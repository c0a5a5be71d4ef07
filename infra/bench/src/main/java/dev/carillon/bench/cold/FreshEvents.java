package dev.carillon.bench.cold;

import dev.carillon.bench.stack.BenchStack;
import dev.carillon.bench.stack.FeedSocket;
import dev.carillon.bench.stack.Recording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What each function is given when it is started. Those of queues come from what the function
 * before has sent a moment ago; those of HTTP calls were recorded once and work again.
 */
final class FreshEvents implements AutoCloseable {
  /** In the order of a notification's way, so that each finds what the one before it left. */
  static final List<String> ORDER =
      List.of(
          "intake",
          "fanout",
          "steps",
          "broadcast",
          "delivery",
          "callbacks",
          "tracking",
          "engage",
          "feeds",
          "api",
          "management",
          "sockets",
          "wake",
          "operator");

  /** Those whose work others find their events in. */
  static final Set<String> LEADING = Set.of("intake", "fanout", "steps", "delivery");

  private static final Pattern LINK = Pattern.compile("/l/[A-Za-z0-9_-]+");

  private final BenchStack stack;
  private final QueueTap tap;
  private final Map<String, byte[]> recorded = new HashMap<>();
  private final FeedSocket watching;
  private final Recording recording;

  FreshEvents(BenchStack stack, Recording recording, QueueTap tap, Path home)
      throws IOException, InterruptedException {
    this.stack = stack;
    this.tap = tap;
    this.recording = recording;
    stack.call(
        "PUT", "/v1/users/u0", "{\"name\":\"User\",\"email\":\"success@simulator.amazonses.com\"}");
    long mark = recording.mark();
    watching = FeedSocket.join(stack, "u0");
    keep("sockets", mark);
    mark = recording.mark();
    stack.trigger("tracked", "{\"recipients\":[\"u0\"],\"data\":{\"page\":\"offer\"}}");
    keep("intake", mark);
    mark = recording.mark();
    stack.call("GET", "/v1/users/u0/feeds/" + FeedSocket.CHANNEL + "?page_size=20", "");
    keep("feeds", mark);
    mark = recording.mark();
    stack.call("GET", "/v1/messages?page_size=10", "");
    keep("api", mark);
    mark = recording.mark();
    stack.send("GET", "/v1/workflows?environment=development", "", "knock_st_local");
    keep("management", mark);
    recorded.put("wake", Files.readAllBytes(home.resolve("events/queue-wake-sweep.json")));
    recorded.put(
        "operator",
        "{\"action\":\"public_keys\",\"environment\":\"development\",\"allow\":\"open\"}"
            .getBytes(StandardCharsets.UTF_8));
    forget();
  }

  private void keep(String function, long mark) throws IOException {
    recorded.put(
        function,
        recording
            .event(function, mark)
            .orElseThrow(() -> new IllegalStateException("No event came to " + function)));
  }

  /** Nothing waits for any function any more. */
  void forget() {
    for (String function :
        List.of("fanout", "steps", "broadcast", "delivery", "callbacks", "engage")) {
      tap.empty(function);
    }
  }

  /** Empty when what comes before did not lead to one. */
  Optional<byte[]> next(String function) throws IOException, InterruptedException {
    if (function.equals("tracking")) {
      return clicked();
    }
    if (function.equals("callbacks")) {
      return delivered();
    }
    return recorded.containsKey(function)
        ? Optional.of(recorded.get(function))
        : tap.take(function);
  }

  /** The report that a mail was delivered; that it was sent comes before, and changes nothing. */
  private Optional<byte[]> delivered() {
    Optional<byte[]> report = tap.take("callbacks");
    while (report.isPresent()
        && !new String(report.get(), StandardCharsets.UTF_8).contains("Delivery")) {
      report = tap.take("callbacks");
    }
    return report;
  }

  private Optional<byte[]> clicked() throws IOException, InterruptedException {
    Optional<String> link =
        stack.outbox().stream()
            .filter(it -> it.text("channel_type").equals(Optional.of("email")))
            .map(mail -> mail.text("html").orElse(""))
            .flatMap(html -> LINK.matcher(html).results())
            .map(match -> match.group())
            .findFirst();
    if (link.isEmpty()) {
      return Optional.empty();
    }
    long mark = recording.mark();
    stack.follow(link.get());
    tap.empty("engage");
    return recording.event("tracking", mark);
  }

  @Override
  public void close() {
    watching.close();
  }
}
