package dev.carillon.testing.scenarios;

import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.Message;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.StepOutcome;
import dev.carillon.socket.Connection;
import dev.carillon.socket.ConnectionId;
import dev.carillon.socket.FeedReach;
import dev.carillon.socket.WatchedFeed;
import dev.carillon.socket.Watcher;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** People who have their feed open while a story is told. */
public final class WatchedFeeds {
  private static final String VIEW = "client_all";

  private static final String KEY = Digest.hex("sk_test");

  private WatchedFeeds() {}

  /** From now on the user watches all of the feed, archived items too, on a connection. */
  public static void watch(InProcessEngine engine, String user) {
    var feed = feed(engine, user);
    var connection =
        new Connection(
            new ConnectionId("connection-of-" + user),
            InProcessEngine.ENVIRONMENT,
            KEY,
            FeedReach.ALL,
            engine.now().plus(Duration.ofDays(100)));
    engine.ports().connections().open(connection);
    engine
        .ports()
        .connections()
        .watch(
            feed,
            new Watcher(
                connection.id(),
                "feeds:" + feed.channel() + ":" + user,
                1,
                Map.of(VIEW, Json.object().with("archived", "include")),
                KEY,
                connection.until()));
  }

  /** What each connection was told last. */
  static Stream<String> told(InProcessEngine engine) {
    var pushes = engine.ports().pushToConnection();
    return pushes.sent().stream()
        .map(it -> it.connection())
        .distinct()
        .map(connection -> "told " + connection + ": " + pushes.to(connection).getLast());
  }

  /**
   * Whether nobody was told of more than there is, nor, at the end, of less than their runs know
   * of: an item that a copy of a task made too late is in the feed all the same, and nobody says
   * so.
   *
   * @param exactly whether clocks agreed: an announcement is for what changed before it by clocks
   */
  public static void check(
      InProcessEngine engine, List<String> users, boolean exactly, Consumer<String> wrong) {
    for (String user : users) {
      var texts = engine.ports().pushToConnection().to(new ConnectionId("connection-of-" + user));
      var items =
          Scenarios.messages(
              engine,
              it ->
                  it.isInFeed()
                      && it.channelType() == ChannelType.IN_APP_FEED
                      && it.recipient().equals(RecipientId.user(user)));
      if (texts.stream().anyMatch(text -> total(text) > items.size())) {
        wrong.accept(user + " was told of items that are not there");
      }
      long known = items.stream().filter(it -> isKnown(engine, it)).count();
      // Of two announcements at once the earlier may arrive last; the client asks after each.
      int told = texts.stream().mapToInt(WatchedFeeds::total).max().orElse(0);
      if (exactly && told < known) {
        wrong.accept("%s has %d items and was told of %d".formatted(user, known, told));
      }
    }
  }

  private static boolean isKnown(InProcessEngine engine, Message message) {
    return engine
        .ports()
        .runs()
        .find(InProcessEngine.ENVIRONMENT, message.source().run())
        .map(run -> run.outcomes().get(message.source().step()))
        .filter(it -> it instanceof StepOutcome.Sent(var ids) && ids.contains(message.id()))
        .isPresent();
  }

  private static int total(String text) {
    var payload = (Json.Obj) ((Json.Arr) JsonText.parse(text)).items().getLast();
    var total = payload.object("data").object(VIEW).object("metadata").get("total_count");
    return ((Json.Num) total.orElseThrow()).value().intValueExact();
  }

  private static WatchedFeed feed(InProcessEngine engine, String user) {
    ChannelId channel =
        engine.ports().channels().find(InProcessEngine.ENVIRONMENT, "feed").orElseThrow().id();
    return new WatchedFeed(InProcessEngine.ENVIRONMENT, channel, user);
  }

  /** Two people are told twice; one of them has the feed open. */
  public static Scenario watched() {
    return new Scenario(
        "somebody has the feed open",
        new WorkflowKey("note"),
        """
        {"name": "Note", "steps": [
          {"type": "channel", "ref": "feed_1", "channel_type": "in_app_feed", "channel_key": "feed",
           "template": {"markdown_body": "Note"}}]}
        """,
        engine -> watch(engine, "ana"),
        engine -> {
          var client = new RetryingClient(engine);
          for (int i = 1; i <= 2; i++) {
            client.must(
                Call.trigger("note", Scenarios.told("text " + i, List.of("ana", "bob")))
                    .once("note-" + i));
            engine.advance(Duration.ofSeconds(2));
          }
        },
        Duration.ofHours(3),
        List.of(Scenarios.ANA, Scenarios.BOB));
  }
}
