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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is counted. Users {@code u0}, {@code u1} … are known before. */
final class Scenarios {
  private static final Pattern LINK = Pattern.compile("/l/[A-Za-z0-9_-]+");

  /** So many calls of a route an instance lets in without asking the others. */
  private static final int A_SECOND = 5;

  private static final String FEED = "/v1/users/u0/feeds/" + FeedSocket.CHANNEL;

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
            new Budget(115, 75, 60),
            this::batches),
        new Scenario(
            "a link is clicked",
            "click",
            few,
            few,
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
            new Budget(1, 50, 0),
            Optional.of(stack -> live(stack, 20)),
            stack -> {
              for (int i = 0; i < few; i++) {
                if (i % A_SECOND == 0) {
                  // As readers come: not all within the second that calls are counted in.
                  stack.advance(Duration.ofSeconds(1));
                }
                stack.call("GET", FEED + "?page_size=20", "");
              }
            }),
        new Scenario(
            "an item and its push to a socket",
            "item",
            few,
            few,
            new Budget(9, 25, 11),
            Optional.of(stack -> open.add(FeedSocket.join(stack, "u0"))),
            stack -> {
              live(stack, few);
              open.forEach(FeedSocket::close);
            }));
  }

  private static Scenario plain(
      String name, String per, int times, int requests, Budget budget, Scenario.Work work) {
    return new Scenario(name, per, times, requests, budget, Optional.empty(), work);
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
    }
    // First all of them join the batch.
    stack.advance(Duration.ofSeconds(5));
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

  private static void live(BenchStack stack, int items) throws IOException, InterruptedException {
    for (int i = 0; i < items; i++) {
      stack.trigger("live", "{\"recipients\":[\"u0\"],\"data\":{\"comment\":\"One more\"}}");
      // One push for each: what comes at once is one.
      stack.settle();
    }
  }
}
