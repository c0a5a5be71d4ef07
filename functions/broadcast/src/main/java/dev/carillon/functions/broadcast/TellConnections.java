package dev.carillon.functions.broadcast;

import dev.carillon.access.FindApiKey;
import dev.carillon.edge.Query;
import dev.carillon.edge.feed.FeedFilters;
import dev.carillon.feed.FeedCounts;
import dev.carillon.feed.FeedQuery;
import dev.carillon.feed.Feeds;
import dev.carillon.functions.broadcast.AnnounceFeed.Outcome;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.page.PageRequest;
import dev.carillon.socket.Connections;
import dev.carillon.socket.PushToConnection;
import dev.carillon.socket.WatchedFeed;
import dev.carillon.socket.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends {@code new-message} to connections: which of the client's views have something new, and the
 * counts of each by its own filters. What is new the client asks for itself.
 */
final class TellConnections {
  private static final String NEW_MESSAGE = "new-message";

  /** A task may come again after minutes, and then tells of an item that is as old. */
  private static final Duration REPEATED = Duration.ofMinutes(15);

  private final Connections connections;
  private final FindApiKey keys;
  private final Feeds feeds;
  private final PushToConnection push;

  TellConnections(Connections connections, FindApiKey keys, Feeds feeds, PushToConnection push) {
    this.connections = connections;
    this.keys = keys;
    this.feeds = feeds;
    this.push = push;
  }

  /**
   * Tells each of them; one that cannot be reached now keeps no other from being told. One whose
   * key was revoked is told nothing, and forgotten.
   *
   * @param since what came then or later is new; empty for everything
   * @throws RuntimeException at the end, when one could not be reached
   */
  Outcome tell(WatchedFeed feed, List<Watcher> watchers, Optional<Instant> since) {
    var views = new HashMap<FeedQuery, Optional<FeedCounts>>();
    var failures = new ArrayList<RuntimeException>();
    int told = 0;
    int gone = 0;
    var valid = new HashMap<String, Boolean>();
    for (Watcher watcher : watchers) {
      if (!valid.computeIfAbsent(watcher.apiKey(), this::isValid)) {
        gone++;
        forget(feed, watcher);
        continue;
      }
      var counts = new LinkedHashMap<String, FeedCounts>();
      watcher
          .references()
          .forEach(
              (name, filters) ->
                  views
                      .computeIfAbsent(query(feed, filters), query -> counts(query, since))
                      .ifPresent(found -> counts.put(name, found)));
      if (counts.isEmpty()) {
        continue;
      }
      try {
        switch (push.push(watcher.connection(), text(watcher.topic(), counts))) {
          case SENT -> told++;
          case GONE -> {
            gone++;
            forget(feed, watcher);
          }
        }
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
    return new Outcome.Told(told, gone);
  }

  private boolean isValid(String apiKey) {
    return keys.find(apiKey).filter(key -> !key.revoked()).isPresent();
  }

  private void forget(WatchedFeed feed, Watcher watcher) {
    connections.forget(feed, watcher.connection());
    connections.close(watcher.connection());
  }

  /** They were read once already, when the client joined with them. */
  private static FeedQuery query(WatchedFeed feed, Json.Obj filters) {
    return FeedFilters.of(Query.of(filters), feed.environment(), feed.user(), feed.channel());
  }

  /** Empty when nothing of it is new. */
  private Optional<FeedCounts> counts(FeedQuery query, Optional<Instant> since) {
    boolean news =
        since
            .map(it -> query.since(it.minus(REPEATED)))
            .map(recent -> !feeds.page(recent, PageRequest.first(1)).items().isEmpty())
            .orElse(true);
    return news ? Optional.of(feeds.counts(query)) : Optional.empty();
  }

  private static String text(String topic, Map<String, FeedCounts> counts) {
    Json.Obj data = Json.object();
    var attention = new ArrayList<String>();
    for (var view : counts.entrySet()) {
      if (!view.getKey().equals(Watcher.NAMELESS)) {
        attention.add(view.getKey());
        data = data.with(view.getKey(), Json.object().with("metadata", view.getValue().json()));
      }
    }
    return JsonText.write(
        Json.array(
            List.of(
                Json.NULL,
                Json.NULL,
                Json.of(topic),
                Json.of(NEW_MESSAGE),
                Json.object()
                    .with("event", NEW_MESSAGE)
                    .with("attn", Json.texts(attention))
                    .with("data", data)
                    .with("metadata", counts.values().iterator().next().json()))));
  }
}
