package dev.carillon.bench.cost;

import dev.carillon.bench.cost.Scenario.Budget;
import dev.carillon.bench.stack.BenchStack;
import dev.carillon.bench.stack.FeedSocket;
import dev.carillon.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is counted. Users {@code u0}, {@code u1} … are known before. */
final class Scenarios {
  private static final Pattern LINK = Pattern.compile("/l/[A-Za-z0-9_-]+");

  /** So many calls of a route an instance lets in without asking the others. */
  private static final int A_SECOND = 5;

  private static final Duration GLANCE = Duration.ofMillis(10);

  private final List<FeedSocket> open = new ArrayList<>();
  private final List<String> links = new ArrayList<>();
  private final int many;
  private final int few;

  /**
   * @param many recipients of one trigger
   * @param few how often everything else happens
   */
  Scenarios(int many, int few) {
    this.many = many;
    this.few = few;
  }

  List<Scenario> all() {
    return List.of(
        plain(
            "email, " + many + " recipients a trigger",
            "email",
            many,
            1,
            new Budget(5, 3, 1),
            stack -> stack.trigger("password-reset", toFirst(many))),
        plain(
            "email, one recipient a trigger",
            "email",
            few,
            few,
            new Budget(9, 6, 9),
            stack -> each(stack, "password-reset", "")),
        plain(
            "feed, delay, email if unseen",
            "run",
            few,
            few,
            new Budget(18, 14, 13),
            stack -> {
              each(stack, "new-comment", ",\"data\":{\"page_name\":\"p\",\"comment\":\"c\"}");
              stack.advance(Duration.ofMinutes(1));
            }),
        plain(
            "ten activities in one email",
            "email",
            few / 10,
            few,
            new Budget(115, 90, 70),
            this::batches),
        new Scenario(
            "a link is clicked",
            "click",
            few,
            few,
            Set.of(),
            new Budget(5, 3, 2),
            Optional.of(this::tracked),
            stack -> {
              for (String link : links) {
                stack.follow(link);
              }
            }),
        new Scenario(
            "a feed is read (20 items)",
            "read",
            few,
            few,
            Set.of(),
            new Budget(1, 28, 0),
            Optional.of(stack -> pile(stack, reader(), 20)),
            stack -> read(stack, reader())),
        new Scenario(
            "a feed is read (20 of " + many + " unseen)",
            "read",
            few,
            few,
            Set.of(),
            new Budget(1, 66, 0),
            Optional.of(stack -> pile(stack, last(), many)),
            stack -> read(stack, last())),
        new Scenario(
            "all of " + many + " items are marked",
            "item",
            many,
            1,
            Set.of(),
            new Budget(3.1, 2.3, 0.1),
            Optional.empty(),
            stack ->
                stack.call(
                    "POST",
                    "/v1/channels/feed/messages/bulk/seen",
                    "{\"user_ids\":[\"" + last() + "\"]}")),
        new Scenario(
            "a socket opens and joins a feed",
            "socket",
            few,
            0,
            Set.of(),
            new Budget(5, 9, 3),
            Optional.of(
                stack -> {
                  join(stack, 1);
                  leave(stack);
                }),
            stack -> join(stack, few)),
        new Scenario(
            "an item and its push to a socket",
            "item",
            few,
            few,
            Set.of(),
            new Budget(8, 16, 10),
            Optional.empty(),
            this::toEach),
        new Scenario(
            "the push by itself",
            "push",
            few,
            0,
            Set.of("broadcast"),
            new Budget(1, 7, 2),
            Optional.empty(),
            stack -> {
              toEach(stack);
              leave(stack);
            }));
  }

  private static Scenario plain(
      String name, String per, int times, int requests, Budget budget, Scenario.Work work) {
    return new Scenario(name, per, times, requests, Set.of(), budget, Optional.empty(), work);
  }

  private static String toFirst(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"u" + i + "\"")
        .collect(Collectors.joining(",", "{\"recipients\":[", "]}"));
  }

  private void each(BenchStack stack, String workflow, String rest)
      throws IOException, InterruptedException {
    for (int i = 0; i < few; i++) {
      stack.trigger(workflow, "{\"recipients\":[\"u" + i % many + "\"]" + rest + "}");
    }
  }

  private void batches(BenchStack stack) throws IOException, InterruptedException {
    for (int i = 0; i < few; i++) {
      stack.trigger(
          "ten-in-one",
          "{\"recipients\":[\"u%d\"],\"data\":{\"comment\":\"This is number %d\"}}"
              .formatted(i / 10, i));
      // Activities come one by one; what a batch of a queue would share depends on the machine.
      stack.advance(Duration.ZERO);
    }
    stack.advance(Duration.ofMinutes(6));
  }

  private void tracked(BenchStack stack) throws IOException, InterruptedException {
    each(stack, "tracked", ",\"data\":{\"page\":\"offer\"}");
    stack.settle();
    for (Json.Obj mail : stack.outbox()) {
      if (mail.text("subject").equals(Optional.of("Tracked"))) {
        LINK.matcher(mail.text("html").orElse(""))
            .results()
            .limit(1)
            .forEach(link -> links.add(link.group()));
      }
    }
  }

  private static void pile(BenchStack stack, String user, int items)
      throws IOException, InterruptedException {
    for (int i = 0; i < items; i++) {
      stack.trigger("live", body(user));
    }
  }

  /** An item for each who has a socket open. */
  private void toEach(BenchStack stack) throws IOException, InterruptedException {
    for (int i = 0; i < few; i++) {
      stack.trigger("live", body("u" + i));
      stack.settle();
    }
  }

  private static String body(String user) {
    return "{\"recipients\":[\"" + user + "\"],\"data\":{\"comment\":\"One more\"}}";
  }

  /** Who has no items but those that are piled up. */
  private String last() {
    return "u" + (many - 1);
  }

  /** Another one. */
  private String reader() {
    return "u" + (many - 2);
  }

  private void read(BenchStack stack, String user) throws IOException, InterruptedException {
    for (int i = 0; i < few; i++) {
      if (i % A_SECOND == 0) {
        // As readers come: not all within the second that calls are counted in.
        stack.advance(Duration.ofSeconds(1));
      }
      stack.call("GET", "/v1/users/" + user + "/feeds/" + FeedSocket.CHANNEL + "?page_size=20", "");
    }
  }

  /** Each user has one open, and sees its own feed. */
  private void join(BenchStack stack, int users) throws IOException, InterruptedException {
    for (int i = 0; i < users; i++) {
      open.add(FeedSocket.join(stack, "u" + i));
    }
  }

  /** Returns when the stack has forgotten them. */
  private void leave(BenchStack stack) throws IOException, InterruptedException {
    int told = stack.invocations("sockets") + open.size();
    open.forEach(FeedSocket::close);
    open.clear();
    while (stack.invocations("sockets") < told) {
      LockSupport.parkNanos(GLANCE.toNanos());
    }
  }
}
